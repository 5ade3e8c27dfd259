//! The pages that bring a file of deals in: whole without script.

use axum::http::Method;

use crate::harness::{TestApp, request};
use crate::upload::with_file;

const FILE: &[u8] = "Nom;Valeur;Stage\nÉbénisterie <i>;1.000;new\n;12;new\nAutre;abc;new\n".as_bytes();

/// The address of the page of a file that was handed in.
async fn handed_in(app: &TestApp, content: &[u8]) -> String {
    let answer = app.send(with_file("/deals/import", "mes <b>deals</b>.csv", content)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    answer.header("location").to_owned()
}

/// The number of the plan that the page of a file shows.
fn plan_of(page: &str) -> String {
    let (_, after) = page.split_once("name=\"plan\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// Imports a file as its page shows it; returns the page of the run, which has ended.
async fn imported(app: &TestApp, address: &str) -> String {
    let plan = plan_of(&app.get(address).await.text);
    let answer = app.form(&format!("{address}/run"), &[("plan", &plan)]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let run = answer.header("location").to_owned();
    app.hub.wait(run.strip_prefix("/runs/").unwrap().parse().unwrap(), model::Lang::Fr).await.unwrap();
    run
}

#[tokio::test]
async fn a_file_is_looked_at_corrected_and_imported() {
    let app = TestApp::start().await;
    let form = app.get("/deals/import").await.text;
    assert!(
        form.contains("enctype=\"multipart/form-data\"") && form.contains("/exemple-deals.csv"),
        "{form}"
    );

    let address = handed_in(&app, FILE).await;
    let page = app.get(&address).await.text;
    assert!(page.contains("mes &lt;b&gt;deals&lt;/b&gt;.csv"), "{page}");
    // 1.000 is a thousand or one: nobody knows, so nothing would be created.
    assert!(page.contains("« 1.000 » est ambigu") || page.contains("1.000\u{a0}»"), "{page}");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0", "nothing is written");

    let choices = [("columns", "3"), ("column_0", "client"), ("column_1", "montant_brut"), ("mark", "comma")];
    let answer = app.form(&address, &choices).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, address.as_str()));
    let page = app.get(&address).await.text;
    assert!(page.contains("Automatique (UTF-8)") && page.contains("non importée"), "{page}");

    let run = imported(&app, &address).await;
    let page = app.get(&run).await.text;
    assert!(page.contains("Import depuis un fichier CSV") && page.contains("Ligne 3"), "{page}");
    assert!(!page.contains(&format!("{run}/replay")), "a file cannot be replayed");
    let deals = app.get("/api/deals").await.data();
    assert_eq!((&deals[0]["montant_brut"], deals.as_array().unwrap().len()), (&1000.0.into(), 1));
    // The file is not kept.
    assert_eq!(app.get(&address).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_file_without_the_needed_columns_is_shown_so_that_they_can_be_chosen() {
    let app = TestApp::start().await;
    let address = handed_in(&app, b"Qui,Combien\nA,12\nB,13\n").await;
    let page = app.get(&address).await.text;
    assert!(page.contains("ne peut pas encore être importé") && !page.contains("/run\""), "{page}");
    let refused = app.form(&format!("{address}/run"), &[]).await;
    assert_eq!(refused.status.as_u16(), 400);
    app.form(&address, &[("columns", "2"), ("column_0", "client"), ("column_1", "montant_brut")]).await;
    assert!(app.get(&address).await.text.contains("/run\""));
    assert_eq!(app.form(&format!("{address}/delete"), &[]).await.header("location"), "/deals/import");
    assert_eq!(app.get(&address).await.status.as_u16(), 404);
}

#[tokio::test]
async fn what_is_no_csv_is_told_where_it_was_chosen() {
    let app = TestApp::start().await;
    let answer = app.send(with_file("/deals/import", "deals.csv", b"PK\x03\x04")).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(
        answer.text.contains("classeur Excel") && answer.text.contains("multipart/form-data"),
        "{}",
        answer.text
    );
    assert_eq!(app.send(request(Method::GET, "/deals/import/unknown")).await.status.as_u16(), 404);
}

#[tokio::test]
async fn what_somebodys_import_would_do_is_shown_with_the_file_alone() {
    let app = TestApp::start().await;
    let address = handed_in(&app, b"Client;Montant\nA;12\n").await;
    let plan = plan_of(&app.get(&address).await.text);
    for path in [
        "/plans/PLAN",
        "/api/sync/plans/PLAN",
        "/api/sync/plans/PLAN/changes",
        "/api/sync/plans/PLAN/failures",
    ] {
        let answer = app.get(&path.replace("PLAN", &plan)).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}: {}", answer.text);
    }
    app.call(&format!("/api/sync/plans/{plan}/apply")).await.refusal(404, "not_found");
}

#[tokio::test]
async fn an_import_that_would_do_something_else_is_shown_before_it_is_done() {
    let app = TestApp::start().await;
    let address = handed_in(&app, b"Client;Montant\nCave du Port;12\nAutre;3\n").await;
    let plan = plan_of(&app.get(&address).await.text);
    // A deal of the same client: the row would be written into it by now, and create none.
    let deal = serde_json::json!({"client": "Cave du Port", "montant_brut": 99.0, "statut": "prospect"});
    app.post("/api/deals", deal).await.data();

    let refused = app.form(&format!("{address}/run"), &[("plan", &plan)]).await;
    assert_eq!(refused.status.as_u16(), 409, "{}", refused.text);
    assert!(refused.text.contains("ceci a changé : Cave du Port. Rien n'a été importé"), "{}", refused.text);
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1", "nothing is written");
    assert_ne!(plan_of(&refused.text), plan);
    // Neither is what somebody did not see: as when the file is read otherwise in another window.
    for stale in [&plan[..], "", "x"] {
        let refused = app.form(&format!("{address}/run"), &[("plan", stale)]).await;
        assert_eq!(refused.status.as_u16(), 409, "{stale}: {}", refused.text);
    }

    let run = imported(&app, &address).await;
    let page = app.get(&run).await.text;
    assert!(page.contains("Cave du Port") && page.contains("Autre"), "{page}");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "2");
}

#[tokio::test]
async fn a_person_keeps_so_many_files_and_finds_them() {
    let app = TestApp::start().await;
    let mut addresses = Vec::new();
    for number in 0..5 {
        addresses.push(handed_in(&app, format!("Client;Montant\nA;{}\n", number + 1).as_bytes()).await);
    }
    let sixth = app.send(with_file("/deals/import", "six.csv", b"Client;Montant\nA;6\n")).await;
    assert_eq!(sixth.status.as_u16(), 422);
    assert!(sixth.text.contains("Vous avez déjà 5 fichiers en attente"), "{}", sixth.text);
    let page = app.get("/deals/import").await.text;
    for address in &addresses {
        assert!(sixth.text.contains(address) && page.contains(address), "{page}");
    }
    app.send(with_file("/api/upload/csv", "six.csv", b"Client;Montant\nA;6\n")).await.refusal(400, "invalid");
    app.form(&format!("{}/delete", addresses[0]), &[]).await;
    handed_in(&app, b"Client;Montant\nA;6\n").await;
}

#[tokio::test]
async fn a_deal_of_a_file_says_so() {
    let app = TestApp::start().await;
    let address = handed_in(&app, b"Client;Montant\nCave du Port;12\n").await;
    imported(&app, &address).await;
    let id = app.get("/api/deals").await.data()[0]["id"].clone();
    let page = app.get(&format!("/deals/{id}")).await.text;
    assert!(
        page.contains("Fichier CSV") && page.contains("importé le") && !page.contains("aucun service"),
        "{page}"
    );
    assert!(app.get("/").await.text.contains("title=\"Importé le "), "the list says so too");
    let origin = app.get(&format!("/api/deals/{id}/origins")).await.data()[0].clone();
    assert_eq!((&origin["connection"], &origin["label"]), (&"csv".into(), &"CSV".into()));
    assert!(origin["synced_at"].is_string(), "{origin}");
}

#[tokio::test]
async fn what_the_wrong_file_created_goes_together_and_comes_back() {
    let app = TestApp::start().await;
    let deal = serde_json::json!({"client": "Ancien", "montant_brut": 99.0, "statut": "prospect"});
    app.post("/api/deals", deal).await.data();
    let address = handed_in(&app, b"Client;Montant\nAncien;99\nA;12\nB;13\nC;14\n").await;
    let run = imported(&app, &address).await;
    let count = || async { app.get("/api/deals").await.header("x-total-count").to_owned() };
    assert_eq!(count().await, "4");
    // One is deleted already, one has changed.
    let deals = app.get("/api/deals?sort=id").await.data();
    app.delete(&format!("/api/deals/{}", deals[1]["id"])).await;
    app.form(&format!("/deals/{}/status", deals[2]["id"]), &[("statut", "perdu")]).await;

    let way = format!("{run}/delete-created");
    let page = app.get(&run).await.text;
    assert!(page.contains(&way) && page.contains("Supprimer les 2 deals créés"), "{page}");
    let question = app.get(&way).await.text;
    assert!(question.contains("Modifiés depuis, et supprimés aussi\u{a0}: 1."), "{question}");
    let done = app.form(&way, &[]).await;
    assert!(done.header("location").starts_with("/?notice=deals-deleted.2."), "{}", done.header("location"));
    assert_eq!(count().await, "1", "what was there before stays");
    assert!(!app.get(&run).await.text.contains(&way), "nothing is left to delete");
    let number = done.header("location").rsplit('.').next().unwrap().to_owned();
    app.form("/deals/undo", &[("deletion", &number)]).await;
    assert_eq!(count().await, "3");
}

#[tokio::test]
async fn only_what_a_file_created_goes_by_its_run() {
    let app = TestApp::configured().await;
    app.fill([serde_json::json!({"Name": "A", "Amount": 12})]);
    let run = app.post("/api/sync/airtable/import", serde_json::json!({})).await.data()["run_id"].clone();
    let way = format!("/runs/{run}/delete-created");
    assert!(!app.get(&format!("/runs/{run}")).await.text.contains(&way));
    let refused = app.form(&way, &[]).await;
    assert_eq!(refused.status.as_u16(), 400, "{}", refused.text);
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1");
    assert_eq!(app.form("/runs/999/delete-created", &[]).await.status.as_u16(), 404);
}

#[tokio::test]
async fn choices_that_were_not_read_yet_are_shown_before_anything_is_written() {
    let app = TestApp::start().await;
    let address = handed_in(&app, b"Client;Montant;Date;Autre\nA;12;05/12/2026;x\nB;13;21/11/2026;y\n").await;
    let page = app.get(&address).await.text;
    let plan = plan_of(&page);
    let as_shown = [
        ("columns", "4"),
        ("column_0", "client"),
        ("column_1", "montant_brut"),
        ("column_2", "date_echeance"),
        ("plan", &plan),
    ];
    let mut changed = as_shown.to_vec();
    changed.extend([("column_3", "notes"), ("days", "month")]);
    let refused = app.form(&format!("{address}/run"), &changed).await;
    assert_eq!(refused.status.as_u16(), 409, "{}", refused.text);
    // What the cells are understood as stands beside them.
    for told in ["lu autrement", "→ 12/05/2026", "n'est pas une date en mois/jour/année", "→ Notes"] {
        assert!(refused.text.contains(told), "{told}: {}", refused.text);
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");

    // Read as it was at first, with nothing else changed, it is imported; its page tells that it has ended.
    let back = app.form(&address, &as_shown).await;
    assert_eq!(back.status.as_u16(), 303);
    let plan = plan_of(&app.get(&address).await.text);
    let mut same = as_shown.to_vec();
    same[4] = ("plan", &plan);
    let run = app.form(&format!("{address}/run"), &same).await;
    assert_eq!(run.status.as_u16(), 303, "{}", run.text);
    let page = app.get(run.header("location")).await.text;
    assert!(page.contains("Voir les deals") && !page.contains("Rien n'a été modifié"), "{page}");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "2");
}

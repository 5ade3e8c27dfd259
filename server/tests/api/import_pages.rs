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

    let answer = app.form(&format!("{address}/run"), &[]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let run = answer.header("location").to_owned();
    let id: i64 = run.strip_prefix("/runs/").unwrap().parse().unwrap();
    app.hub.wait(id, model::Lang::Fr).await.unwrap();
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

//! The pages of deals: whole without script, and their forms.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::harness::{Answer, TestApp, request, with_form, with_header, with_json};
use crate::visitors::{Browser, protected};

/// A name that would run if it were not shown as text.
const HOSTILE: &str = "</title><img src=x onerror=alert(1)><script>alert(2)</script>";

#[track_caller]
fn page(answer: &Answer) -> &str {
    assert!(answer.header("content-type").starts_with("text/html"), "{} {}", answer.status, answer.text);
    &answer.text
}

#[track_caller]
fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[track_caller]
fn leads(answer: &Answer, to: &str) {
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{}", answer.text);
}

/// What stands at a field of the form: from its input to the end of what helps with it.
#[track_caller]
fn at_field<'a>(html: &'a str, key: &str) -> &'a str {
    let begin = html.find(&format!("id=\"deal-{key}\"")).expect(key);
    let rest = &html[begin..];
    let help = rest.find(&format!("id=\"deal-{key}-help\"")).expect(key);
    let end = rest[help..].find("</div>").unwrap();
    &rest[..help + end]
}

/// A deal that was typed in; its number.
async fn typed(app: &TestApp, client: &str) -> i64 {
    let values =
        [("client", client), ("montant_brut", "1 234,56"), ("statut", "prospect"), ("secteur", "Vin")];
    leads(&app.form("/deals/new", &values).await, "/?notice=deal-created");
    let deals = app.get("/api/deals?sort=id&limit=1000").await.data();
    deals.as_array().unwrap().last().unwrap()["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_deal_is_created_changed_and_shown() {
    let app = TestApp::start().await;
    let empty = app.get("/deals/new?next=%2Fboard%3Fq%3Da").await;
    has(page(&empty), &["Nouveau deal", "name=\"next\" value=\"/board?q=a\"", "href=\"/board?q=a\""]);

    let id = typed(&app, "Maison Élan").await;
    let shown = app.get(&format!("/deals/{id}")).await;
    has(page(&shown), &["Maison Élan", "1\u{202f}234,56\u{a0}€", "Vin", "Créé", "sur cette machine"]);
    has(&shown.text, &["Ce deal n'est lié à aucun service"]);

    let edit = app.get(&format!("/deals/{id}/edit?next=%2Fdeals%2F{id}")).await;
    has(at_field(page(&edit), "montant_brut"), &["value=\"1234,56\""]);
    let values = [
        ("client", "Maison Élan"),
        ("montant_brut", "2000"),
        ("statut", "gagné"),
        ("date_echeance", "2026-12-31"),
        ("next", &format!("/deals/{id}")),
    ];
    let saved = app.form(&format!("/deals/{id}/edit"), &values).await;
    leads(&saved, &format!("/deals/{id}?notice=deal-saved"));
    let shown = app.get(saved.header("location")).await;
    has(
        page(&shown),
        &["Deal enregistré", "31/12/2026", "2\u{202f}000\u{a0}€", "Modifié", "1\u{202f}234,56"],
    );
    let deal = app.get("/api/deals").await.data()[0].take();
    assert_eq!((&deal["secteur"], deal["statut"].as_str()), (&json!(null), Some("gagné")));
}

#[tokio::test]
async fn a_fault_stands_at_its_field_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let long = "é".repeat(100_001);
    for (field, typed, says) in [
        ("client", "", "Client manquant"),
        ("statut", "signé", "pas un statut"),
        ("montant_brut", "", "manquant"),
        ("montant_brut", "douze <b>", "douze &lt;b"),
        ("montant_brut", "-5", "supérieur à 0"),
        ("montant_brut", "999999999999999", "dépasse la limite"),
        ("date_echeance", "2026-02-30", "pas une date"),
        ("date_echeance", "30/02/2026", "30/02/2026"),
        ("notes", &long, "la limite est de 100000"),
    ] {
        let mut values = vec![("client", HOSTILE), ("montant_brut", "12,5"), ("assignee", "Zoé")];
        values.retain(|(key, _)| *key != field);
        values.push((field, typed));
        let answer = app.form("/deals/new", &values).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        has(at_field(page(&answer), field), &[says, "aria-invalid=\"true\"", "autofocus"]);
        has(at_field(&answer.text, "assignee"), &["Zoé"]);
        assert_eq!(answer.text.matches("aria-invalid").count(), 1, "{field}");
        assert!(!answer.text.contains("<img") && !answer.text.contains("<script>alert"), "{field}");
    }
    // Every fault at once.
    let answer = app.form("/deals/new", &[("montant_brut", "x"), ("date_echeance", "x")]).await;
    assert_eq!(answer.text.matches("aria-invalid").count(), 3);
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0", "nothing was stored");

    let longest = "é".repeat(100_000);
    let values = [("client", "A"), ("montant_brut", "1"), ("notes", longest.as_str())];
    leads(&app.form("/deals/new", &values).await, "/?notice=deal-created");
    let english = with_header(request(Method::POST, "/deals/new"), "accept-language", "en");
    let answer = app.send(with_form(english, &[("client", "A"), ("montant_brut", "x")])).await;
    has(page(&answer), &["New deal", "is not a number"]);
}

#[tokio::test]
async fn what_is_not_there_is_said_so() {
    let app = TestApp::start().await;
    for path in ["/deals/7", "/deals/7/edit", "/deals/7/delete", "/deals/x/edit"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        has(page(&answer), &["Deal non trouvé"]);
    }
    let whole = [("client", "A"), ("montant_brut", "1"), ("statut", "perdu")];
    for path in ["/deals/7/edit", "/deals/7/status", "/deals/7/delete"] {
        let answer = app.form(path, &whole).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        has(page(&answer), &["Deal non trouvé"]);
    }
    assert_eq!(app.form("/deals/undo", &[("deletion", "7")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.form("/deals/undo", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_status_is_changed_where_it_stands() {
    let app = TestApp::start().await;
    let id = typed(&app, "Cave du Port").await;
    let path = format!("/deals/{id}/status");
    let moved =
        app.form(&path, &[("statut", "négociation"), ("next", "/board?q=port&notice=deal-saved")]).await;
    leads(&moved, "/board?q=port&notice=deals-moved.1.n%C3%A9gociation");
    has(
        page(&app.get(moved.header("location")).await),
        &["Nouveau statut\u{a0}: négociation", "Cave du Port"],
    );
    let refused = app.form(&path, &[("statut", "signé <b>")]).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    has(page(&refused), &["signé &lt;b", "Statuts possibles"]);
    leads(&app.get(&path).await, &format!("/deals/{id}"));
    leads(&app.get("/deals?statut=perdu&q=port").await, "/?statut=perdu&q=port");
    for next in ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)"] {
        let moved = app.form(&path, &[("statut", "perdu"), ("next", next)]).await;
        leads(&moved, "/?notice=deals-moved.1.perdu");
        let shown = app.get(&format!("/deals/{id}?next={next}")).await;
        assert!(!page(&shown).contains(&format!("href=\"{next}")), "{next}");
    }
}

#[tokio::test]
async fn a_status_that_somebody_changed_meanwhile_is_not_overwritten_unseen() {
    let app = TestApp::start().await;
    let id = typed(&app, "Cave du Port").await;
    let path = format!("/deals/{id}/status");
    for page_of_it in ["/", "/board"] {
        has(page(&app.get(page_of_it).await), &["name=\"seen\" value=\"prospect\""]);
    }
    let drag = |to| [("statut", to), ("seen", "prospect"), ("next", "/board?q=port")];
    // Another field is no reason to refuse.
    let notes = json!({"notes": "rappeler"});
    app.put(&format!("/api/deals/{id}"), notes).await.data();
    let moved = format!("/board?q=port&notice=deal-moved.{id}.prospect.qualifi%C3%A9");
    leads(&app.form(&path, &drag("qualifié")).await, &moved);
    // The way back gives it the status it had, as long as it has the new one.
    has(
        page(&app.get(&moved).await),
        &[
            "Nouveau statut\u{a0}: qualifié",
            "name=\"statut\" value=\"prospect\"",
            "name=\"seen\" value=\"qualifié\"",
        ],
    );

    let late = app.form(&path, &drag("perdu")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    has(page(&late), &["« Cave du Port » est maintenant « qualifié » (sur cette machine)"]);
    has(&late.text, &["vous l'aviez vu « prospect »", "href=\"/board?q=port\""]);
    assert_eq!(app.get("/api/deals").await.data()[0]["statut"], "qualifié");
    // What one wishes is so already.
    leads(&app.form(&path, &drag("qualifié")).await, &moved);
    let history = app.get(&format!("/api/deals/{id}/history")).await.data();
    assert_eq!(history.as_array().unwrap().len(), 3, "created, notes, status: {history}");
}

#[tokio::test]
async fn whoever_moved_a_deal_is_named() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Cave du Port", "Amount": 10, "Status": "Lead"})]);
    app.call("/api/sync/airtable/import").await.json();
    app.table.clear();
    let deal = app.get("/api/deals").await.data()[0].take();
    app.form(&format!("/deals/{}/status", deal["id"]), &[("statut", "perdu")]).await;
    let late = [("statut", "gagné"), ("seen", "prospect")];
    let late = app.form(&format!("/deals/{}/status", deal["id"]), &late).await;
    has(page(&late), &["est maintenant « perdu » (sur cette machine)"]);

    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    owner.form("/deals/new", &[("client", "Élan"), ("montant_brut", "5")]).await;
    let camille = owner.invited("camille", "editor").await;
    camille.form("/deals/1/status", &[("statut", "gagné"), ("seen", "prospect")]).await;
    let late = owner.form("/deals/1/status", &[("statut", "perdu"), ("seen", "prospect")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    has(page(&late), &["est maintenant « gagné » (par camille)"]);
}

#[tokio::test]
async fn ticked_deals_that_were_moved_meanwhile_are_left_and_counted() {
    let app = TestApp::start().await;
    let (first, second) = (typed(&app, "Un").await, typed(&app, "Deux").await);
    let (one, two) = (format!("{first}:prospect"), format!("{second}:prospect"));
    has(page(&app.get("/").await), &[&format!("value=\"{one}\""), &format!("value=\"{two}\"")]);
    app.form(&format!("/deals/{second}/status"), &[("statut", "gagné")]).await;
    let ticked = [("act", "move"), ("statut", "perdu"), ("id", one.as_str()), ("id", two.as_str())];
    let moved = app.form("/deals/bulk", &ticked).await;
    leads(&moved, "/?notice=deals-moved-but.1.1.perdu");
    let told = app.get(moved.header("location")).await;
    has(page(&told), &["nouveau statut perdu", "a changé de statut entre-temps et reste tel quel"]);
    assert_eq!(app.get("/api/deals?statut=gagné").await.header("x-total-count"), "1");
    let asked = app.form("/deals/bulk", &[("act", "delete"), ("id", one.as_str())]).await;
    has(page(&asked), &["Supprimer 1\u{a0}deal"]);
}

#[tokio::test]
async fn what_stops_halfway_says_so_and_leaves_the_way_back() {
    let app = TestApp::start().await;
    let ids = many(&app).await;
    let ticked: Vec<String> = ids.iter().map(|id| format!("{id}:prospect")).collect();
    let ticked: Vec<(&str, &str)> = ticked.iter().map(|id| ("id", id.as_str())).collect();
    app.execute(
        "create trigger refuse_update before update on deals when old.client = 'Client 599' \
         begin select raise(abort, 'refused'); end",
    )
    .await;
    app.execute(
        "create trigger refuse_delete before delete on deals when old.client = 'Client 599' \
         begin select raise(abort, 'refused'); end",
    )
    .await;
    let moved =
        app.form("/deals/bulk", &[&ticked[..], &[("act", "move"), ("statut", "perdu")]].concat()).await;
    leads(&moved, "/?notice=deals-moved-some.500.perdu");
    let deleted = app.form("/deals/bulk/delete", &ticked).await;
    leads(&deleted, "/?notice=deals-deleted-some.500.1");
    let told = app.get(deleted.header("location")).await;
    has(page(&told), &["500\u{a0}deals supprimés, puis la base de données", "name=\"deletion\" value=\"1\""]);

    let refused =
        app.send(with_json(request(Method::DELETE, "/api/deals"), r#"{"confirm":"delete all"}"#)).await;
    assert_eq!(refused.refusal(500, "internal"), "La base de données n'a pas pu répondre.");
    app.execute("drop trigger refuse_delete").await;
    app.execute(
        "create trigger refuse_insert before insert on deals when new.client = 'Client 499' \
         begin select raise(abort, 'refused'); end",
    )
    .await;
    assert_eq!(app.form("/deals/undo", &[("deletion", "1")]).await.status.as_u16(), 500);
    app.execute("drop trigger refuse_insert").await;
    leads(&app.form("/deals/undo", &[("deletion", "1")]).await, "/?notice=deals-restored.500.0");

    app.execute(
        "create trigger refuse_delete before delete on deals when old.client = 'Client 599' \
         begin select raise(abort, 'refused'); end",
    )
    .await;
    let stopped =
        app.send(with_json(request(Method::DELETE, "/api/deals"), r#"{"confirm":"delete all"}"#)).await;
    assert_eq!(stopped.status.as_u16(), 500);
    let told = stopped.json();
    assert_eq!((&told["success"], &told["data"]["deleted"]), (&json!(false), &json!(500)), "{told}");
    assert!(
        told["error"].as_str().unwrap().starts_with("500 deals ont été supprimés, puis tout s'est arrêté")
    );
    assert!(told["hint"].as_str().unwrap().contains("Annulez la suppression n°"), "{told}");
    let log = app.hub.audit_log(20, 0, model::Lang::Fr).await.unwrap().0;
    let deletions = log.iter().filter(|entry| entry.subject == "deals (500)").count();
    assert_eq!(deletions, 2, "what was deleted is in the log, what was not is not: {log:?}");
}

/// Six hundred deals: more than go into one transaction.
async fn many(app: &TestApp) -> Vec<i64> {
    let mut file = "Task Name,Montant Deal,Status\n".to_owned();
    for number in 0..600 {
        file.push_str(&format!("Client {number},10,prospect\n"));
    }
    let mut upload = app.hub.begin_upload("someone", "deals.csv").unwrap();
    upload.write(file.as_bytes()).await.unwrap();
    let run = app.hub.import_csv(upload.finish().await.unwrap()).await.unwrap();
    app.hub.wait(run, model::Lang::Fr).await.unwrap();
    let deals = app.get("/api/deals?sort=id&limit=1000").await.data();
    deals.as_array().unwrap().iter().map(|deal| deal["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_deletion_is_asked_for_named_and_taken_back() {
    let app = TestApp::start().await;
    let id = typed(&app, "Cave du Port").await;
    let path = format!("/deals/{id}/delete");
    has(page(&app.get(&path).await), &["Supprimer Cave du Port", "1\u{202f}234,56\u{a0}€", "Annuler"]);
    let deleted = app.form(&path, &[("next", "/board")]).await;
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
    let told = app.get(deleted.header("location")).await;
    has(page(&told), &["1\u{a0}deal supprimé", "action=\"/deals/undo\"", "name=\"deletion\""]);

    let number = deleted.header("location").rsplit('.').next().unwrap();
    let undone = app.form("/deals/undo", &[("deletion", number), ("next", "/board")]).await;
    leads(&undone, "/board?notice=deals-restored.1.0");
    has(page(&app.get(undone.header("location")).await), &["1\u{a0}deal rétabli", "Cave du Port"]);
    let twice = app.form("/deals/undo", &[("deletion", number)]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    has(page(&twice), &["déjà été annulée"]);
}

#[tokio::test]
async fn several_deals_are_changed_and_deleted_together() {
    let app = TestApp::start().await;
    let (first, second) = (typed(&app, "Un").await, typed(&app, HOSTILE).await);
    typed(&app, "Trois").await;
    let (one, two) = (first.to_string(), second.to_string());
    let ticked = [("id", one.as_str()), ("id", two.as_str())];

    leads(&app.form("/deals/bulk", &[("act", "move"), ("statut", "perdu")]).await, "/?notice=no-deal-chosen");
    let moved =
        app.form("/deals/bulk", &[&ticked[..], &[("act", "move"), ("statut", "perdu")]].concat()).await;
    leads(&moved, "/?notice=deals-moved.2.perdu");
    assert_eq!(app.get("/api/deals?statut=perdu").await.header("x-total-count"), "2");

    let asked =
        app.form("/deals/bulk", &[&ticked[..], &[("act", "delete"), ("next", "/board")]].concat()).await;
    assert_eq!(asked.status, StatusCode::OK);
    has(page(&asked), &["Supprimer 2\u{a0}deals", "2\u{202f}469,12\u{a0}€", "&lt;img", "value=\"/board\""]);
    assert!(!asked.text.contains("<img src=x"), "shown as text");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "3", "it only asks");

    let deleted = app.form("/deals/bulk/delete", &ticked).await;
    has(
        page(&app.get(&deleted.header("location").replace("/?", "/board?")).await),
        &["2\u{a0}deals supprimés"],
    );
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1");
    leads(&app.form("/deals/bulk/delete", &ticked).await, "/?notice=deals-already-gone");
    let log = app.hub.audit_log(10, 0, model::Lang::Fr).await.unwrap().0;
    let deletions: Vec<&str> = log.iter().map(|entry| entry.subject.as_str()).collect();
    assert_eq!(deletions, ["deals (2)"], "what was not deleted is not noted as deleted");
    leads(&app.get("/deals/bulk").await, "/");
}

#[tokio::test]
async fn somebody_who_was_faster_is_not_overwritten_unseen() {
    let app = TestApp::start().await;
    let id = typed(&app, "Cave du Port").await;
    let deal = app.get("/api/deals").await.data()[0].take();
    let seen = deal["updated_at"].as_str().unwrap().to_owned();
    app.form(&format!("/deals/{id}/status"), &[("statut", "gagné")]).await;
    let path = format!("/deals/{id}/edit");
    let values = [("client", "Autre nom"), ("montant_brut", "5"), ("statut", "perdu"), ("seen", &seen)];
    let late = app.form(&path, &values).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    has(page(&late), &["a changé entre-temps", "gagné", "Autre nom", "name=\"seen\" value=\"\""]);
    let again = [("client", "Autre nom"), ("montant_brut", "5"), ("statut", "perdu"), ("seen", "")];
    leads(&app.form(&path, &again).await, "/?notice=deal-saved");
}

#[tokio::test]
async fn a_hostile_name_is_text_on_every_page() {
    let app = TestApp::start().await;
    let id = typed(&app, HOSTILE).await;
    for path in
        ["/", "/board", &format!("/deals/{id}"), &format!("/deals/{id}/edit"), &format!("/deals/{id}/delete")]
    {
        let shown = app.get(path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        has(page(&shown), &["&lt;img src=x onerror="]);
        assert!(!shown.text.contains("<img src=x") && !shown.text.contains("<script>alert"), "{path}");
    }
}

#[tokio::test]
async fn a_hostile_name_from_a_service_is_text_too() {
    let app = TestApp::configured().await;
    // One comes, one is refused: both are named.
    app.fill([json!({"Name": HOSTILE, "Amount": 10}), json!({"Name": HOSTILE, "Amount": -1})]);
    let preview = app.form("/preview/airtable/import", &[]).await;
    assert_eq!(preview.status, StatusCode::SEE_OTHER, "{}", preview.text);
    let run = app.call("/api/sync/airtable/import").await.json()["run_id"].as_i64().unwrap();
    for path in [preview.header("location"), &format!("/runs/{run}"), "/", "/board", "/deals/1"] {
        let shown = app.get(path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        has(page(&shown), &["&lt;img src=x onerror="]);
        assert!(!shown.text.contains("<img src=x") && !shown.text.contains("<script>alert"), "{path}");
    }
    let deal = app.get("/deals/1").await;
    has(page(&deal), &["Origine", "Airtable", &format!("href=\"/runs/{run}\"")]);
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused() {
    let app = TestApp::start().await;
    let id = typed(&app, "A").await;
    for path in [
        "/deals/new".to_owned(),
        format!("/deals/{id}/edit"),
        format!("/deals/{id}/status"),
        format!("/deals/{id}/delete"),
        "/deals/bulk/delete".to_owned(),
        "/settings/deals".to_owned(),
        "/views".to_owned(),
    ] {
        let from = with_header(request(Method::POST, &path), "origin", "https://example.com");
        let answer = app.send(with_form(from, &[("client", "B"), ("montant_brut", "1")])).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1");
}

#[tokio::test]
async fn the_threshold_of_cold_deals_is_set() {
    let app = TestApp::start().await;
    has(page(&app.get("/settings/deals").await), &["Deals froids", "value=\"10\""]);
    leads(&app.form("/settings/deals", &[("days", " 21 ")]).await, "/?notice=deal-settings-saved");
    has(page(&app.get("/settings/deals").await), &["value=\"21\""]);
    for days in ["", "0", "-3", "dix <b>", "99999999999"] {
        let answer = app.form("/settings/deals", &[("days", days)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{days}");
        has(page(&answer), &["field__fault"]);
        assert!(!answer.text.contains("dix <b>"), "shown as text");
    }
}

#[tokio::test]
async fn a_view_is_kept_and_dropped() {
    let app = TestApp::start().await;
    typed(&app, "A").await;
    let values = [("name", "À relancer <b>"), ("query", "statut=prospect&q=a&page=3"), ("next", "/?q=a")];
    leads(&app.form("/views", &values).await, "/?q=a&notice=view-saved");
    let list = app.get("/").await;
    has(page(&list), &["À relancer &lt;b", "href=\"/?statut=prospect&amp;search=a\""]);
    let id = list.text.split("action=\"/views/").nth(1).unwrap().split('/').next().unwrap();
    leads(&app.form(&format!("/views/{id}/delete"), &[]).await, "/?notice=view-deleted");
    assert!(!app.get("/").await.text.contains("À relancer"));
    assert_eq!(app.form(&format!("/views/{id}/delete"), &[]).await.status, StatusCode::NOT_FOUND);
    let nameless = app.form("/views", &[("name", " "), ("query", "")]).await;
    assert_eq!(nameless.status, StatusCode::BAD_REQUEST);
    has(page(&nameless), &["Donnez un nom"]);
}

#[tokio::test]
async fn who_may_only_look_finds_nothing_to_press() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let values = [("client", "Cave du Port"), ("montant_brut", "5")];
    assert_eq!(owner.form("/deals/new", &values).await.status.as_u16(), 303);
    let viewer = owner.invited("camille", "viewer").await;
    for path in ["/", "/board", "/deals/1"] {
        let (all, less) = (owner.get(path).await, viewer.get(path).await);
        has(page(&less), &["Cave du Port"]);
        for offer in
            ["/deals/new", "/status\"", "/edit?", "/delete?", "data-bulk", "data-tick", "/settings/deals"]
        {
            assert!(!less.text.contains(offer), "{path} {offer}");
        }
        assert!(all.text.contains("/edit?") || all.text.contains("/status\""), "{path}");
    }
    for path in ["/deals/new", "/deals/1/edit", "/deals/1/delete", "/settings/deals"] {
        assert_eq!(viewer.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in
        ["/deals/new", "/deals/1/edit", "/deals/1/status", "/deals/1/delete", "/deals/bulk", "/deals/undo"]
    {
        assert_eq!(viewer.form(path, &values).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn the_board_has_the_filters_of_the_list() {
    let app = TestApp::start().await;
    typed(&app, "Cave du Port").await;
    let deal =
        [("client", "Sans secteur"), ("montant_brut", "3"), ("statut", "prospect"), ("assignee", "Zoé")];
    leads(&app.form("/deals/new", &deal).await, "/?notice=deal-created");
    let all = app.get("/board").await;
    has(
        page(&all),
        &["action=\"/board\"", "name=\"date_from\"", "value=\"Vin\"", "value=\"Zoé\"", "Cave du Port"],
    );
    for (query, there, away) in [
        ("secteur=Vin", "Cave du Port", "Sans secteur"),
        ("secteur=", "Sans secteur", "Cave du Port"),
        ("assignee=Zo%C3%A9&statut=prospect", "Sans secteur", "Cave du Port"),
        ("q=port", "Cave du Port", "Sans secteur"),
    ] {
        let shown = app.get(&format!("/board?{query}")).await;
        let (_, columns) = page(&shown).split_once("data-board").unwrap();
        assert!(columns.contains(there) && !columns.contains(away), "{query}: {columns}");
        has(page(&shown), &["Montrer tous les deals"]);
    }
    has(page(&app.get("/board?date_from=2026-01-01").await), &["value=\"2026-01-01\""]);
}

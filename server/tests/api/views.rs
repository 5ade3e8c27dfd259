//! `/api/views`.

use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::visitors::Browser;

fn names(views: &Value) -> Vec<&str> {
    views.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_view_is_kept_replaced_and_forgotten() {
    let app = TestApp::start().await;
    let draft = json!({"name": " À relancer ", "query": "?sort=client&statut=prospect&limit=50&offset=100"});
    let saved = app.post("/api/views", draft).await.data();
    assert_eq!(
        (&saved["name"], &saved["query"]),
        (&json!("À relancer"), &json!("statut=prospect&sort=client"))
    );
    let again = app.post("/api/views", json!({"name": "À relancer", "query": "search=vin"})).await.data();
    assert_eq!((&again["id"], &again["query"]), (&saved["id"], &json!("search=vin")));
    app.post("/api/views", json!({"name": "Zèbre"})).await.data();
    app.post("/api/views", json!({"name": "bilan", "query": null})).await.data();
    assert_eq!(names(&app.get("/api/views").await.data()), ["À relancer", "bilan", "Zèbre"]);
    let path = format!("/api/views/{}", saved["id"]);
    assert_eq!(app.delete(&path).await.data(), json!({"id": saved["id"]}));
    let error = app.delete(&path).await.refusal(404, "not_found");
    assert!(error.contains("n'est pas l'une des vôtres"), "{error}");
}

#[tokio::test]
async fn what_is_no_view_is_refused() {
    let app = TestApp::start().await;
    for (draft, part) in [
        (json!({}), "Donnez un nom"),
        (json!({"name": "  "}), "Donnez un nom"),
        (json!({"name": "é".repeat(61)}), "61 caractères, la limite est de 60"),
        (json!({"name": "a\u{0}b"}), "caractère"),
        (json!({"name": "a\tb"}), "ne se voit pas"),
        (json!({"name": "x", "query": "status=prospect"}), "Le paramètre « status » n'existe pas ici"),
        (json!({"name": "x", "query": "statut=signed"}), "« signed » est inconnu"),
        (json!({"name": "x", "query": "date_from=2026-02-30"}), "n'est pas une date"),
        (json!({"name": "x", "query": format!("search={}", "a".repeat(4_001))}), "trop long"),
        (json!({"name": "x", "query": 3}), "« query »"),
    ] {
        let error = app.post("/api/views", draft).await.refusal(400, "invalid");
        assert!(error.contains(part), "{part} is not in: {error}");
    }
    for number in 0..50 {
        app.post("/api/views", json!({"name": format!("Vue {number}")})).await.data();
    }
    let error = app.post("/api/views", json!({"name": "De trop"})).await.refusal(400, "invalid");
    assert!(error.contains("Vous avez déjà 50 vues"), "{error}");
    app.post("/api/views", json!({"name": "Vue 7", "query": "search=x"})).await.data();
    assert_eq!(app.get("/api/views").await.data().as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn everybody_has_their_own() {
    let app = TestApp::start().await;
    app.post("/api/views", json!({"name": "Du premier jour"})).await.data();
    app.hub.set_password(None, &crate::visitors::PASSWORD.to_owned().into()).await.unwrap();
    let owner = Browser::of_owner(&app).await;
    let vera = owner.invited("vera", "viewer").await;
    let hers = vera.post("/api/views", json!({"name": "Vue de Vera"})).await.data();
    assert_eq!(names(&vera.get("/api/views").await.data()), ["Vue de Vera"]);
    assert_eq!(
        names(&owner.get("/api/views").await.data()),
        ["Du premier jour"],
        "what was there is the owner's"
    );
    owner.delete(&format!("/api/views/{}", hers["id"])).await.refusal(404, "not_found");
    app.get("/api/views").await.refusal(401, "unauthorized");
}

#[tokio::test]
async fn the_page_and_the_api_mean_the_same_by_a_view() {
    let app = TestApp::start().await;
    for (client, secteur) in [("Cave du Port", Some("Vin")), ("Port sec", None), ("Autre", None)] {
        let deal = json!({"client": client, "montant_brut": 1.0, "statut": "prospect", "secteur": secteur});
        app.post("/api/deals", deal).await.data();
    }
    let draft = json!({"name": "Du port", "query": "search=port&secteur=&date_from="});
    let query = app.post("/api/views", draft).await.data()["query"].as_str().unwrap().to_owned();
    assert_eq!(query, "secteur=&search=port");
    let by_api = app.get(&format!("/api/deals?{query}")).await.data();
    assert_eq!((&by_api[0]["client"], by_api.as_array().unwrap().len()), (&json!("Port sec"), 1));
    // The menu marks the view wherever what it keeps is asked for, in whatever words.
    for address in [format!("/?{query}"), "/?q=port&page=1&secteur=".to_owned()] {
        let page = app.get(&address).await.text;
        assert!(page.contains("Port sec") && !page.contains("Cave du Port"), "{page}");
        assert!(current(&page), "{page}");
    }
    assert!(!current(&app.get("/?q=port").await.text));
    let saved = app.form("/views", &[("name", "Par la page"), ("query", "q=+port+&secteur=")]).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text);
    assert_eq!(app.get("/api/views").await.data()[1]["query"], "secteur=&search=port");
    let refused = app.form("/views", &[("name", "a\u{0}b"), ("query", "")]).await;
    assert!(refused.status.as_u16() == 400 && refused.text.contains("ne se voit pas"), "{}", refused.text);
}

/// Whether the menu of views marks one as the present one.
fn current(page: &str) -> bool {
    page.contains("aria-current=\"true\" class=\"views__link\"")
}

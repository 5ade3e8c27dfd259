//! `/api/deals`.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{TestApp, request, with_json};

async fn create(app: &TestApp, deal: Value) -> i64 {
    let answer = app.post("/api/deals", deal).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.data()["id"].as_i64().unwrap()
}

#[tokio::test]
async fn a_deal_is_created_read_changed_and_deleted() {
    let app = TestApp::start().await;
    let deal = json!({
        "client": " Ébénisterie Morel ", "statut": "négociation", "montant_brut": 12345.67, "secteur": "Artisanat",
        "date_echeance": "2026-12-31", "assignee": "Anne", "notes": ""
    });
    let id = create(&app, deal).await;
    let deals = app.get("/api/deals").await;
    assert_eq!(deals.header("x-total-count"), "1");
    let deal = deals.data()[0].clone();
    assert_eq!(deal["client"], "Ébénisterie Morel");
    assert_eq!(deal["probabilite"], 0.7);
    assert_eq!(deal["valeur_ponderee"], 8641.97);
    assert_eq!(deal["notes"], Value::Null);

    let path = format!("/api/deals/{id}");
    let changed = app.put(&path, json!({"statut": "gagné - en cours", "secteur": null})).await.data();
    assert_eq!(changed["statut"], "gagné - en cours");
    assert_eq!(changed["secteur"], Value::Null);
    assert_eq!((&changed["assignee"], &changed["montant_brut"]), (&json!("Anne"), &json!(12345.67)));

    assert_eq!(app.delete(&path).await.data(), json!({"deleted": 1, "deletion": 1}));
    assert_eq!(app.delete(&path).await.refusal(404, "not_found"), "Deal non trouvé");
    assert_eq!(app.put(&path, json!({"notes": "x"})).await.refusal(404, "not_found"), "Deal non trouvé");
}

#[tokio::test]
async fn a_deal_without_status_is_a_prospect() {
    let app = TestApp::start().await;
    create(&app, json!({"client": "A", "montant_brut": 0.1})).await;
    let deal = app.get("/api/deals").await.data()[0].clone();
    assert_eq!((&deal["statut"], &deal["valeur_ponderee"]), (&json!("prospect"), &json!(0.01)));
}

#[tokio::test]
async fn every_fault_is_named_at_once_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let deal = json!({
        "client": "  ", "statut": "signé", "montant_brut": "12", "secteur": 3, "date_echeance": "31/12/2026",
        "montant": 1
    });
    let error = app.post("/api/deals", deal).await.refusal(400, "invalid");
    for part in [
        "Client manquant",
        "« signé » est inconnu. Valeurs acceptées : prospect, qualifié, négociation, gagné, gagné - en cours, perdu",
        "« montant_brut » : un nombre attendu, un texte reçu",
        "« secteur » : un texte attendu, un nombre reçu",
        "« 31/12/2026 » n'est pas une date",
        "Le champ « montant » n'existe pas ici",
    ] {
        assert!(error.contains(part), "{part} is not in: {error}");
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
}

#[tokio::test]
async fn what_makes_no_deal_is_refused() {
    let app = TestApp::start().await;
    for (fields, part) in [
        (json!({}), "Client manquant"),
        (json!({"client": null, "montant_brut": 1}), "Client manquant"),
        (json!({"client": "A"}), "Montant brut manquant"),
        (json!({"client": "A", "montant_brut": null}), "Montant brut manquant"),
        (json!({"client": "A", "montant_brut": 0}), "supérieur à 0"),
        (json!({"client": "A", "montant_brut": 0.001}), "supérieur à 0"),
        (json!({"client": "A", "montant_brut": -5}), "supérieur à 0"),
        (json!({"client": "A", "montant_brut": 1e300}), "montant_brut"),
        (
            json!({"client": "A", "montant_brut": 1_000_000_000_000.0}),
            "un nombre jusqu'à 999999999999.99 est attendu",
        ),
        (
            json!({"client": "A", "montant_brut": 1, "notes": "é".repeat(100_001)}),
            "Notes : 100001 caractères",
        ),
        (json!({"client": "A", "montant_brut": true}), "un booléen reçu"),
        (json!({"client": ["A"], "montant_brut": 1}), "une liste reçu"),
        (json!({"client": "a".repeat(501), "montant_brut": 1}), "501 caractères"),
        (json!({"client": "A\u{0}B", "montant_brut": 1}), "caractère nul"),
        (json!({"client": "A", "montant_brut": 1, "date_echeance": "2026-02-30"}), "n'est pas une date"),
        (json!({"client": "A", "montant_brut": 1, "date_echeance": "+12026-02-03"}), "n'est pas une date"),
        (json!({"client": "A", "montant_brut": 1, "id": 7}), "« id » n'existe pas"),
    ] {
        let shown = fields.to_string();
        let error = app.post("/api/deals", fields).await.refusal(400, "invalid");
        assert!(error.contains(part), "{shown}: {error}");
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
}

#[tokio::test]
async fn what_people_write_is_kept_letter_by_letter() {
    let app = TestApp::start().await;
    let client = r#"<script>alert("1")</script> & <b>Élan</b> 'x'; drop table deals; --"#;
    let notes = "<img src=x onerror=alert(1)>\n\t\u{202e}🍷".to_owned() + &"é".repeat(99_960);
    let id = create(&app, json!({"client": client, "montant_brut": 0.01, "notes": notes})).await;
    let deal = app.get("/api/deals?search=drop+table").await.data()[0].clone();
    assert_eq!((&deal["id"], &deal["client"], &deal["notes"]), (&json!(id), &json!(client), &json!(notes)));
    let history = app.get(&format!("/api/deals/{id}/history")).await.data();
    assert!(history[0]["fields"].as_array().unwrap().iter().any(|field| field["after"] == client));
    assert_eq!(app.get("/api/deals").await.header("content-type"), "application/json");
}

#[tokio::test]
async fn a_deal_that_changed_since_is_not_overwritten() {
    let app = TestApp::start().await;
    let id = create(&app, json!({"client": "A", "montant_brut": 1, "notes": "avant"})).await;
    let path = format!("/api/deals/{id}");
    let seen = app.get("/api/deals").await.data()[0]["updated_at"].clone();
    let first = app.put(&path, json!({"notes": "première", "updated_at": seen})).await.data();
    let late = app.put(&path, json!({"notes": "seconde", "updated_at": seen})).await;
    let error = late.refusal(409, "outdated");
    // What both would write alike is no reason to hesitate.
    assert!(
        error.ends_with("Il contient maintenant : Notes : première.") && !error.contains("Client"),
        "{error}"
    );
    assert!(late.json()["hint"].as_str().unwrap().contains("Rechargez"), "{}", late.text);
    let again = app.put(&path, json!({"notes": "seconde", "updated_at": first["updated_at"]})).await.data();
    assert_eq!(again["notes"], "seconde");
    let whoever = app.put(&path, json!({"notes": "troisième", "updated_at": null})).await.data();
    assert_eq!(whoever["notes"], "troisième");
    for wrong in [json!("hier"), json!("2026-11-21"), json!(12)] {
        let error = app.put(&path, json!({"updated_at": wrong})).await.refusal(400, "invalid");
        assert!(error.contains("« updated_at »"), "{error}");
    }
}

#[tokio::test]
async fn a_change_is_checked_like_a_new_deal() {
    let app = TestApp::start().await;
    let id = create(&app, json!({"client": "A", "montant_brut": 1})).await;
    let path = format!("/api/deals/{id}");
    for change in [json!({"client": null}), json!({"montant_brut": 0}), json!({"statut": "x"})] {
        app.put(&path, change).await.refusal(400, "invalid");
    }
    let unchanged = app.put(&path, json!({})).await.data();
    assert_eq!((&unchanged["client"], &unchanged["montant_brut"]), (&json!("A"), &json!(1.0)));
}

#[tokio::test]
async fn filters_combine_and_repeat() {
    let app = TestApp::start().await;
    for (client, statut, amount, sector, due, assignee) in [
        ("Alpha", "prospect", 10.0, "Santé", "2026-01-10", "Anne"),
        ("Beta", "gagné", 30.0, "Santé", "2026-02-10", "Bruno"),
        ("Gamma", "perdu", 20.0, "Énergie", "2026-03-10", "Anne"),
    ] {
        let deal = json!({
            "client": client, "statut": statut, "montant_brut": amount, "secteur": sector, "date_echeance": due,
            "assignee": assignee
        });
        create(&app, deal).await;
    }
    create(&app, json!({"client": "Delta", "montant_brut": 5, "notes": "à rappeler"})).await;
    for (query, expected) in [
        ("sort=id", "Alpha Beta Gamma Delta"),
        ("sort=client", "Alpha Beta Delta Gamma"),
        ("sort=montant_brut", "Beta Gamma Alpha Delta"),
        ("sort=date_echeance", "Alpha Beta Gamma Delta"),
        ("sort=-date_echeance", "Gamma Beta Alpha Delta"),
        ("sort=-montant_brut", "Delta Alpha Gamma Beta"),
        ("sort=-client", "Gamma Delta Beta Alpha"),
        ("sort=statut", "Alpha Delta Beta Gamma"),
        ("sort=valeur_ponderee", "Beta Alpha Delta Gamma"),
        ("sort=-assignee", "Beta Gamma Alpha Delta"),
        ("secteur=", "Delta"),
        ("assignee=&assignee=Bruno&sort=id", "Beta Delta"),
        ("search=A+RAPPELER", "Delta"),
        ("statut=prospect&statut=perdu&sort=id", "Alpha Gamma Delta"),
        ("statut=gagn%C3%A9", "Beta"),
        ("secteur=Sant%C3%A9&sort=id", "Alpha Beta"),
        ("secteur=Sant%C3%A9&secteur=%C3%89nergie&assignee=Anne&sort=id", "Alpha Gamma"),
        ("date_from=2026-02-10&sort=id", "Beta Gamma"),
        ("date_from=2026-02-01&date_to=2026-02-28", "Beta"),
        ("search=ALPH", "Alpha"),
        ("search=rappeler", "Delta"),
        ("search=%25", ""),
        ("statut=&search=&date_from=&sort=id", "Alpha Beta Gamma Delta"),
        ("sort=id&limit=2", "Alpha Beta"),
        ("sort=id&limit=2&offset=3", "Delta"),
        ("sort=id&offset=99999999999999999999", ""),
    ] {
        let answer = app.get(&format!("/api/deals?{query}")).await;
        let deals = answer.data();
        let clients: Vec<&str> =
            deals.as_array().unwrap().iter().map(|d| d["client"].as_str().unwrap()).collect();
        assert_eq!(clients.join(" "), expected, "{query}");
    }
    let page = app.get("/api/deals?limit=1&assignee=Anne").await;
    assert_eq!(page.header("x-total-count"), "2");
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_named() {
    let app = TestApp::start().await;
    for (query, part) in [
        ("statut=signed", "« signed » est inconnu. Valeurs acceptées : prospect"),
        ("date_from=hier", "« date_from » : « hier » n'est pas une date"),
        ("limit=0", "« limit »"),
        ("limit=-1", "« limit »"),
        ("limit=dix", "« limit »"),
        ("offset=1.5", "« offset »"),
        ("limit=1&limit=2", "« limit » ne peut être donné qu'une fois"),
        (
            "sort=nom",
            "Valeurs acceptées : recent, id, client, statut, montant_brut, valeur_ponderee, secteur, date_echeance",
        ),
        ("status=prospect", "Le paramètre « status » n'existe pas ici"),
    ] {
        let error = app.get(&format!("/api/deals?{query}")).await.refusal(400, "invalid");
        assert!(error.contains(part), "{query}: {error}");
    }
}

#[tokio::test]
async fn all_deals_go_only_when_it_is_said_word_for_word() {
    let app = TestApp::start().await;
    for client in ["A", "B", "C"] {
        create(&app, json!({"client": client, "montant_brut": 1})).await;
    }
    for body in
        [json!({}), json!({"confirm": "yes"}), json!({"confirm": true}), json!({"confirm": "delete all "})]
    {
        app.send(with_json(request(Method::DELETE, "/api/deals"), body.to_string()))
            .await
            .refusal(400, "invalid");
    }
    app.delete("/api/deals").await.refusal(415, "unsupported_media_type");
    let body = json!({"confirm": "delete all"}).to_string();
    let answer = app.send(with_json(request(Method::DELETE, "/api/deals"), body)).await;
    assert_eq!(answer.data(), json!({"deleted": 3, "deletion": 1}));
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
    let body = json!({"confirm": "delete all"}).to_string();
    let again = app.send(with_json(request(Method::DELETE, "/api/deals"), body)).await;
    assert_eq!(again.data(), json!({"deleted": 0, "deletion": null}));
}

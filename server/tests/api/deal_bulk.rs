//! `/api/deals/bulk`.

use serde_json::{Value, json};

use crate::harness::TestApp;

const PATH: &str = "/api/deals/bulk";

async fn three(app: &TestApp) -> Vec<i64> {
    let mut ids = Vec::new();
    for client in ["A", "B", "C"] {
        let made = app.post("/api/deals", json!({"client": client, "montant_brut": 100})).await.data();
        ids.push(made["id"].as_i64().unwrap());
    }
    ids
}

#[tokio::test]
async fn one_status_for_many() {
    let app = TestApp::start().await;
    let ids = three(&app).await;
    let asked = json!({"ids": [ids[0], ids[1], 1000, ids[0]], "statut": "perdu"});
    let expected = json!({"changed": 2, "unchanged": 0, "deleted": 0, "missing": 1, "deletion": null});
    assert_eq!(app.post(PATH, asked).await.data(), expected);
    let asked = json!({"ids": ids, "statut": "perdu"});
    let expected = json!({"changed": 1, "unchanged": 2, "deleted": 0, "missing": 0, "deletion": null});
    assert_eq!(app.post(PATH, asked).await.data(), expected);
    let deals = app.get("/api/deals").await.data();
    let lost = |deal: &Value| deal["statut"] == "perdu" && deal["valeur_ponderee"] == 0.0;
    assert!(deals.as_array().unwrap().iter().all(lost), "{deals}");
}

#[tokio::test]
async fn many_go_and_come_back() {
    let app = TestApp::start().await;
    let ids = three(&app).await;
    let before = app.get("/api/deals?sort=id").await.data();
    let done = app.post(PATH, json!({"ids": [ids[0], ids[2], 1000], "delete": true})).await.data();
    assert_eq!((&done["deleted"], &done["missing"]), (&json!(2), &json!(1)));
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "1");
    let undone = app.call(&format!("/api/deals/deletions/{}/undo", done["deletion"])).await.data();
    assert_eq!(undone["restored"], 2);
    assert_eq!(app.get("/api/deals?sort=id").await.data(), before);
    let log = app.hub.audit_log(10, 0, model::Lang::Fr).await.unwrap().0;
    assert!(log.iter().any(|entry| entry.subject == "deals (2)"), "{log:?}");
}

#[tokio::test]
async fn what_makes_no_sense_changes_nothing() {
    let app = TestApp::start().await;
    let ids = three(&app).await;
    let too_many: Vec<i64> = (0..10_001).collect();
    for (body, part) in [
        (json!({}), "« ids » : une liste d'identifiants attendu"),
        (json!({"ids": []  , "statut": "perdu"}), "0 identifiants reçus, de 1 à 10000 attendus"),
        (json!({"ids": too_many, "delete": true}), "10001 identifiants reçus"),
        (json!({"ids": [1, "2"], "delete": true}), "« ids[2] » : un identifiant (nombre entier) attendu"),
        (json!({"ids": [1.5], "delete": true}), "« ids[1] »"),
        (json!({"ids": ids}), "Indiquez soit « statut », soit « delete » : true"),
        (json!({"ids": ids, "delete": false}), "Indiquez soit"),
        (json!({"ids": ids, "statut": "perdu", "delete": true}), "Indiquez soit"),
        (json!({"ids": ids, "statut": "signé"}), "« signé » est inconnu"),
        (json!({"ids": ids, "delete": true, "filtre": "x"}), "« filtre » n'existe pas"),
    ] {
        let error = app.post(PATH, body).await.refusal(400, "invalid");
        assert!(error.contains(part), "{part} is not in: {error}");
    }
    assert_eq!(app.get("/api/deals?statut=prospect").await.header("x-total-count"), "3");
}

//! `/api/deals/{id}/history`, `…/origins` and `/api/deals/deletions/{id}/undo`.

use serde_json::json;

use crate::harness::TestApp;
use crate::visitors::{Browser, protected};

#[tokio::test]
async fn a_history_names_who_did_what() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let anne = owner.invited("anne", "editor").await;
    let made = anne.post("/api/deals", json!({"client": "Élan", "montant_brut": 10})).await.data();
    let path = format!("/api/deals/{}", made["id"]);
    owner.put(&path, json!({"statut": "perdu"})).await.data();
    let number = anne.delete(&path).await.data()["deletion"].clone();
    let undone = owner.post(&format!("/api/deals/deletions/{number}/undo"), json!({})).await.data();
    assert_eq!(undone, json!({"restored": 1, "left_out": 0, "named": []}));

    let history = owner.get(&format!("{path}/history")).await.data();
    let told: Vec<_> =
        history.as_array().unwrap().iter().map(|e| (&e["kind"], &e["actor"]["name"])).collect();
    let (anne_did, owner_did) = (&json!("anne"), &json!("owner"));
    assert_eq!(
        told,
        [
            (&json!("restored"), owner_did),
            (&json!("deleted"), anne_did),
            (&json!("changed"), owner_did),
            (&json!("created"), anne_did)
        ]
    );
    assert_eq!(history[2]["actor"]["by"], "person");
    assert_eq!(history[2]["fields"], json!([{"field": "statut", "before": "prospect", "after": "perdu"}]));
    let newest = owner.get(&format!("{path}/history?limit=1")).await.data();
    assert_eq!(newest, json!([history[0]]));
    owner.get(&format!("{path}/history?limit=0")).await.refusal(400, "invalid");
    let nobody = owner.get("/api/deals/1000/history").await.refusal(404, "not_found");
    assert_eq!(nobody, "Deal non trouvé");

    let viewer = owner.invited("vera", "viewer").await;
    assert_eq!(viewer.get(&format!("{path}/history")).await.data(), history);
    let undo = viewer.post(&format!("/api/deals/deletions/{number}/undo"), json!({})).await;
    undo.refusal(403, "forbidden");
}

#[tokio::test]
async fn a_deletion_is_taken_back_once() {
    let app = TestApp::configured().await;
    app.fill([json!({"Name": "Alpha", "Amount": 5}), json!({"Name": "Beta", "Amount": 6})]);
    app.call("/api/sync/airtable/import").await;
    let before = app.get("/api/deals?sort=id").await.data();
    let id = before[0]["id"].as_i64().unwrap();
    let origins = app.get(&format!("/api/deals/{id}/origins")).await.data();
    assert_eq!((&origins[0]["connection"], &origins[0]["label"]), (&json!("airtable"), &json!("Airtable")));
    assert!(origins[0]["url"].as_str().unwrap().starts_with("https://airtable.com/appTestsTestsTest/tbl"));

    let number = app.delete(&format!("/api/deals/{id}")).await.data()["deletion"].clone();
    let undo = format!("/api/deals/deletions/{number}/undo");
    assert_eq!(app.call(&undo).await.data()["restored"], 1);
    assert_eq!(app.get("/api/deals?sort=id").await.data(), before);
    assert_eq!(app.get(&format!("/api/deals/{id}/origins")).await.data(), origins);
    let again = app.call(&undo).await.refusal(409, "outdated");
    assert_eq!(again, format!("La suppression n° {number} a déjà été annulée."));
    let error = app.call("/api/deals/deletions/1000/undo").await.refusal(404, "not_found");
    assert!(error.contains("La suppression n° 1000 n'existe pas"), "{error}");
    app.call("/api/deals/deletions/x/undo").await.refusal(400, "invalid");

    // The import in between has the record in a new deal.
    let number = app.delete(&format!("/api/deals/{id}")).await.data()["deletion"].clone();
    app.call("/api/sync/airtable/import").await;
    let undone = app.call(&format!("/api/deals/deletions/{number}/undo")).await.data();
    assert_eq!((&undone["restored"], &undone["left_out"]), (&json!(0), &json!(1)));
    assert_eq!((&undone["named"][0]["id"], &undone["named"][0]["client"]), (&json!(id), &json!("Alpha")));
    assert!(undone["named"][0]["reason"].as_str().unwrap().contains("n'est pas revenu"), "{undone}");
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "2");
}

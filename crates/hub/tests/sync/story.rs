//! The main job from beginning to end, on both engines.

use model::api::ConfigUpdate;
use serde_json::json;
use store::testing::TempPostgres;

use super::harness::{Harness, counts};

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    tell(&url).await;
}

#[tokio::test]
async fn on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    tell(postgres.url()).await;
}

async fn tell(url: &str) {
    let at = Harness::on(url, None).await;
    at.configure(ConfigUpdate::default()).await;
    let rows = (0..250).map(|i| {
        json!({"Name": format!("Client {i}"), "Status": "Won", "Amount": 100.25 + f64::from(i), "Notes": "é"})
    });
    at.table.insert(rows).unwrap();

    // Three pages in, each deal once, exact to the cent.
    let import = at.import().await;
    assert_eq!((import.status.as_str(), counts(&import)), ("success", [250, 250, 0, 0, 0]), "{import:?}");
    let deals = at.deals().await;
    assert_eq!(deals.len(), 250);
    assert_eq!(
        deals.iter().map(|d| d.montant_brut.cents()).sum::<i64>(),
        (0..250).map(|i| 10_025 + i * 100).sum::<i64>()
    );

    // Again: nothing happens, on either side.
    let again = at.import().await;
    assert_eq!((again.status.as_str(), counts(&again)), ("success", [250, 0, 0, 250, 0]));
    assert_eq!(at.deals().await, deals, "no updated_at moved");
    at.simulator.log().clear();
    let export = at.export().await;
    assert_eq!((export.status.as_str(), counts(&export)), ("success", [250, 0, 0, 250, 0]));
    assert_eq!(at.simulator.log().count(sandbox::Kind::Write), 0);

    // One deal more and one changed here; they go there and nothing else does.
    at.deal(
        json!({"client": "Nouveau", "montant_brut": 12.5, "date_echeance": "2027-03-01", "statut": "perdu"}),
    )
    .await;
    let changed = serde_json::from_value(json!({"secteur": "Vin", "notes": null})).unwrap();
    at.hub.update_deal(&hub::Caller::Local, deals[7].id, changed, None).await.unwrap();
    let export = at.export().await;
    assert_eq!((export.status.as_str(), counts(&export)), ("success", [251, 1, 1, 249, 0]), "{export:?}");
    let records = at.table.records();
    assert_eq!(records.len(), 251);
    let new = records.iter().find(|r| r.get("Name") == "Nouveau").unwrap();
    assert_eq!((new.get("Amount"), new.get("Status")), (&json!(12.5), &json!("Lost")));
    assert_eq!(new.get("Due Date"), "2027-03-01");
    let touched = records.iter().find(|r| r.get("Name") == "Client 7").unwrap();
    assert_eq!((touched.get("Sector"), touched.get("Notes")), (&json!("Vin"), &json!(null)));
    let export = at.export().await;
    assert_eq!(counts(&export), [251, 0, 0, 251, 0]);

    // The history tells all of it, newest first.
    let runs = at.hub.runs(Some("airtable"), 50, model::Lang::Fr).await.unwrap();
    let told: Vec<(&str, u64)> = runs.iter().map(|r| (r.direction.as_str(), r.records_processed)).collect();
    assert_eq!(told, [("export", 251), ("export", 251), ("export", 250), ("import", 250), ("import", 250)]);
    let changes = at.hub.changes(runs[1].id, 10, 0).await.unwrap();
    assert_eq!(changes.len(), 2);
}

//! Deals as the opportunities of Salesforce, by the fields they have by default.

use hub::{AccountDraft, DealFilter, DealSort, Hub};
use model::api::DealBody;
use model::{Direction, Lang};
use sandbox::salesforce::{CLIENT_ID, CLIENT_SECRET, Options, Simulator};
use serde_json::json;

use crate::harness::{counts, open_with};

/// More than two collections of 200.
const DEALS: usize = 450;

/// A hub on a database of its own with a connection to the organisation.
async fn connected(folder: &tempfile::TempDir, name: &str, simulator: &Simulator) -> Hub {
    let url = format!("sqlite://{}", folder.path().join(name).display());
    let hub = open_with(&url, "salesforce", simulator.url()).await;
    let values = [
        ("instance_url", "https://macave.my.salesforce.com"),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
    ];
    let draft = AccountDraft {
        title: "Salesforce".to_owned(),
        kind: "salesforce".to_owned(),
        values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        ..AccountDraft::default()
    };
    assert!(hub.create_account(draft).await.is_ok());
    hub
}

async fn sync(hub: &Hub, direction: Direction) -> [u64; 5] {
    let body = hub.sync("salesforce", direction, Lang::Fr).await.unwrap();
    assert!(body.success, "{body:?}");
    counts(&body)
}

/// What both sides hold of every deal, by client.
async fn deals(hub: &Hub) -> Vec<serde_json::Value> {
    let filter = DealFilter { sort: DealSort::Id, limit: Some(1_000), ..DealFilter::default() };
    let shown = |deal: DealBody| {
        let deal = serde_json::to_value(deal).unwrap();
        json!([
            deal["client"],
            deal["statut"],
            deal["montant_brut"],
            deal["date_echeance"],
            deal["assignee"],
            deal["notes"]
        ])
    };
    let mut deals: Vec<_> = hub.deals(&filter).await.unwrap().deals.into_iter().map(shown).collect();
    deals.sort_by_key(ToString::to_string);
    deals
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deals_go_out_and_come_back_without_a_difference() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    simulator.table("User").make([json!({"FirstName": "Inès", "LastName": "Caron", "IsActive": true})]);
    let folder = tempfile::tempdir().unwrap();
    let hub = connected(&folder, "one.db", &simulator).await;
    for number in 0..DEALS {
        let statuses = ["prospect", "qualifié", "négociation", "gagné", "perdu"];
        let deal = json!({
            "client": format!("Société « {number:03} » d'Île"), "statut": statuses[number % 5],
            "montant_brut": number as f64 + 0.35, "date_echeance": "2027-03-28", "assignee": "Inès Caron",
            "notes": "Ligne 1\nLigne 2",
        });
        hub.create_deal(serde_json::from_value(deal).unwrap()).await.unwrap();
    }
    let all = DEALS as u64;
    assert_eq!(sync(&hub, Direction::Export).await, [all, all, 0, 0, 0]);
    assert_eq!(simulator.table("Opportunity").ids().len(), DEALS);
    assert_eq!(sync(&hub, Direction::Export).await, [all, 0, 0, all, 0]);
    assert_eq!(sync(&hub, Direction::Import).await, [all, 0, 0, all, 0]);

    let other = connected(&folder, "two.db", &simulator).await;
    assert_eq!(sync(&other, Direction::Import).await, [all, all, 0, 0, 0]);
    assert_eq!(deals(&other).await, deals(&hub).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deal_without_a_date_is_refused_and_says_so() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let hub = connected(&folder, "one.db", &simulator).await;
    for (client, date) in [("Acme", None), ("Bêta", Some("2027-03-28"))] {
        let deal = json!({"client": client, "statut": "prospect", "montant_brut": 10, "date_echeance": date});
        hub.create_deal(serde_json::from_value(deal).unwrap()).await.unwrap();
    }
    let body = hub.sync("salesforce", Direction::Export, Lang::Fr).await.unwrap();
    assert_eq!(counts(&body), [2, 1, 0, 0, 1]);
    assert!(
        body.errors.iter().any(|error| error.message.contains("Donnez une échéance au deal")),
        "{:?}",
        body.errors
    );
}

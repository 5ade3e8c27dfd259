//! Deals as the opportunities of Salesforce, which cannot be without a date.

use model::{Direction, Lang};
use sandbox::salesforce::{CLIENT_ID, CLIENT_SECRET, Options, Simulator};
use serde_json::json;

use crate::harness::{connected, counts};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deal_without_a_date_is_refused_and_says_so() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let values = [
        ("instance_url", "https://macave.my.salesforce.com"),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
    ];
    let values = values.map(|(key, value)| (key, value.to_owned()));
    let (hub, provider) = connected(&url, "salesforce", simulator.url(), &values).await;
    for (client, date) in [("Acme", None), ("Bêta", Some("2027-03-28"))] {
        let deal = json!({"client": client, "statut": "prospect", "montant_brut": 10, "date_echeance": date});
        hub.create_deal(&hub::Caller::Local, serde_json::from_value(deal).unwrap()).await.unwrap();
    }
    let body = hub.sync(&provider, Direction::Export, Lang::Fr).await.unwrap();
    assert_eq!(counts(&body), [2, 1, 0, 0, 1]);
    let is_told = |message: &str| message.contains("Donnez une échéance au deal");
    assert!(body.errors.iter().any(|error| is_told(&error.message)), "{:?}", body.errors);
}

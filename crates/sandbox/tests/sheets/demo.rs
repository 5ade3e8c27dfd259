//! The demonstration's data.

use sandbox::sheets::Simulator;
use sandbox::{Options, demo};
use serde_json::{Value, json};

use crate::client::answer;

#[tokio::test]
async fn deals_lie_under_a_merged_title() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    demo::sheets(&sim);
    demo::sheets_bench(&sim, 3);
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    let path = format!("{}/v4/spreadsheets/{}", sim.url(), demo::SPREADSHEET);
    let (_, deals) =
        answer(http.get(format!("{path}/values/Deals!A1:B3")).bearer_auth(sim.access_token())).await;
    assert_eq!(
        deals["values"],
        json!([["Affaires en cours"], ["Client", "Statut"], ["Château Beauséjour", "Negotiation"]])
    );
    let bench =
        answer(http.get(format!("{path}/values/{}", demo::SHEETS_BENCH)).bearer_auth(sim.access_token()))
            .await;
    assert_eq!(bench.1["values"].as_array().map(Vec::len), Some(4));
    assert!(
        serde_json::from_str::<Value>(&sim.key_file()).unwrap()["private_key"]
            .as_str()
            .unwrap()
            .contains("PRIVATE KEY")
    );
}

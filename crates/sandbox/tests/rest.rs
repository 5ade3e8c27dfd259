//! The API that lists customers, asked as any client would.

#![expect(clippy::disallowed_methods, reason = "the simulator is tried with a plain client")]

use reqwest::Client;
use sandbox::rest::{Options, Simulator};
use serde_json::{Value, json};

async fn get(simulator: &Simulator, path: &str) -> (u16, Value) {
    let request = Client::new().get(format!("{}{path}", simulator.url()));
    let answer = request.bearer_auth(simulator.access().secret()).send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

#[tokio::test]
async fn lists_lead_to_their_end() {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a free port");
    simulator.add(250);
    let (mut path, mut ids) = ("/next?per_page=100".to_owned(), Vec::new());
    loop {
        let (_, page) = get(&simulator, &path).await;
        ids.extend(page["items"].as_array().expect("a list").iter().filter_map(|row| row["id"].as_u64()));
        match page["next"].as_str() {
            Some(next) => path = next.replace(simulator.url(), ""),
            None => break,
        }
    }
    assert_eq!(ids, simulator.ids());
    let (_, page) = get(&simulator, "/cursor?cursor=c240").await;
    assert_eq!(
        (page["data"]["items"].as_array().map(Vec::len), &page["meta"]["next_cursor"]),
        (Some(10), &json!(null))
    );
    assert_eq!(get(&simulator, "/cursor?cursor=x").await.0, 400);
    assert_eq!(get(&simulator, "/nowhere").await.0, 404);
}

#[tokio::test]
async fn who_is_not_known_is_refused() {
    let simulator = Simulator::start(Options::default()).await.expect("a free port");
    let answer = reqwest::get(format!("{}/all", simulator.url())).await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 401);
    simulator.revoke();
    assert_eq!(get(&simulator, "/all").await.0, 401);
}

#[tokio::test]
async fn only_what_has_changed() {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a free port");
    simulator.add(10);
    assert!(simulator.update(3, 1) && simulator.delete(4) && !simulator.delete(4));
    let (_, changed) = get(&simulator, "/all?updated_since=2026-01-01T00:08:00Z").await;
    let ids: Vec<_> = changed.as_array().expect("a list").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [json!(3), json!(9), json!(10)]);
}

//! A small client, and a simulator to try things on.

use reqwest::{RequestBuilder, redirect};
use sandbox::hubspot::{Options, Simulator};
use serde_json::{Value, json};

/// A simulator, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::unlimited()).await
}

pub(crate) async fn bench_with(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let token = sim.token().to_owned();
    Bench { sim, http, token }
}

impl Bench {
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.http.get(format!("{}{path}", self.sim.url())).bearer_auth(&self.token)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.http.post(format!("{}{path}", self.sim.url())).bearer_auth(&self.token).json(&body)).await
    }

    /// A search of deals that must succeed.
    pub(crate) async fn search(&self, body: Value) -> Value {
        let (status, body) = self.post("/crm/v3/objects/deals/search", body).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// This many deals; their ids.
    pub(crate) fn deals(&self, number: usize) -> Vec<String> {
        let deal = |place: usize| json!({"dealname": format!("Affaire {place}"), "amount": place});
        self.sim.records("deals").add((0..number).map(deal)).unwrap()
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The ids of an answer's results, in order.
pub(crate) fn ids(body: &Value) -> Vec<String> {
    let results = body["results"].as_array().unwrap();
    results.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

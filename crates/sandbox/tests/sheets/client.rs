//! A small client, and a simulator to try things on.

use reqwest::{Method, RequestBuilder};
use sandbox::Options;
use sandbox::sheets::{Cell, Limits, Simulator, Tab};
use serde_json::Value;

pub(crate) const BOOK: &str = "1BookOfTheTestsAbCdEfGhIjKlMnOpQrStUvWxYz01";

/// A simulator with one spreadsheet of one tab, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) tab: Tab,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::unlimited()).await
}

pub(crate) async fn bench_with(options: Options<Limits>) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    sim.spreadsheet(BOOK, "Classeur", "en_US", "Europe/Paris");
    let tab = sim.tab(BOOK, 0, "Deals");
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    let token = sim.access_token();
    Bench { sim, tab, http, token }
}

impl Bench {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/v4/spreadsheets/{BOOK}{path}", self.sim.url());
        self.http.request(method, url).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::POST, path).json(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::PUT, path).json(&body)).await
    }

    /// A call that must succeed.
    pub(crate) async fn ok(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.post(path, body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub(crate) fn fill(&self, rows: &[&[&str]]) {
        self.tab.add(rows.iter().map(|row| row.iter().map(|text| Cell::text(text)).collect()));
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// What a refusal says.
pub(crate) fn said(answer: &Value) -> &str {
    answer["error"]["message"].as_str().unwrap_or_default()
}

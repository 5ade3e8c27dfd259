//! A small client, and a simulator with one table to try things on.

use reqwest::{Method, RequestBuilder};
use sandbox::airtable::{Base, Field, FieldType, Options, Simulator, Table};
use serde_json::{Value, json};

pub(crate) const BASE: &str = "appTestTestTest00";

/// A simulator, a base, a table `Deals`, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) base: Base,
    pub(crate) deals: Table,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::unlimited()).await
}

pub(crate) async fn bench_with(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    let base = sim.base(BASE, "Test").unwrap();
    let deals = base.table(
        "Deals",
        [
            Field::text("Name"),
            Field::new("Amount", FieldType::currency(2, "€")),
            Field::new("Status", FieldType::single_select(&["Lead", "Won", "Lost"])),
            Field::new("Notes", FieldType::MultilineText),
            Field::new("Double", FieldType::formula("{Amount} * 2")),
        ],
    );
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    let token = sim.token().to_owned();
    Bench { sim, base, deals, http, token }
}

impl Bench {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/v0/{path}", self.sim.url())).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> (u16, Value) {
        answer(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::POST, path).json(&body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::PATCH, path).json(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::PUT, path).json(&body)).await
    }

    /// The path of the table with a query made of these pairs.
    pub(crate) fn query(&self, pairs: &[(&str, &str)]) -> String {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(pairs);
        format!("{BASE}/Deals?{}", text.finish())
    }

    /// Lists with these parameters; panics if refused.
    pub(crate) async fn list(&self, pairs: &[(&str, &str)]) -> Value {
        let (status, body) = self.get(&self.query(pairs)).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Adds numbered deals and returns their ids.
    pub(crate) fn fill(&self, count: usize) -> Vec<String> {
        let rows = (0..count).map(|number| json!({"Name": format!("Deal {number}"), "Amount": number + 1}));
        self.deals.insert(rows).unwrap().into_iter().map(|id| id.to_string()).collect()
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The error type in whichever envelope it comes.
pub(crate) fn kind(body: &Value) -> &str {
    let error = if body["errors"].is_array() { &body["errors"][0]["error"] } else { &body["error"] };
    error.as_str().or_else(|| error["type"].as_str()).unwrap_or_default()
}

/// Names of the records in a page, in order.
pub(crate) fn names(page: &Value) -> Vec<&str> {
    let records = page["records"].as_array().unwrap();
    records.iter().map(|record| record["fields"]["Name"].as_str().unwrap_or_default()).collect()
}

/// Waits for a condition; gives up after a time that is ample on any machine.
pub(crate) async fn until(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !condition().await {
        assert!(std::time::Instant::now() < deadline, "never: {what}");
        tokio::task::yield_now().await;
    }
}

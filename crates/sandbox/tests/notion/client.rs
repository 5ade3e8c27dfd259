//! A small client, and a simulator with one data source to try things on.

use reqwest::{Method, RequestBuilder};
use sandbox::notion::{DataSource, Database, Options, Property, PropertyType as T, Simulator};
use serde_json::{Value, json};

/// A simulator, a database, a data source `Deals`, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) database: Database,
    pub(crate) deals: DataSource,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
    pub(crate) version: &'static str,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::unlimited()).await
}

pub(crate) async fn bench_with(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    let database = sim.database("CRM");
    let deals = database.data_source(
        "Deals",
        [
            Property::title("Name"),
            Property::new("Amount", T::euro()),
            Property::new("Status", T::status(&["Lead"], &["Talks"], &["Won", "Lost"])),
            Property::new("Sector", T::select(&["Wine", "Health"])),
            Property::text("Notes"),
        ],
    );
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    let token = sim.token().to_owned();
    Bench { sim, database, deals, http, token, version: "2026-03-11" }
}

impl Bench {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}/v1/{path}", self.sim.url()));
        request.bearer_auth(&self.token).header("Notion-Version", self.version)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::POST, path).json(&body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        answer(self.request(Method::PATCH, path).json(&body)).await
    }

    /// The path of the data source's query.
    pub(crate) fn query_path(&self) -> String {
        format!("data_sources/{}/query", self.deals.id())
    }

    /// Queries with this body; panics if refused.
    pub(crate) async fn query(&self, body: Value) -> Value {
        let (status, body) = self.post(&self.query_path(), body).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Creates a page with these properties.
    pub(crate) async fn create(&self, properties: Value) -> (u16, Value) {
        let parent = json!({"type": "data_source_id", "data_source_id": self.deals.id()});
        self.post("pages", json!({"parent": parent, "properties": properties})).await
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

/// Code and message of a refusal.
pub(crate) fn refusal(body: &Value) -> (&str, &str) {
    (body["code"].as_str().unwrap_or_default(), body["message"].as_str().unwrap_or_default())
}

/// The text of a title or a rich text.
pub(crate) fn text(pieces: &Value) -> String {
    pieces.as_array().into_iter().flatten().filter_map(|piece| piece["plain_text"].as_str()).collect()
}

/// Names of the rows in a page of results, in order.
pub(crate) fn names(page: &Value) -> Vec<String> {
    let rows = page["results"].as_array().unwrap();
    rows.iter().map(|row| text(&row["properties"]["Name"]["title"])).collect()
}

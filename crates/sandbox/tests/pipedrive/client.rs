//! A small client, and a simulator to try things on.

use reqwest::{Method, RequestBuilder};
use sandbox::pipedrive::{Entity, Options, Simulator, Table};
use serde_json::Value;

/// A simulator, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) http: reqwest::Client,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::unlimited()).await
}

pub(crate) async fn bench_with(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    Bench { sim, http }
}

impl Bench {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.sim.url()))
    }

    /// A request with the API token.
    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header("x-api-token", self.sim.token())
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.ask(Method::GET, path)).await
    }

    /// What a request gives that must succeed.
    pub(crate) async fn data(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!((status, &body["success"]), (200, &Value::Bool(true)), "{body}");
        body["data"].clone()
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        answer(self.ask(method, path).json(&body)).await
    }

    pub(crate) fn deals(&self) -> Table {
        self.sim.table(Entity::Deals)
    }

    /// The ids on every page of a listing, and how many pages there were.
    pub(crate) async fn pages(&self, path: &str) -> (Vec<i64>, usize) {
        let (mut ids, mut pages, mut cursor) = (Vec::new(), 0, String::new());
        loop {
            let (status, body) = self.get(&format!("{path}{cursor}")).await;
            assert_eq!(status, 200, "{body}");
            pages += 1;
            ids.extend(body["data"].as_array().unwrap().iter().filter_map(|row| row["id"].as_i64()));
            match body["additional_data"]["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return (ids, pages),
            }
        }
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The request with the fields of a form.
pub(crate) fn posting(request: RequestBuilder, form: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

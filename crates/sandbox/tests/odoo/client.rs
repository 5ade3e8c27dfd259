//! A small client, and a simulator to try things on.

use reqwest::RequestBuilder;
use sandbox::odoo::{Options, Simulator};
use serde_json::{Value, json};

/// A simulator, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) http: reqwest::Client,
    pub(crate) key: String,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::default()).await
}

pub(crate) async fn bench_with(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    let key = sim.key().to_owned();
    Bench { sim, http, key }
}

impl Bench {
    pub(crate) fn post(&self, path: &str, body: Value) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.sim.url())).json(&body)
    }

    /// A method by JSON-2.
    pub(crate) async fn call(&self, model: &str, method: &str, body: Value) -> (u16, Value) {
        let request = self.post(&format!("/json/2/{model}/{method}"), body);
        answer(request.header("authorization", format!("bearer {}", self.key))).await
    }

    /// A method by JSON-2 that must succeed.
    pub(crate) async fn ok(&self, model: &str, method: &str, body: Value) -> Value {
        let (status, body) = self.call(model, method, body).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// A service of JSON-RPC.
    pub(crate) async fn rpc(&self, service: &str, method: &str, args: Value) -> Value {
        let params = json!({"service": service, "method": method, "args": args});
        let body = json!({"jsonrpc": "2.0", "method": "call", "id": 5, "params": params});
        let (status, body) = answer(self.post("/jsonrpc", body)).await;
        assert_eq!((status, &body["id"]), (200, &json!(5)), "refusals too");
        body
    }

    /// A method by JSON-RPC.
    pub(crate) async fn execute(&self, model: &str, method: &str, args: Value) -> Value {
        self.rpc("object", "execute_kw", json!([self.sim.database(), 2, self.key, model, method, args])).await
    }

    /// The ids that a domain finds.
    pub(crate) async fn found(&self, model: &str, domain: Value) -> Vec<i64> {
        let ids = self.ok(model, "search", json!({"domain": domain})).await;
        ids.as_array().unwrap().iter().filter_map(Value::as_i64).collect()
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

//! A small client, and a simulator to try things on.

use reqwest::{Method, RequestBuilder};
use sandbox::salesforce::{Options, Simulator};
use serde_json::{Value, json};

/// A simulator, and someone who asks.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

pub(crate) async fn bench() -> Bench {
    bench_with(Options::default()).await
}

pub(crate) async fn bench_with(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let token = sim.token().to_owned();
    Bench { sim, http, token }
}

impl Bench {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/services/data/v68.0/{path}", self.sim.url());
        self.http.request(method, url).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn query(&self, query: &str) -> (u16, Value) {
        answer(self.request(Method::GET, "query").query(&[("q", query)])).await
    }

    /// What a query finds, one field of it.
    pub(crate) async fn found(&self, query: &str, field: &str) -> Vec<Value> {
        let (status, body) = self.query(query).await;
        assert_eq!(status, 200, "{body}");
        body["records"].as_array().unwrap().iter().map(|record| record[field].clone()).collect()
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        answer(self.request(method, path).json(body)).await
    }

    /// A collection of opportunities; the code of each that was refused, `null` for each that was not.
    pub(crate) async fn collection(&self, method: Method, path: &str, records: Vec<Value>) -> Vec<Value> {
        let records: Vec<Value> = records
            .into_iter()
            .map(|mut record| {
                record["attributes"] = json!({"type": "Opportunity"});
                record
            })
            .collect();
        let body = json!({"allOrNone": false, "records": records});
        let (status, answers) = self.send(method, &format!("composite/sobjects{path}"), &body).await;
        assert_eq!(status, 200, "{answers}");
        let answers = answers.as_array().unwrap();
        assert_eq!(answers.len(), body["records"].as_array().unwrap().len());
        answers.iter().map(|one| one["errors"][0]["statusCode"].clone()).collect()
    }

    /// A request for tokens.
    pub(crate) async fn token(&self, fields: &[(&str, &str)]) -> (u16, Value) {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.http.post(format!("{}/services/oauth2/token", self.sim.url()));
        answer(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The status and the code of a refusal.
pub(crate) fn refused((status, body): (u16, Value)) -> (u16, String) {
    (status, body[0]["errorCode"].as_str().unwrap_or_default().to_owned())
}

/// An opportunity with what it must have.
pub(crate) fn deal(name: &str) -> Value {
    json!({"Name": name, "StageName": "Qualification", "CloseDate": "2027-03-28"})
}

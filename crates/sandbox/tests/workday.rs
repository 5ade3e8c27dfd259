//! Workday's report and workers, asked for as any client would.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use chrono::TimeDelta;
use reqwest::{Client, RequestBuilder};
use sandbox::Clock;
use sandbox::workday::{CLIENT, Options, PASSWORD, REFRESH_TOKEN, SECRET, Simulator, TENANT, USER};
use serde_json::{Value, json};

async fn bench(people: usize) -> Simulator {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    simulator.hire(people);
    simulator
}

fn client() -> Client {
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    Client::new()
}

async fn sent(request: RequestBuilder) -> (u16, String) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn ask_token(simulator: &Simulator, secret: &str, refresh: &str) -> (u16, Value) {
    let form =
        format!("grant_type=refresh_token&client_id={CLIENT}&client_secret={secret}&refresh_token={refresh}");
    let request = client().post(format!("{}/ccx/oauth2/{TENANT}/token", simulator.url()));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    let (status, body) = sent(request).await;
    (status, serde_json::from_str(&body).unwrap())
}

async fn token(simulator: &Simulator) -> String {
    ask_token(simulator, SECRET, REFRESH_TOKEN).await.1["access_token"].as_str().unwrap().to_owned()
}

async fn workers(simulator: &Simulator, token: &str, query: &str) -> (u16, Value) {
    let request = client().get(format!("{}/ccx/api/v1/{TENANT}/workers?{query}", simulator.url()));
    let (status, body) = sent(request.bearer_auth(token)).await;
    (status, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn tokens_are_given_and_end() {
    let clock = Clock::manual("2026-11-22T10:00:00Z".parse().unwrap());
    let service = sandbox::Options { clock: clock.clone(), ..sandbox::Options::unlimited() };
    let simulator = Simulator::start(Options { service, lifetime: TimeDelta::minutes(15) }).await.unwrap();
    assert_eq!(
        ask_token(&simulator, "wrong", REFRESH_TOKEN).await,
        (401, json!({"error": "invalid_client"}))
    );
    assert_eq!(ask_token(&simulator, SECRET, "wrong").await, (400, json!({"error": "invalid_grant"})));
    let token = token(&simulator).await;
    assert_eq!(workers(&simulator, &token, "limit=1").await.0, 200);
    clock.advance(std::time::Duration::from_secs(15 * 60));
    assert_eq!(workers(&simulator, &token, "limit=1").await.0, 401);
    simulator.revoke();
    assert_eq!(ask_token(&simulator, SECRET, REFRESH_TOKEN).await.0, 400);
}

#[tokio::test]
async fn workers_come_in_pages_of_a_hundred() {
    let simulator = bench(130).await;
    let token = token(&simulator).await;
    let (_, usual) = workers(&simulator, &token, "").await;
    assert_eq!((&usual["total"], usual["data"].as_array().unwrap().len()), (&json!(130), 20));
    let (_, rest) = workers(&simulator, &token, "limit=100&offset=100").await;
    assert_eq!(rest["data"].as_array().unwrap().len(), 30);
    assert_eq!(rest["data"][0]["id"], json!(simulator.wids()[100]));
    assert_eq!(workers(&simulator, &token, "limit=101").await.0, 400);
    let basic = client().get(format!("{}/ccx/api/v1/{TENANT}/workers", simulator.url()));
    assert_eq!(sent(basic.basic_auth(USER, Some(PASSWORD))).await.0, 401, "the user is for reports");
    simulator.allow(false);
    let (status, body) = workers(&simulator, &token, "").await;
    assert_eq!((status, &body["errors"][0]["error"]), (403, &json!("permission denied")));
}

#[tokio::test]
async fn the_report_leaves_out_what_is_empty_and_its_schema_does_not() {
    let simulator = bench(3).await;
    let report = || client().get(simulator.report_url()).basic_auth(USER, Some(PASSWORD));
    let (status, body) = sent(report()).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    let rows = body["Report_Entry"].as_array().unwrap();
    assert_eq!((status, rows.len(), &rows[0]["Employee_ID"]), (200, 3, &json!("21001")));
    assert!(rows.iter().all(|row| row.get("Notes").is_none()));
    let xsds = client().get(simulator.report_url().replace("format=json", "xsds"));
    let (_, schema) = sent(xsds.basic_auth(USER, Some(PASSWORD))).await;
    assert!(schema.contains("<xsd:element name=\"Notes\" type=\"xsd:string\" minOccurs=\"0\"/>"), "{schema}");

    let wrong = client().get(simulator.report_url()).basic_auth(USER, Some("wrong"));
    let (status, fault) = sent(wrong).await;
    assert!(status == 401 && fault.starts_with("<?xml"), "{fault}");
    simulator.require_prompt("As_of");
    let (status, fault) = sent(report()).await;
    assert!(status == 500 && fault.contains("Validation error occurred."), "{fault}");
    assert_eq!(sent(report().query(&[("As_of", "2026-11-22")])).await.0, 200);
    simulator.allow(false);
    assert_eq!(sent(report()).await.0, 403);
    let old = simulator.report_url();
    simulator.rename_report("Other");
    assert_eq!(sent(client().get(old).basic_auth(USER, Some(PASSWORD))).await.0, 404);
}

//! The employees of BambooHR, asked for as any client would.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use reqwest::{Client, Response};
use sandbox::bamboohr::{Options, Simulator, Throttle};
use serde_json::{Value, json};

async fn bench(people: usize) -> Simulator {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    simulator.hire(people);
    simulator
}

fn client() -> Client {
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

async fn send(simulator: &Simulator, path: &str) -> Response {
    let request = client().get(format!("{}/api/gateway.php/cave{path}", simulator.url()));
    request.basic_auth(simulator.key(), Some("x")).header("accept", "application/json").send().await.unwrap()
}

async fn get(simulator: &Simulator, path: &str) -> Value {
    let answer = send(simulator, path).await;
    assert_eq!(answer.status().as_u16(), 200, "{path}: {:?}", said(&answer));
    answer.json().await.unwrap()
}

fn said(answer: &Response) -> String {
    let header = answer.headers().get("x-bamboohr-error-message");
    header.map(|text| text.to_str().unwrap().to_owned()).unwrap_or_default()
}

async fn refused(simulator: &Simulator, path: &str) -> (u16, String) {
    let answer = send(simulator, path).await;
    let (status, said) = (answer.status().as_u16(), said(&answer));
    assert_eq!(answer.text().await.unwrap(), "", "{path}: the header says it");
    (status, said)
}

#[tokio::test]
async fn the_directory_and_a_report_come_whole() {
    let simulator = bench(30).await;
    let directory = get(&simulator, "/v1/employees/directory").await;
    assert_eq!(directory["fields"][0], json!({"id": "displayName", "type": "text", "name": "Display Name"}));
    assert_eq!(directory["employees"].as_array().unwrap().len(), 27, "three have left");
    let all = get(&simulator, "/v1/employees/directory?onlyCurrent=false").await;
    assert_eq!(all["employees"].as_array().unwrap().len(), 30);
    let report = get(&simulator, "/v1/reports/7?format=JSON&fd=no").await;
    assert_eq!((&report["title"], report["employees"].as_array().unwrap().len()), (&json!("Effectif"), 30));
    let first = &report["employees"][0];
    assert_eq!((&first["id"], &first["terminationDate"]), (&json!("1"), &json!("0000-00-00")));
    assert_eq!((&first["4315"], &report["fields"][7]["name"]), (&json!("no"), &json!("Badge remis")));
    let owner = get(&simulator, "/v1/employees/0?fields=firstName,nothing").await;
    assert_eq!(owner, json!({"id": "1", "firstName": "Benoît"}), "unknown fields are left out");
}

#[tokio::test]
async fn cursors_lead_through_the_list_and_numbers_through_a_dataset() {
    let simulator = bench(230).await;
    let (mut path, mut ids) = ("/v1/employees?page[limit]=100".to_owned(), Vec::new());
    loop {
        let page = get(&simulator, &path).await;
        ids.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["employeeId"].as_str().unwrap().parse::<u64>().unwrap()),
        );
        match page["meta"]["page"]["nextCursor"].as_str() {
            Some(next) => path = format!("/v1/employees?page[limit]=100&page[after]={next}"),
            None => break,
        }
    }
    assert_eq!(ids, simulator.ids());
    assert_eq!(refused(&simulator, "/v1/employees?page[limit]=101").await.0, 400);
    assert_eq!(refused(&simulator, "/v1/employees?page[after]=x").await, (400, "Invalid cursor".to_owned()));

    let fields = get(&simulator, "/v1_2/datasets/employee/fields").await;
    assert_eq!(
        (&fields["fields"][0]["name"], &fields["pagination"]["next_page"]),
        (&json!("employeeId"), &json!(null))
    );
    let ask = async |page: &str, body: Value| {
        let url = format!(
            "{}/api/gateway.php/cave/v2/datasets/employee/data?page_size=100&page={page}",
            simulator.url()
        );
        let request = client().post(url).basic_auth(simulator.key(), Some("x"));
        let answer = request.header("accept", "application/json").json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (_, last) = ask("3", json!({"fields": ["employeeId", "hireDate"]})).await;
    assert_eq!(
        (last["data"].as_array().unwrap().len(), &last["pagination"]["total_records"]),
        (30, &json!(230))
    );
    assert_eq!(
        (&last["data"][0]["employeeId"], &last["pagination"]["next_page"]),
        (&json!("201"), &json!(null))
    );
    let (status, problem) = ask("1", json!({"fields": ["nothing"]})).await;
    assert_eq!((status, &problem["detail"]), (422, &json!("Unknown field nothing")));
    assert_eq!(ask("0", json!({"fields": ["hireDate"]})).await.0, 400);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let simulator = bench(0).await;
    assert_eq!(
        refused(&simulator, "/v1/employees/directory").await,
        (404, "The directory is empty".to_owned())
    );
    assert_eq!(refused(&simulator, "/v1/reports/99?format=JSON").await.0, 404);
    assert_eq!(refused(&simulator, "/v1/reports/7?format=BMP").await.0, 406);
    simulator.share_directory(false);
    assert_eq!(refused(&simulator, "/v1/employees/directory").await.0, 403);
    simulator.allow(false);
    assert_eq!(refused(&simulator, "/v1/reports/7?format=JSON").await.0, 403);
    let stranger = async || {
        let url = format!("{}/api/gateway.php/nobody/v1/meta/fields", simulator.url());
        client().get(url).basic_auth(simulator.key(), Some("x")).send().await.unwrap().status().as_u16()
    };
    assert_eq!(stranger().await, 404);
    simulator.lead_to_login();
    assert_eq!(stranger().await, 302);
    simulator.revoke();
    assert_eq!(refused(&simulator, "/v1/meta/fields").await, (401, "Invalid API key".to_owned()));
}

#[tokio::test]
async fn who_does_not_ask_for_json_gets_xml() {
    let simulator = bench(1).await;
    let request = client().get(format!("{}/api/gateway.php/cave/v1/employees/directory", simulator.url()));
    let answer = request.basic_auth(simulator.key(), Some("x")).send().await.unwrap();
    assert!(answer.text().await.unwrap().starts_with("<?xml"));
}

#[tokio::test]
async fn it_asks_to_slow_down_in_the_words_of_the_day() {
    for (throttle, status) in [(Throttle::TooManyRequests, 429), (Throttle::Unavailable, 503)] {
        let simulator = Simulator::start(Options { throttle, ..Options::default() }).await.unwrap();
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(send(&simulator, "/v1/company_information").await);
        }
        let last = answers.pop().unwrap();
        assert_eq!(last.status().as_u16(), status);
        assert_eq!(last.headers()["retry-after"], "1");
    }
}

//! Services that keep people, from the form to the dataset, over HTTP: BambooHR and Workday.

use hub::ServiceOptions;
use sandbox::{bamboohr, workday};
use serde_json::{Value, json};

use crate::harness::TestApp;

const PEOPLE: usize = 250;

async fn beside(kind: &str, url: &str) -> TestApp {
    let service = ServiceOptions { base_url: Some(url.to_owned()), token: None };
    TestApp::start_with([(kind.to_owned(), service)]).await
}

/// What a sync of a new connection said.
async fn synced(app: &TestApp, kind: &str, name: &str, config: Value, credentials: Value) -> Value {
    let body = json!({
        "connection_type": kind, "name": name, "config": config, "credentials": credentials, "auto_sync_enabled": false,
    });
    let made = app.post("/api/connections/", body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let secret =
        |(_, value): (&String, &Value)| value.as_str().is_some_and(|secret| made.text.contains(secret));
    let shown: Vec<_> = credentials
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, _)| *key != "username" && *key != "client_id")
        .collect();
    assert!(!shown.into_iter().any(secret), "{}", made.text);
    let id = made.json()["id"].as_i64().unwrap();
    let done = app.post(&format!("/api/connections/{id}/sync"), json!({})).await;
    assert_eq!(done.status, 200, "{}", done.text);
    done.json()
}

/// The first row of a dataset.
async fn row(app: &TestApp, done: &Value, key: &str) -> Value {
    let answer = app.get(&format!("/api/datasets/{}/rows?limit=1000", done["dataset_id"])).await;
    let rows = answer.data().as_array().unwrap().clone();
    rows.into_iter().find(|row| row["key"] == key).expect("the row")["content"].clone()
}

#[tokio::test]
async fn employees_of_bamboohr_become_a_dataset() {
    let service = bamboohr::Simulator::start(bamboohr::Options::unlimited()).await.unwrap();
    service.hire(PEOPLE);
    let app = beside("bamboohr", service.url()).await;
    let key = json!({"api_key": service.key()});
    for (report, people, id, column) in [
        (bamboohr::REPORT, PEOPLE, "2", "First Name"),
        ("directory", service.active().len(), "2", "First Name"),
        ("employees", PEOPLE, "2", "firstName"),
        ("dataset:employee", PEOPLE, "2", "First Name"),
    ] {
        let config = json!({"subdomain": "https://cave.bamboohr.com/home", "report_id": report});
        let done = synced(&app, "bamboohr", report, config, key.clone()).await;
        assert_eq!(
            (&done["success"], &done["records_created"]),
            (&json!(true), &json!(people)),
            "{report}: {done}"
        );
        assert_eq!(row(&app, &done, id).await[column], "Chloé", "{report}");
    }
}

#[tokio::test]
async fn a_report_of_workday_and_its_workers_become_datasets() {
    let service = workday::Simulator::start(workday::Options::unlimited()).await.unwrap();
    service.hire(PEOPLE);
    let app = beside("workday", service.url()).await;
    let host = "https://wd2-impl-services1.workday.com";
    let tenant = format!("{host}/ccx/api/v1/{}", workday::TENANT);
    let report = service.report_url().replace(service.url(), host);
    // The way in follows from what is given.
    let user = json!({"username": workday::USER, "password": workday::PASSWORD});
    let config = json!({"tenant_url": tenant, "report_url": report});
    let done = synced(&app, "workday", "Rapport", config, user).await;
    assert_eq!((&done["success"], &done["records_created"]), (&json!(true), &json!(PEOPLE)), "{done}");
    let first = row(&app, &done, "21001").await;
    assert_eq!(
        (&first["Active"], &first["Skills_group"]),
        (&json!(true), &json!("Level: 1, Skill: SQL")),
        "{first}"
    );

    let client = json!({
        "client_id": workday::CLIENT, "client_secret": workday::SECRET, "refresh_token": workday::REFRESH_TOKEN,
    });
    let config = json!({"tenant_url": tenant, "api_version": "v4"});
    let done = synced(&app, "workday", "Collaborateurs", config, client).await;
    assert_eq!((&done["success"], &done["records_created"]), (&json!(true), &json!(PEOPLE)), "{done}");
    let first = row(&app, &done, &service.wids()[0]).await;
    assert_eq!(first["primaryJob.location.country"], "France", "{first}");
}

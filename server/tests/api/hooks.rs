//! What services send by themselves: heard at an address of ours, believed by its signature, read as a sync.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use hub::ServiceOptions;
use sandbox::airtable::Row;
use sandbox::notion::{Property, PropertyType};
use sandbox::{Kind, Sent, hubspot, notion};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

use crate::harness::{Answer, TestApp, request};

/// A program that services reach, and that follows what they say.
struct Reached {
    app: TestApp,
    /// The connection.
    id: i64,
}

impl Reached {
    /// With the connection `airtable`, whose table holds one deal that was imported.
    async fn start() -> Reached {
        let app = reachable([]).await;
        app.configure().await;
        app.fill([json!({"Name": "Cave Martin", "Status": "Lead", "Amount": 100})]);
        Reached::with(app).await
    }

    /// With the one connection there is, whose service holds one deal.
    async fn with(app: TestApp) -> Reached {
        let connections = app.get("/api/connections/").await.json();
        let id = connections[0]["id"].as_i64().unwrap();
        let synced = app.call(&format!("/api/connections/{id}/sync")).await;
        assert_eq!(synced.json()["success"], true, "{}", synced.text);
        let hub = app.hub.clone();
        tokio::spawn(async move { hub.follow_hints().await });
        Reached { app, id }
    }

    fn path(&self) -> String {
        format!("/api/connections/{}/hints", self.id)
    }

    async fn turn_on(&self) -> Value {
        let answer = self.app.put(&self.path(), json!({})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    /// The causes of the runs that have ended, newest first.
    async fn causes(&self) -> Vec<String> {
        let history = self.app.get(&format!("/api/connections/{}/history", self.id)).await.json();
        let runs = history.as_array().cloned().unwrap_or_default();
        let ended = runs.iter().filter(|run| run["status"] != "running");
        ended.map(|run| run["cause"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits for so many runs to have ended.
    async fn until_runs(&self, count: usize) -> Vec<String> {
        let waiting = async {
            loop {
                let causes = self.causes().await;
                if causes.len() >= count {
                    return causes;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), waiting).await.unwrap()
    }

    /// The one record of the table.
    fn record(&self) -> Row {
        self.app.table.records().into_iter().next().unwrap()
    }

    /// Changes it as somebody at work in the service.
    fn change(&self, row: &Row, cells: Value) {
        self.app.table.set(row.id, &cells).unwrap();
    }

    /// The last message the service sent.
    async fn last_sent(&self) -> Sent {
        self.app.airtable.courier().sent().await.last().unwrap().clone()
    }

    /// Sends a message as if it were the service's.
    async fn post(&self, path: &str, message: &Sent) -> Answer {
        let mut http = request(Method::POST, path);
        http.headers_mut().extend(message.headers.clone());
        *http.body_mut() = Body::from(message.body.clone());
        self.app.send(http).await
    }
}

/// A program at an address that services reach.
async fn reachable(services: impl IntoIterator<Item = (&str, &str)>) -> TestApp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let services: Vec<(String, ServiceOptions)> = services
        .into_iter()
        .map(|(kind, url)| (kind.to_owned(), ServiceOptions { base_url: Some(url.to_owned()), token: None }))
        .collect();
    let app = TestApp::start_as(|mut options| {
        options.public_url = Some(url);
        options.services.extend(services);
        options
    })
    .await;
    app.serve(listener);
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_in_the_service_is_in_the_crm_a_moment_later() {
    let reached = Reached::start().await;
    let before = reached.app.get(&reached.path()).await.json();
    assert_eq!((&before["state"], &before["arrangement"]), (&json!("off"), &json!("asked")));
    let on = reached.turn_on().await;
    assert_eq!((&on["state"], &on["table"], &on["reachable"]), (&json!("on"), &json!("Deals"), &json!(true)));
    assert!(on["expires_at"].is_string() && on["heard_at"].is_null(), "{on}");
    assert_eq!(reached.turn_on().await["address"], on["address"], "what is on stays as it is");

    let row = reached.record();
    reached.change(&row, json!({"Amount": 250}));
    assert_eq!(reached.last_sent().await.status, Some(200));
    assert_eq!(reached.until_runs(2).await, ["service", "person"]);
    let deals = reached.app.get("/api/deals").await.data();
    assert_eq!(deals[0]["montant_brut"], json!(250.0));
    let heard = reached.app.get(&reached.path()).await.json();
    assert!(heard["heard_at"].is_string(), "{heard}");

    // The same message again is heard once.
    let message = reached.last_sent().await;
    let path = Url::parse(&message.url).unwrap().path().to_owned();
    assert_eq!(reached.post(&path, &message).await.status, StatusCode::OK);
    let lists = reached.app.airtable.log().count(Kind::List);
    reached.app.call("/api/sync/airtable/import").await;
    assert_eq!(reached.until_runs(3).await, ["person", "service", "person"]);
    assert_eq!(reached.app.airtable.log().count(Kind::List), lists + 1);

    // Switched off, the service is told, and nobody listens any more.
    let off = reached.app.delete(&reached.path()).await.json();
    assert_eq!(off["state"], "off");
    assert_eq!(
        reached.post(&path, &message).await.refusal(404, "not_found"),
        "Personne n'écoute à cette adresse."
    );
    let sent = reached.app.airtable.courier().sent().await.len();
    reached.change(&row, json!({"Amount": 300}));
    assert_eq!(reached.app.airtable.courier().sent().await.len(), sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_signed_by_the_service_is_not_believed() {
    let reached = Reached::start().await;
    reached.turn_on().await;
    let row = reached.record();
    reached.change(&row, json!({"Amount": 250}));
    let good = reached.last_sent().await;
    let path = Url::parse(&good.url).unwrap().path().to_owned();
    reached.until_runs(2).await;

    let mut flipped = good.clone();
    flipped.body = flipped.body.replacen('a', "b", 1);
    let bare = Sent { headers: HeaderMap::new(), ..good.clone() };
    let mut twice = good.clone();
    let (name, value) = good.headers.iter().find(|(name, _)| name.as_str().starts_with("x-")).unwrap();
    twice.headers.append(name.clone(), value.clone());
    for forged in [&flipped, &bare, &twice] {
        let sentence = reached.post(&path, forged).await.refusal(401, "refused");
        assert!(sentence.contains("signé"), "{sentence}");
    }
    let empty = Sent { body: String::new(), ..good.clone() };
    reached.post(&path, &empty).await.refusal(401, "refused");
    reached.post("/hooks/another", &good).await.refusal(404, "not_found");
    let huge = Sent { body: "x".repeat(2 * 1024 * 1024), ..good.clone() };
    assert_eq!(reached.post(&path, &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(reached.app.get(&path).await.status, StatusCode::METHOD_NOT_ALLOWED);

    let standing = reached.app.get(&reached.path()).await.json();
    assert!(standing["refused_at"].is_string(), "{standing}");
    assert_eq!(reached.causes().await.len(), 2, "nothing was read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_whose_messages_name_records_is_asked_for_those_alone() {
    let hubspot = hubspot::Simulator::start(hubspot::Options::unlimited()).await.unwrap();
    let deals = hubspot.records("deals");
    let deal = |name: &str| json!({"dealname": name, "dealstage": "appointmentscheduled", "amount": 100});
    let ids = deals.add([deal("Cave Martin"), deal("Domaine Petit")]).unwrap();
    let app = reachable([("hubspot", hubspot.url())]).await;
    let connection = json!({
        "connection_type": "hubspot", "name": "HubSpot", "config": {"object_type": "deals"},
        "credentials": {"access_token": hubspot.token()}, "auto_sync_enabled": false,
    });
    assert_eq!(app.post("/api/connections/", connection).await.status, StatusCode::CREATED);
    let reached = Reached::with(app).await;

    // A person enters the address in HubSpot, and HubSpot's secret here.
    let waiting = reached.turn_on().await;
    assert_eq!((&waiting["arrangement"], &waiting["state"]), (&json!("typed"), &json!("waiting")));
    let address = waiting["address"].as_str().unwrap();
    hubspot.subscribe(address, "deals");
    deals.set(&ids[0], &json!({"amount": 150})).unwrap();
    assert_eq!(hubspot.courier().sent().await[0].status, Some(401), "nothing is believed without the secret");
    let told = reached.app.put(&reached.path(), json!({"secret": hubspot.app_secret()})).await;
    assert!(!told.text.contains(hubspot.app_secret()), "{}", told.text);
    assert_eq!(told.json()["address"], address, "the address stays");

    hubspot.log().clear();
    deals.set(&ids[0], &json!({"amount": 250})).unwrap();
    assert_eq!(hubspot.courier().sent().await.last().unwrap().status, Some(200));
    assert_eq!(reached.until_runs(2).await, ["service", "person"]);
    let history = reached.app.get(&format!("/api/connections/{}/history", reached.id)).await.json();
    assert_eq!((&history[0]["records_processed"], &history[0]["records_updated"]), (&json!(1), &json!(1)));
    assert_eq!(hubspot.log().count(Kind::List), 0, "the list was read");
    assert_eq!(reached.app.get(&reached.path()).await.json()["state"], "on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_introduces_itself_is_shown_its_token_until_it_uses_it() {
    let notion = notion::Simulator::start(notion::Options::unlimited()).await.unwrap();
    let database = notion.database("Deals");
    let source = database
        .data_source("Deals", [Property::title("Name"), Property::new("Amount", PropertyType::euro())]);
    let page = source.insert([json!({"Name": "Cave Martin", "Amount": 100})]).unwrap().remove(0);
    let app = reachable([("notion", notion.url())]).await;
    let settings = json!({"api_token": notion.token(), "base_id": database.id().to_string()});
    assert_eq!(app.put("/api/connectors/config/notion", settings).await.status, StatusCode::OK);
    let reached = Reached::with(app).await;

    let waiting = reached.turn_on().await;
    assert_eq!((&waiting["arrangement"], &waiting["state"]), (&json!("introduced"), &json!("waiting")));
    let address = waiting["address"].as_str().unwrap().to_owned();
    notion.subscribe(&address);
    assert_eq!(notion.courier().sent().await[0].status, Some(200));
    let token =
        reached.app.get(&reached.path()).await.json()["verification_token"].as_str().unwrap().to_owned();
    let page_of_it = reached.app.get(&format!("/connections/{}?tab=schedule", reached.id)).await;
    assert!(page_of_it.text.contains(&token) && page_of_it.header("cache-control").contains("no-store"));

    // Somebody else who introduces himself is not believed.
    let stranger = Sent {
        body: json!({"verification_token": "secret_mine"}).to_string(),
        ..notion.courier().sent().await[0].clone()
    };
    let path = Url::parse(&address).unwrap().path().to_owned();
    reached.post(&path, &stranger).await.refusal(401, "refused");

    assert!(notion.verify(&token));
    source.set(page, &json!({"Amount": 250})).unwrap();
    assert_eq!(notion.courier().sent().await.last().unwrap().status, Some(200));
    assert_eq!(reached.until_runs(2).await, ["service", "person"]);
    assert_eq!(reached.app.get("/api/deals").await.data()[0]["montant_brut"], json!(250.0));
    let on = reached.app.get(&reached.path()).await.json();
    assert_eq!((&on["state"], &on["verification_token"]), (&json!("on"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_nobody_reaches_says_so() {
    let app = TestApp::configured().await;
    let connections = app.get("/api/connections/").await.json();
    let path = format!("/api/connections/{}/hints", connections[0]["id"]);
    let sentence = app.put(&path, json!({})).await.refusal(400, "not_configured");
    assert!(sentence.contains("joindre Passerelle"), "{sentence}");
    assert_eq!(app.get(&path).await.json()["reachable"], false);
    let page = app.get(&format!("/connections/{}?tab=schedule", connections[0]["id"])).await.text;
    assert!(page.contains("PASSERELLE_PUBLIC_URL"), "{page}");
    assert_eq!(app.get("/api/connections/99/hints").await.status, StatusCode::NOT_FOUND);
}

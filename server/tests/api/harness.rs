//! The program in the test's own process, on a database and a simulator of its own.
//!
//! Every answer is searched for the token: no test can overlook one that leaks.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use futures_util::StreamExt;
use hub::{Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::Lang;
use sandbox::airtable::{Field, FieldType, Options, Simulator, Table};
use serde_json::{Value, json};
use server::{AppState, router};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt;

/// The base of the tests.
pub(crate) const BASE: &str = "appTestsTestsTest";
/// Its table.
pub(crate) const TABLE: &str = "Deals";
/// The name this machine is asked by, unless a test says otherwise.
const HOST: &str = "127.0.0.1:3000";

/// The running program.
pub(crate) struct TestApp {
    pub(crate) hub: Hub,
    pub(crate) airtable: Simulator,
    pub(crate) table: Table,
    pub(crate) token: String,
    /// A folder that sources made of files may read.
    pub(crate) exports: TempDir,
    router: Router,
    database: String,
    _folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl TestApp {
    /// A program that nobody has configured yet.
    pub(crate) async fn start() -> TestApp {
        TestApp::start_with([]).await
    }

    /// The same, with one more service that is somewhere else than usual.
    pub(crate) async fn start_with(more: impl IntoIterator<Item = (String, ServiceOptions)>) -> TestApp {
        TestApp::start_as(|mut options| {
            options.services.extend(more);
            options
        })
        .await
    }

    /// The same, with other options.
    pub(crate) async fn start_as(change: impl FnOnce(HubOptions) -> HubOptions) -> TestApp {
        let airtable = Simulator::start(Options::unlimited()).await.unwrap();
        let base = airtable.base(BASE, "Tests").unwrap();
        let table = base.table(
            TABLE,
            [
                Field::text("Name"),
                Field::text("Status"),
                Field::new("Amount", FieldType::Number { precision: 2 }),
                Field::text("Sector"),
                Field::new("Due Date", FieldType::date()),
                Field::text("Assignee"),
                Field::new("Notes", FieldType::MultilineText),
            ],
        );
        let (folder, exports) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let service = ServiceOptions { base_url: Some(airtable.url().to_owned()), token: None };
        let database = format!("sqlite://{}", folder.path().join("test.db").display());
        let services = BTreeMap::from([("airtable".to_owned(), service)]);
        let options = HubOptions {
            services,
            policy: Policy::without_waiting(),
            data_dirs: vec![exports.path().to_owned()],
            ..HubOptions::new(database.clone(), Keys::parse(&Keys::generate()).unwrap())
        };
        let hub = Hub::open(change(options)).await.unwrap();
        let router = router(AppState { hub: hub.clone(), default_lang: Lang::Fr });
        let token = airtable.token().to_owned();
        TestApp { hub, airtable, table, token, exports, router, database, _folder: folder }
    }

    /// A program whose connection `airtable` points at the simulator's table.
    pub(crate) async fn configured() -> TestApp {
        let app = TestApp::start().await;
        app.configure().await;
        app
    }

    /// Points the connection `airtable` at the simulator's table.
    pub(crate) async fn configure(&self) {
        let settings = json!({"api_token": self.token, "base_id": BASE, "table_name": TABLE});
        let answer = self.put("/api/connectors/config/airtable", settings).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }

    /// Records in the simulator's table.
    pub(crate) fn fill(&self, rows: impl IntoIterator<Item = Value>) {
        self.table.insert(rows).unwrap();
    }

    /// Answers at that address too, for those who come over the network.
    pub(crate) fn serve(&self, listener: TcpListener) {
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(request(Method::DELETE, path)).await
    }

    /// A POST without a body.
    pub(crate) async fn call(&self, path: &str) -> Answer {
        self.send(request(Method::POST, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(with_json(request(Method::POST, path), body.to_string())).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(with_json(request(Method::PUT, path), body.to_string())).await
    }

    /// A form as a browser sends it.
    pub(crate) async fn form(&self, path: &str, values: &[(&str, &str)]) -> Answer {
        self.send(with_form(request(Method::POST, path), values)).await
    }

    /// The program's own router.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// The path of every route there is, as the router itself shows them, with something in the place of
    /// each parameter.
    pub(crate) fn paths(&self) -> Vec<String> {
        let shown = format!("{:?}", self.router);
        let routes: BTreeSet<&str> = shown.split('"').filter(|text| text.starts_with('/')).collect();
        let paths: Vec<String> =
            routes.into_iter().filter(|route| !route.contains("__private")).map(filled).collect();
        assert!(paths.len() > 100, "the router shows its routes in another way: {paths:?}");
        paths
    }

    /// What a page is told piece by piece, as it comes.
    pub(crate) async fn listen(&self, path: &str) -> (HeaderMap, BodyDataStream) {
        let answer = self.router.clone().oneshot(request(Method::GET, path)).await.unwrap();
        let (head, body) = answer.into_parts();
        (head.headers, body.into_data_stream())
    }

    /// Carries a statement out behind the program's back, such as a trigger that makes the database fail.
    pub(crate) async fn execute(&self, sql: &'static str) {
        let pool = sqlx::AnyPool::connect(&self.database).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// Any request at all.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = answer.into_parts();
        let mut bytes = Vec::new();
        let mut pieces = body.into_data_stream();
        while let Some(piece) = pieces.next().await {
            bytes.extend_from_slice(&piece.unwrap_or_else(|_| Bytes::new()));
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer { status: head.status, headers: head.headers, text };
        assert!(!format!("{answer:?}").contains(&self.token), "an answer holds the token");
        answer
    }

    /// The beginning of an import that does not end by itself; its run.
    pub(crate) async fn hanging_import(&self) -> i64 {
        self.airtable.fault(sandbox::Rule::new(sandbox::Kind::List, sandbox::Fault::Hang));
        let mut request = request(Method::POST, "/api/sync/airtable/import");
        request.headers_mut().insert("prefer", "respond-async".parse().unwrap());
        let answer = self.send(request).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text);
        // Only then is it the one that hangs, and not the next.
        self.airtable.log().wait_for(sandbox::Kind::List, 1).await;
        answer.json()["run_id"].as_i64().unwrap()
    }
}

impl Answer {
    /// The body, which must be JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let kind = self.headers.get("content-type").map(|kind| kind.to_str().unwrap());
        assert_eq!(kind, Some("application/json"), "{} {}", self.status, self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    /// What the envelope carries.
    #[track_caller]
    pub(crate) fn data(&self) -> Value {
        let mut json = self.json();
        assert_eq!((&json["success"], &json["error"]), (&json!(true), &Value::Null), "{json}");
        json["data"].take()
    }

    /// The sentence of a refusal with that status and word; the envelope must be whole.
    #[track_caller]
    pub(crate) fn refusal(&self, status: u16, code: &str) -> String {
        let json = self.json();
        assert_eq!((self.status.as_u16(), &json["code"]), (status, &json!(code)), "{json}");
        assert_eq!((&json["success"], json.get("data")), (&json!(false), Some(&Value::Null)), "{json}");
        json["error"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A path without parameters.
fn filled(route: &str) -> String {
    let word = |part: &str| match part {
        "{provider}" | "{connection}" => "airtable".to_owned(),
        "{direction}" => "import".to_owned(),
        "{table}" => "customers".to_owned(),
        part if part.starts_with('{') => "1".to_owned(),
        part => part.to_owned(),
    };
    route.split('/').map(word).collect::<Vec<_>>().join("/")
}

/// A request from this machine, by a program that is no browser.
pub(crate) fn request(method: Method, path: &str) -> Request<Body> {
    let mut request =
        Request::builder().method(method).uri(path).header("host", HOST).body(Body::empty()).unwrap();
    let peer: SocketAddr = ([127, 0, 0, 1], 50_000).into();
    request.extensions_mut().insert(ConnectInfo(peer));
    request
}

/// The same request with a body that says it is JSON.
pub(crate) fn with_json(mut request: Request<Body>, body: impl Into<Body>) -> Request<Body> {
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    *request.body_mut() = body.into();
    request
}

/// The same request with a form, from a browser.
pub(crate) fn with_form(mut request: Request<Body>, values: &[(&str, &str)]) -> Request<Body> {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    headers.insert("accept", "text/html,application/xhtml+xml".parse().unwrap());
    *request.body_mut() = form.extend_pairs(values).finish().into();
    request
}

/// The same request with one more header.
pub(crate) fn with_header(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

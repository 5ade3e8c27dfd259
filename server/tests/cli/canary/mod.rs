//! Secrets planted everywhere, a tour of the program with services that tell them back, and a search through
//! all that it said, logged and wrote.

mod echo;
mod kept;
mod needles;
mod sources;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sandbox::airtable::{Field, FieldType, Options, Simulator};
use sandbox::{Answer, Fault, Kind, Rule, assertion};
use serde_json::{Value, json};

use crate::program::{Program, Serving};
use kept::Kept;
use needles::Needles;
use sources::Exports;

const BASE: &str = "appPasserelleTest";

/// A secret nobody else has, whose every part is unlikely anywhere else.
fn planted(name: &str) -> String {
    format!("{name}{}", std::iter::repeat_with(fastrand::alphanumeric).take(40).collect::<String>())
}

/// One request after the other, each answer searched.
struct Tour<'a> {
    serving: &'a Serving,
    needles: &'a mut Needles,
    /// What proves who asks: a header.
    proof: String,
    asked: usize,
}

impl Tour<'_> {
    /// The answer to a request of this first line, as it comes.
    fn bytes(&mut self, first: &str, kind: &str, body: &str) -> Vec<u8> {
        let (addr, length, proof) = (&self.serving.addr, body.len(), &self.proof);
        let mut stream = TcpStream::connect(addr).unwrap();
        write!(
            stream,
            "{first}\r\nhost: {addr}\r\norigin: http://{addr}\r\nconnection: close\r\n{proof}\
             content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        self.asked += 1;
        answer
    }

    /// The whole answer, not searched: it is the one that may show a secret.
    fn shown(&mut self, method: &str, path: &str, kind: &str, body: &str) -> String {
        let answer = self.bytes(&format!("{method} {path} HTTP/1.1"), kind, body);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A file as it is saved, searched as it came and unpacked; what it says, unpacked.
    #[track_caller]
    fn taken(&mut self, path: &str) -> String {
        // An answer of before HTTP/1.1 does not come in pieces.
        let answer = self.bytes(&format!("GET {path} HTTP/1.0"), "text/plain", "");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let (head, file) = answer.split_at(end + 4);
        assert!(
            String::from_utf8_lossy(head).contains(" 200 OK"),
            "{path}: {}",
            String::from_utf8_lossy(head)
        );
        self.needles.search(path, &answer);
        self.needles.search_packed(path, file)
    }

    /// The answer to a form, searched.
    #[track_caller]
    fn form(&mut self, path: &str, values: &[(&str, &str)]) -> String {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        let answer = self.shown("POST", path, "application/x-www-form-urlencoded", &body);
        self.needles.search(path, answer.as_bytes());
        answer
    }

    #[track_caller]
    fn ask(&mut self, method: &str, path: &str, body: &str) -> String {
        let answer = self.shown(method, path, "application/json", body);
        self.needles.search(&format!("{method} {path}"), answer.as_bytes());
        answer
    }

    #[track_caller]
    fn look(&mut self, path: &str) {
        let answer = self.ask("GET", path, "");
        assert!(!answer.starts_with("HTTP/1.1 5"), "{path}: {answer}");
    }

    /// Makes something whose answer shows a secret once; that secret, to be found nowhere else.
    #[track_caller]
    fn once(&mut self, path: &str, body: &Value, member: &str) -> String {
        let answer = self.shown("POST", path, "application/json", &body.to_string());
        let (_, json) = answer.split_once("\r\n\r\n").unwrap();
        let shown: Value = serde_json::from_str(json).unwrap();
        assert!(shown["data"][member].is_string(), "{answer}");
        let secret = shown["data"][member].as_str().unwrap().to_owned();
        self.needles.add(secret.trim_start_matches("/invitation?word="));
        secret
    }
}

async fn airtable() -> Simulator {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    let fields = [Field::text("Name"), Field::new("Amount", FieldType::currency(2, "€"))];
    let table = simulator.base(BASE, "CRM").unwrap().table("Deals", fields);
    table
        .insert([json!({"Name": "Cave Martin", "Amount": 10}), json!({"Name": "Domaine", "Amount": -1})])
        .unwrap();
    simulator
}

/// What Airtable would say, if it told the credentials it was given.
fn told_back(status: u16, token: &str) -> Fault {
    let body = json!({"error": {"type": token, "message": format!("Authorization: Bearer {token} refused")}});
    Fault::Answer(Answer::json(status, &body))
}

/// What the connections of every kind are made of: the kind, its settings, its credentials.
fn connections(at: &str, secrets: &[String; 8]) -> Vec<(&'static str, Value, Value)> {
    let [rest, basic, hubspot, odoo, client, refresh, key, notion] = secrets;
    let bearer = json!({"auth_type": "bearer", "token": rest});
    let mut all: Vec<_> = echo::WAYS
        .iter()
        .map(|way| {
            ("rest_api", json!({"url": format!("{at}/{way}/rows"), "data_path": "rows"}), bearer.clone())
        })
        .collect();
    let rows = json!({"url": format!("{at}/422/rows"), "data_path": "rows"});
    all.extend([
        ("rest_api", json!({"url": "http://127.0.0.1:1/rows"}), bearer),
        ("rest_api", rows.clone(), json!({"auth_type": "basic", "username": "u", "password": basic})),
        (
            "rest_api",
            rows.clone(),
            json!({"auth_type": "api_key", "api_key_header": "X-Key", "api_key": key}),
        ),
        (
            "rest_api",
            rows,
            json!({"auth_type": "oauth2", "token_url": format!("{at}/token"), "client_id": "c",
                "client_secret": client, "refresh_token": refresh}),
        ),
        (
            "odoo",
            json!({"odoo_url": format!("{at}/422"), "odoo_db": "db", "odoo_user": "u"}),
            json!({"odoo_api_key": odoo}),
        ),
        ("hubspot", json!({"object_type": "deals"}), json!({"access_token": hubspot})),
        ("notion", json!({"base_id": "0123456789abcdef0123456789abcdef"}), json!({"api_token": notion})),
        (
            "salesforce",
            json!({"instance_url": "https://example.my.salesforce.com", "object_type": "Opportunity"}),
            json!({"client_id": "c", "username": "u@example.com", "private_key": assertion::KEY}),
        ),
    ]);
    all
}

/// Imports and tests of the CRM's own connection, with a fault each time, then without.
fn tour_of_faults(tour: &mut Tour<'_>, simulator: &Simulator) {
    for fault in [
        told_back(401, simulator.token()),
        told_back(403, simulator.token()),
        told_back(422, simulator.token()),
        told_back(500, simulator.token()),
        told_back(200, simulator.token()),
        Fault::CutJson,
        Fault::Dropped,
    ] {
        simulator.fault(Rule::new(Kind::List, fault).times(1));
        tour.ask("POST", "/api/sync/airtable/import", "");
    }
    simulator.faults().clear();
    simulator.fault(Rule::new(Kind::Schema, told_back(403, simulator.token())).times(1));
    tour.ask("POST", "/api/connectors/test/airtable", "");
    simulator.faults().clear();
    for way in ["import", "export"] {
        tour.ask("POST", &format!("/api/sync/airtable/{way}"), "");
    }
    tour.ask("POST", "/api/sync/airtable/preview", "{\"direction\": \"import\"}");
}

/// Every kind of connection made, tried before and after it is stored, run, and looked at.
fn tour_of_connections(tour: &mut Tour<'_>, at: &str, secrets: &[String; 8]) {
    for (id, (kind, config, credentials)) in (2..).zip(connections(at, secrets)) {
        let draft = json!({"connection_type": kind, "name": format!("n° {id}"), "config": config,
            "credentials": credentials, "auto_sync_enabled": false})
        .to_string();
        let is_here = kind != "salesforce";
        if is_here {
            tour.ask("POST", "/api/connections/test", &draft);
        }
        let made = tour.ask("POST", "/api/connections/", &draft);
        assert!(made.starts_with("HTTP/1.1 201"), "{kind}: {made}");
        if is_here {
            let ran = tour.ask("POST", &format!("/api/connections/{id}/sync"), "{}");
            assert!(!ran.contains("\"success\":true"), "{kind}: {ran}");
        }
        tour.look(&format!("/connections/{id}?tab=state"));
    }
    for part in ["", "/history", "/schema", "/schedule", "/hints"] {
        tour.ask("GET", &format!("/api/connections/2{part}"), "");
    }
    for tab in ["history", "schedule", "rules", "recipes", "settings", "mapping", "schema"] {
        tour.look(&format!("/connections/2?tab={tab}"));
    }
}

/// Requests that cannot be read, with a secret in them.
fn tour_of_mistakes(tour: &mut Tour<'_>, typed: &str) {
    tour.ask("PUT", "/api/connectors/config/airtable", &format!("{{\"api_token\": \"{typed}\", "));
    tour.ask("PUT", "/api/connectors/config/airtable", &format!("{{\"api_token\": [\"{typed}\"]}}"));
    tour.ask("POST", "/api/connections/", &format!("[\"{typed}\"]"));
    let wrong = json!({"connection_type": "rest_api", "name": "x", "config": {"url": "not an address"},
        "credentials": {"auth_type": typed, "token": typed}});
    tour.ask("POST", "/api/connections/", &wrong.to_string());
    for (path, form) in [
        ("/login", format!("name=owner&password={typed}")),
        ("/access/password", format!("present={typed}&new=court")),
        ("/connections", format!("connection_type=rest_api&name=x&token={typed}&auth_type=bearer")),
        ("/connections/test", format!("connection_type=rest_api&name=x&token={typed}&auth_type=bearer")),
    ] {
        let answer = tour.shown("POST", path, "application/x-www-form-urlencoded", &form);
        tour.needles.search(path, answer.as_bytes());
    }
}

/// Pages, lists, documents and files, with all that happened in them.
fn tour_of_pages(tour: &mut Tour<'_>) {
    for path in [
        "/",
        "/connectors",
        "/connectors?tab=sources",
        "/connections",
        "/connections/new?type=rest_api",
        "/webhooks",
        "/webhooks/1",
        "/datasets",
        "/data",
        "/runs/1",
        "/runs/8",
        "/plans/1",
        "/access",
        "/access/tokens",
        "/access/members",
        "/access/audit",
        "/preview/airtable/import",
        "/nowhere",
        "/api/access/sessions",
        "/api/access/tokens",
        "/api/access/audit",
        "/api/connectors/config",
        "/api/connections/",
        "/api/connections/types",
        "/api/sync/logs",
        "/api/sync/runs/1/failures",
        "/api/sync/runs/1/events",
        "/api/webhooks/1/deliveries",
        "/api/openapi.json",
        "/api/deals",
        "/api/nowhere",
        "/metrics",
        "/readyz",
    ] {
        tour.look(path);
    }
}

/// The whole of it, with the log as text or for machines, and what is kept in either database.
async fn sweep(format: &str, kept: Kept) {
    let simulator = airtable().await;
    let secrets = ["rest", "basic", "hubspot", "odoo", "client", "refresh", "apikey", "notion"].map(planted);
    let others = ["granted", "rotated", "password", "typed", "sourcekey", "datasetkey"].map(planted);
    let mut needles = Needles::new();
    secrets.iter().chain(&others).for_each(|secret| needles.add(secret));
    let [access, rotated, password, typed, source_key, dataset_key] = others;
    needles.add(simulator.token());
    // Every key of that kind begins with the same line.
    assertion::KEY.lines().skip(2).filter(|line| !line.starts_with('-')).for_each(|line| needles.add(line));

    let granted = access.clone();
    let echo = echo::start(access.leak(), rotated.leak());
    let at = &echo.address;
    let exports = Exports::new(&mut needles);
    let program = kept
        .used_by(Program::new(), &mut needles)
        .with("PASSERELLE_DATA_DIRS", &exports.folder.path().display().to_string())
        .with("AIRTABLE_API_URL", simulator.url())
        .with("HUBSPOT_API_URL", &format!("{at}/403"))
        .with("NOTION_API_URL", &format!("{at}/401"))
        .with("PASSERELLE_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
        .with("PASSERELLE_LOG_FORMAT", format)
        .with("RUST_LOG", "trace");
    let set = program.run_with(&["user", "set-password"], &password);
    assert_eq!(set.code, 0, "{set:?}");
    needles.search("set-password", format!("{set:?}").as_bytes());
    needles.add(std::fs::read_to_string(program.folder.path().join("data/encryption.key")).unwrap().trim());

    let mut serving = program.serve_with_log(&["serve"]);
    let mut log = serving.child.stderr.take().unwrap();
    // Read while it is written: a full pipe would stop the program.
    let logged = thread::spawn(move || {
        let mut all = Vec::new();
        log.read_to_end(&mut all).map(|_| all)
    });
    let mut tour = Tour { serving: &serving, needles: &mut needles, proof: String::new(), asked: 0 };
    let form = format!("name=owner&password={password}");
    let login = tour.shown("POST", "/login", "application/x-www-form-urlencoded", &form);
    let cookie = login.split("set-cookie: ").nth(1).and_then(|set| set.split(';').next()).unwrap().to_owned();
    tour.needles.add(cookie.strip_prefix("passerelle=").unwrap());
    tour.proof = format!("cookie: {cookie}\r\n");
    let token = tour.once("/api/access/tokens", &json!({"name": "n", "scope": "admin"}), "token");
    let hook =
        json!({"url": format!("{at}/401/hook"), "title": "w", "events": ["run.failed", "run.finished"]});
    tour.once("/api/webhooks", &hook, "secret");
    tour.once("/api/access/members", &json!({"name": "camille", "role": "viewer"}), "invitation");

    let settings = json!({"api_token": simulator.token(), "base_id": BASE, "table_name": "Deals",
        "field_mapping": {"client": "Name", "montant_brut": "Amount"}});
    let saved = tour.ask("PUT", "/api/connectors/config/airtable", &settings.to_string());
    assert!(saved.starts_with("HTTP/1.1 200"), "{saved}");
    tokio::task::block_in_place(|| {
        tour_of_faults(&mut tour, &simulator);
        tour_of_connections(&mut tour, at, &secrets);
        tour_of_mistakes(&mut tour, &typed);
        sources::tour_of_sources(&mut tour, &exports, at, &source_key);
        sources::tour_of_datasets(&mut tour, at, &dataset_key);
        tour.ask("POST", "/api/webhooks/1/test", "");
        tour_of_pages(&mut tour);
        tour.proof = format!("authorization: Bearer {token}\r\n");
        tour.look("/api/deals");
        tour.proof = format!("authorization: Bearer {}x\r\n", &token[..token.len() - 1]);
        tour.look("/api/deals");
    });
    assert!(tour.asked > 100, "{}", tour.asked);
    // What was searched for was on its way.
    let heard = echo.heard();
    let [rest, basic, hubspot, odoo, client, refresh, key, notion] = &secrets;
    let basic = &BASE64_STANDARD.encode(format!("u:{basic}"));
    for secret in
        [rest, basic, hubspot, odoo, client, refresh, key, notion, &granted, &source_key, &dataset_key]
    {
        assert!(heard.contains(secret.as_str()), "the service was never told {secret}");
    }

    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("passerelle.backup").display().to_string();
    for args in [
        &["backup", &backup] as &[&str],
        &["export-config"],
        &["connections", "list"],
        &["doctor", "--json"],
        &["check", "airtable"],
        &["sync", "airtable", "import"],
    ] {
        let ended = tokio::task::block_in_place(|| program.run(args));
        assert!(ended.code <= 1, "{args:?}: {ended:?}");
        needles.search(&format!("{args:?}"), format!("{ended:?}").as_bytes());
    }
    // In the middle of a run, with the connection's secrets opened.
    let import = ["sync", "airtable", "import"];
    let panicked =
        tokio::task::block_in_place(|| program.run_where(&import, "PASSERELLE_FAULT_PANIC", "page-written"));
    assert!(panicked.code == 1 && panicked.err.contains("a panic: asked for by a test"), "{panicked:?}");
    needles.search("a panic", format!("{panicked:?}").as_bytes());
    // With what stands beside the database while somebody serves it.
    kept.search(&needles, program.folder.path());
    assert_eq!(serving.stop("TERM"), 0);
    needles.search("the standard output", serving.rest().as_bytes());
    let logged = logged.join().unwrap().unwrap();
    assert!(logged.len() > 100_000, "the log is {} bytes", logged.len());
    needles.search("the log", &logged);
    kept.search(&needles, program.folder.path());
    kept.search_backup(&needles, &folder.path().join("passerelle.backup"));
    kept.search_ended(&needles);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_leaves_the_program_and_its_log() {
    sweep("text", Kept::in_a_file()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_leaves_a_program_on_postgresql_and_its_log_for_machines() {
    sweep("json", Kept::in_postgresql()).await;
}

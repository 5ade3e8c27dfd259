//! The configuration as a file: written without secrets, applied to an empty database, the same again.

use std::fs;

use sandbox::airtable::{Options, Simulator};
use sandbox::demo;
use serde_json::json;

use crate::program::{Ended, Program};
use crate::server::exchange;

const SECRET: &str = "PASSERELLE_SECRET_MON_CRM_API_TOKEN";
const WEBHOOK: &str = "PASSERELLE_SECRET_ALERTES_WEBHOOK";
const SIGNED_WITH: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A program with a connection that was made over HTTP, its token stored.
fn configured(simulator: &Simulator) -> Program {
    let program = beside(simulator);
    let serving = program.serve(&["serve"]);
    let body = json!({
        "connection_type": "airtable", "name": "Mon CRM",
        "config": {"base_id": demo::BASE, "table_name": demo::DEALS},
        "credentials": {"api_token": simulator.token()},
        "auto_sync_enabled": true, "sync_frequency": "weekly",
    });
    let made = exchange(&serving.addr, "POST", "/api/connections/", &body.to_string());
    assert!(made.starts_with("HTTP/1.1 201"), "{made}");
    let rules = json!({"rules": [{"column": "Name", "must": "required"}]});
    let ruled = exchange(&serving.addr, "PUT", "/api/connections/1", &rules.to_string());
    assert!(ruled.starts_with("HTTP/1.1 200"), "{ruled}");
    let webhook =
        json!({"url": "https://hooks.example.com/passerelle", "title": "Alertes", "events": ["run.failed"]});
    let told = exchange(&serving.addr, "POST", "/api/webhooks", &webhook.to_string());
    assert!(told.starts_with("HTTP/1.1 201"), "{told}");
    program
}

fn beside(simulator: &Simulator) -> Program {
    Program::new().with("AIRTABLE_API_URL", simulator.url()).with("NO_PROXY", "127.0.0.1")
}

fn run(program: &Program, args: &[&str]) -> Ended {
    tokio::task::block_in_place(|| program.run(args))
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_and_applied_the_hub_is_the_same() {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    demo::airtable(&simulator).unwrap();
    let first = tokio::task::block_in_place(|| configured(&simulator));
    let exported = run(&first, &["export-config"]);
    assert_eq!((exported.code, exported.err.as_str()), (0, ""), "{exported:?}");
    assert!(exported.out.contains("[connections.mon-crm]") && exported.out.contains(SECRET), "{exported:?}");
    assert!(exported.out.contains("weekly") && exported.out.contains(WEBHOOK), "{exported:?}");
    assert!(!exported.out.contains("whsec_"), "the file holds a secret");
    assert!(!exported.out.contains(simulator.token()), "the file holds a secret");

    let second = beside(&simulator);
    let file = second.folder.path().join("passerelle.toml");
    fs::write(&file, &exported.out).unwrap();
    let without = run(&second, &["apply-config", "passerelle.toml"]);
    assert_eq!(without.code, 1, "{without:?}");
    assert!(without.err.contains(SECRET), "{without:?}");
    assert!(!run(&second, &["connections", "list"]).out.contains("mon-crm"), "half of it was applied");

    assert!(without.err.contains(WEBHOOK), "{without:?}");

    let second = second.with(SECRET, simulator.token()).with(WEBHOOK, SIGNED_WITH);
    let applied = run(&second, &["apply-config", "passerelle.toml"]);
    assert_eq!(applied.code, 0, "{applied:?}");
    assert!(applied.out.contains("mon-crm") && applied.out.contains("créée"), "{applied:?}");
    assert_eq!(run(&second, &["export-config"]).out, exported.out);
    let again = run(&second, &["apply-config", "passerelle.toml"]);
    assert!(again.out.contains("inchangée"), "{again:?}");
    let synced = run(&second, &["sync", "mon-crm", "import"]);
    assert!(synced.code == 0 && synced.out.starts_with("24 créés"), "{synced:?}");

    // A file that is there is never written over.
    let taken = run(&second, &["export-config", "passerelle.toml"]);
    assert!(taken.code == 1 && taken.err.contains("existe déjà"), "{taken:?}");
    assert_eq!(run(&second, &["export-config", "other.toml"]).code, 0);
    assert_eq!(fs::read_to_string(second.folder.path().join("other.toml")).unwrap(), exported.out);
}

#[test]
fn a_file_with_faults_changes_nothing_and_says_where() {
    let program = Program::new();
    for (text, part) in [
        ("", "« version » manque"),
        ("version = 2\nfuture = true", "version 2"),
        ("version = 1\nconection = 3", "ligne 2"),
        ("version = 1\n[connections.a]\ntype = \"fax\"", "a : « fax »"),
        ("version = 1\n[connections.a]\ntype = \"airtable\"\ncolour = 1", "ligne 4"),
        (
            "version = 1\n[connections.a]\ntype = \"airtable\"\n[connections.a.settings]\nbase = \"x\"",
            "« base »",
        ),
        ("version = 1\n[connections.a]\ntype = \"airtable\"", "obligatoire"),
        ("version = 1\n[connections.a", "ligne 2"),
        ("version = \"one\"", "ligne 1"),
    ] {
        fs::write(program.folder.path().join("p.toml"), text).unwrap();
        let ended = program.run(&["apply-config", "p.toml"]);
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{text}: {ended:?}");
        assert!(ended.err.contains(part), "{text}: {ended:?}");
    }
    assert_eq!(program.run(&["connections", "list"]).out.lines().count(), 2);
    assert!(program.run(&["apply-config", "none.toml"]).err.contains("none.toml"));
}

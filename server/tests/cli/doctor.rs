//! What `passerelle doctor` finds, each fault planted in a program that is otherwise healthy.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use model::Direction;
use serde_json::Value;

use crate::ground::{Ground, Service};
use crate::program::Program;

/// The codes of what was found, with whether it must be mended, and the exit code.
fn found(program: &Program) -> (Vec<(String, bool)>, i32) {
    let ended = program.run(&["doctor", "--json"]);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["success"], ended.code == 0, "{ended:?}");
    let findings = report["findings"].as_array().unwrap().iter();
    let codes = findings.map(|finding| {
        assert!(
            !finding["what"].as_str().unwrap().is_empty() && !finding["remedy"].as_str().unwrap().is_empty()
        );
        (finding["code"].as_str().unwrap().to_owned(), finding["must_be_mended"].as_bool().unwrap())
    });
    (codes.collect(), ended.code)
}

fn fault(code: &str) -> (Vec<(String, bool)>, i32) {
    (vec![(code.to_owned(), true)], 1)
}

#[test]
fn a_healthy_program_has_nothing_to_tell() {
    let program = Program::new();
    assert_eq!(program.run(&["connections", "list"]).code, 0);
    assert_eq!(found(&program), (Vec::new(), 0));
    assert_eq!(program.run(&["doctor"]).out, "✓ Tout va bien.\n");
}

#[test]
fn unsafe_files_and_settings() {
    let program = Program::new();
    assert_eq!(program.run(&["connections", "list"]).code, 0);
    let data = program.folder.path().join("data");
    for (name, mode, code) in [
        ("encryption.key", 0o640, "key_file_mode"),
        ("encryption.key", 0o644, "key_file_mode"),
        ("passerelle.db", 0o644, "database_file_mode"),
    ] {
        fs::set_permissions(data.join(name), Permissions::from_mode(mode)).unwrap();
        assert_eq!(found(&program), fault(code), "{name} {mode:o}");
        fs::set_permissions(data.join(name), Permissions::from_mode(0o600)).unwrap();
    }
    let program = program.with("PASSERELLE_ADDR", "0.0.0.0:3000");
    assert_eq!(found(&program), fault("in_the_clear"));
    let program = program.with("PASSERELLE_PUBLIC_URL", "https://crm.example.com");
    assert_eq!(found(&program), (Vec::new(), 0));
    let program = program.with("PASSERELLE_ALLOW_PRIVATE_HOSTS", "odoo.lan:8069,192.168.1.10");
    assert_eq!(found(&program), (vec![("open_hosts".to_owned(), false)], 0));
}

#[test]
fn no_database_is_told_and_not_made() {
    let program = Program::new();
    let ended = program.run(&["doctor"]);
    assert!(ended.code == 1 && ended.out.contains("passerelle.db n'existe pas"), "{ended:?}");
    assert!(!program.folder.path().join("data").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_left_open_is_found_and_mended_by_a_start() {
    let records: Vec<(String, i64)> = (0..120).map(|number| (format!("C{number}"), 100)).collect();
    let ground = Ground::new(Service::Airtable, &records).await;
    let run = |args: &[&str]| tokio::task::block_in_place(|| ground.program.run(args));
    tokio::task::block_in_place(|| {
        ground.program.kill_at(&["sync", "airtable", Direction::Import.word()], "page-committed");
        assert_eq!(found(&ground.program), fault("runs_left_open"));
        assert_eq!(found(&ground.program), fault("runs_left_open"), "looking changes nothing");
    });
    assert_eq!(run(&["connections", "list"]).code, 0);
    assert_eq!(tokio::task::block_in_place(|| found(&ground.program)), (Vec::new(), 0));
}

//! The key that seals secrets: where it comes from, what a wrong one meets, how it is exchanged.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use sandbox::airtable::{Options, Simulator};
use sandbox::demo;
use serde_json::json;

use crate::ground::KEY;
use crate::program::Program;
use crate::server::exchange;

/// A program whose connection's token is sealed in its database, and its service.
async fn with_token(program: Program) -> (Simulator, Program) {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    demo::airtable(&simulator).unwrap();
    let program = program.with("AIRTABLE_API_URL", simulator.url()).with("NO_PROXY", "127.0.0.1");
    let serving = program.serve(&[]);
    put_token(&serving.addr, simulator.token());
    drop(serving);
    works(&program);
    (simulator, program)
}

fn put_token(addr: &str, token: &str) {
    let settings = json!({"api_token": token, "base_id": demo::BASE, "table_name": demo::DEALS}).to_string();
    let saved = exchange(addr, "PUT", "/api/connectors/config/airtable", &settings);
    assert!(saved.starts_with("HTTP/1.1 200"), "{saved}");
}

/// The stored token opens, and nothing is wrong.
fn works(program: &Program) {
    for args in [&["check", "airtable"] as &[&str], &["doctor"]] {
        let ended = tokio::task::block_in_place(|| program.run(args));
        assert_eq!(ended.code, 0, "{args:?}: {ended:?}");
    }
}

fn tested(addr: &str) {
    let answer = tokio::task::block_in_place(|| exchange(addr, "POST", "/api/connectors/test/airtable", ""));
    assert!(answer.contains(r#""success":true"#), "{answer}");
}

fn key_file(program: &Program) -> PathBuf {
    program.folder.path().join("data/encryption.key")
}

/// The words come first, the remedy with them; nothing is changed by a start that was refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_with_a_wrong_key_is_refused_and_harms_nothing() {
    let (_simulator, program) = with_token(Program::new()).await;
    let file = key_file(&program);
    let key = fs::read_to_string(&file).unwrap();
    let refused = |what: &str, words: &[&str]| {
        let ended = tokio::task::block_in_place(|| program.run(&["serve"]));
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{what}: {ended:?}");
        for word in words {
            assert!(ended.err.contains(word), "{what}: {ended:?}");
        }
        assert!(!ended.err.contains(key.trim()), "{what}");
        let doctor = tokio::task::block_in_place(|| program.run(&["doctor"]));
        assert_eq!(doctor.code, 1, "{what}: {doctor:?}");
    };

    fs::write(&file, tokio::task::block_in_place(|| program.run(&["key", "generate"])).out).unwrap();
    refused("another key", &["une autre clé", "Remettez la clé d'origine", "Rien n'a été modifié"]);
    fs::remove_file(&file).unwrap();
    refused("no key", &["a disparu", "Remettez la clé d'origine"]);
    assert!(!file.exists(), "none is made in its place");
    fs::write(&file, "not a key").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    refused("no key in the file", &["n'est pas une clé Fernet"]);
    fs::write(&file, &key).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    refused("open to all", &["ouverte à tous (mode 644)", "chmod 600"]);
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    works(&program);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_can_be_in_a_file_elsewhere() {
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("key").display().to_string();
    let (_simulator, program) = with_token(Program::new().with("ENCRYPTION_KEY_FILE", &path)).await;
    assert!(fs::metadata(&path).is_ok() && !key_file(&program).exists());
    let both = Program::new().with("ENCRYPTION_KEY_FILE", &path).with("ENCRYPTION_KEY", KEY).run(&["serve"]);
    assert!(both.code == 2 && both.err.contains("ne vont pas ensemble"), "{both:?}");
}

/// The server has the old key in its memory, and goes on reading and sealing.
#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_exchanged_beside_a_server() {
    let (simulator, program) = with_token(Program::new()).await;
    let old = fs::read_to_string(key_file(&program)).unwrap();
    let serving = program.serve(&[]);
    tested(&serving.addr);
    let rotated = tokio::task::block_in_place(|| program.run(&["key", "rotate"]));
    assert!(rotated.code == 0 && rotated.err.contains("Secrets chiffrés de nouveau : 1"), "{rotated:?}");
    tested(&serving.addr);
    put_token(&serving.addr, simulator.token());
    tested(&serving.addr);
    drop(serving);
    works(&program);
    let new = fs::read_to_string(key_file(&program)).unwrap();
    assert!(new != old && !format!("{rotated:?}").contains(new.trim()));
    let mode = fs::metadata(key_file(&program)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);

    let refused = program.with("ENCRYPTION_KEY", old.trim()).run(&["connections", "list"]);
    assert!(refused.code == 1 && refused.err.contains("une autre clé"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_that_is_killed_leaves_everything_readable() {
    let places = ["rotation-begun", "rotation-sealed", "rotation-committed", "rotation-done"];
    let (_simulator, program) = with_token(Program::new()).await;
    for (time, place) in places.iter().chain(&places).enumerate() {
        tokio::task::block_in_place(|| program.kill_at(&["key", "rotate"], place));
        works(&program);
        // Every other time it is gone on with; else the next one starts from what was left.
        if time % 2 == 0 {
            let ended = tokio::task::block_in_place(|| program.run(&["key", "rotate"]));
            assert_eq!(ended.code, 0, "{place}: {ended:?}");
            let keys = fs::read_to_string(key_file(&program)).unwrap();
            assert_eq!(keys.lines().count(), 1, "{place}: the old key is not needed any more");
            works(&program);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_the_environment_is_exchanged_by_a_person() {
    let (_simulator, program) = with_token(Program::new().with("ENCRYPTION_KEY", KEY)).await;
    let serving = program.serve(&[]);
    let refused = tokio::task::block_in_place(|| program.run(&["key", "rotate"]));
    assert!(
        refused.code == 1 && refused.out.is_empty() && refused.err.contains("NOUVELLE,ANCIENNE"),
        "{refused:?}"
    );
    tested(&serving.addr);
    drop(serving);

    let rotated = tokio::task::block_in_place(|| program.run(&["key", "rotate"]));
    assert_eq!(rotated.code, 0, "{rotated:?}");
    let second = rotated.out.trim().to_owned();
    assert_eq!(tokio::task::block_in_place(|| program.run(&["check", "airtable"])).code, 1, "the old key");
    let program = program.with("ENCRYPTION_KEY", &second);
    works(&program);

    // As a server that must not stop is given another one.
    let third = tokio::task::block_in_place(|| program.run(&["key", "generate"])).out.trim().to_owned();
    let program = program.with("ENCRYPTION_KEY", &format!("{third},{second}"));
    let serving = program.serve(&[]);
    let rotated = tokio::task::block_in_place(|| program.run(&["key", "rotate"]));
    assert!(rotated.code == 0 && rotated.out.is_empty(), "{rotated:?}");
    tested(&serving.addr);
    drop(serving);
    works(&program.with("ENCRYPTION_KEY", &third));
}

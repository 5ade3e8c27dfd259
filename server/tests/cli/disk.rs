//! A disk that is full, and a database that cannot be written: what people see, and what is there afterwards.
//!
//! The limit on the size of files stands for the full disk: it works for every user, and it can be lifted
//! while the program runs. It may not come as a signal, which a full disk does not send either.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use model::{Direction, Lang};

use crate::ground::{Ground, Held, Service, deals};
use crate::program::Program;
use crate::server::exchange;

/// Enough that its pages do not fit below the limit.
fn records() -> Held {
    (0..900).map(|number| (format!("C{number:04} {}", "x".repeat(200)), 100 + number)).collect()
}

/// Room for the tables and a few pages.
const LIMIT: &str = "--fsize=700000:";

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_space_mends_it() {
    let ground = Ground::new(Service::Airtable, &records()).await;
    let first = deals_file(&ground);
    let limited = "trap '' XFSZ; exec prlimit \"$@\"";
    let binary = env!("CARGO_BIN_EXE_passerelle");
    let serving = ground.program.serve_by("sh", &["-c", limited, "sh", LIMIT, binary, "serve"]);
    let ask = |method: &str, path: &str, body: &str| {
        tokio::task::block_in_place(|| exchange(&serving.addr, method, path, body))
    };

    let import = ask("POST", "/api/sync/airtable/import", "");
    assert!(import.starts_with("HTTP/1.1 500") && import.contains("son disque est plein"), "{import}");
    assert!(import.contains(r#""success":false"#), "{import}");
    let run = ask("GET", "/api/sync/runs/1", "");
    assert!(run.contains(r#""status":"error""#), "{run}");
    for path in ["/", "/connectors", "/api/deals", "/readyz", "/api/sync/logs"] {
        let answer = ask("GET", path, "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    // What does not fit is refused with a sentence; whether a single deal fits is the disk's to say.
    let big = format!(r#"{{"client":"Grand","montant_brut":1,"notes":"{}"}}"#, "n".repeat(900_000));
    let refused = ask("POST", "/api/deals", &big);
    assert!(!refused.starts_with("HTTP/1.1 201") && refused.contains(r#""success":false"#), "{refused:.300}");

    let number = serving.child.id().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &number, "--fsize=unlimited:"]).status().unwrap();
    assert!(lifted.success());
    let import = ask("POST", "/api/sync/airtable/import", "");
    assert!(import.contains(r#""status":"success""#), "{import}");
    let run = ask("GET", "/api/sync/runs/1", "");
    assert!(run.contains(r#""status":"error""#) && run.contains("plein"), "recorded by now: {run}");
    drop(serving);
    healthy(&ground.program);
    let hub = ground.opened().await;
    let runs = hub.runs(None, 10, Lang::Fr).await.unwrap();
    assert_eq!(runs.iter().map(|run| run.status.as_str()).collect::<Vec<_>>(), ["success", "error"]);
    assert_eq!(deals(&hub).await, records(), "none lost, none doubled");
    let idle = hub.sync(ground.provider, Direction::Import, Lang::Fr).await.unwrap();
    assert_eq!(idle.records_unchanged, 900);
    assert!(deals_file(&ground) > first);
}

fn deals_file(ground: &Ground) -> u64 {
    fs::metadata(ground.program.folder.path().join("data/passerelle.db")).unwrap().len()
}

fn healthy(program: &Program) {
    let doctor = tokio::task::block_in_place(|| program.run(&["doctor"]));
    assert_eq!(doctor.code, 0, "{doctor:?}");
}

/// Started by somebody who may read the database and not write it.
#[test]
fn a_database_that_cannot_be_written_is_told_and_left_as_it_is() {
    let program = Program::new();
    assert_eq!(program.run(&["connections", "list"]).code, 0);
    let data = program.folder.path().join("data");
    let before = fs::read(data.join("passerelle.db")).unwrap();
    let set = |mode: u32, files: u32| {
        for name in ["passerelle.db", "passerelle.db-server"] {
            if data.join(name).exists() {
                fs::set_permissions(data.join(name), Permissions::from_mode(files)).unwrap();
            }
        }
        fs::set_permissions(&data, Permissions::from_mode(mode)).unwrap();
    };
    fs::set_permissions(program.folder.path(), Permissions::from_mode(0o755)).unwrap();
    set(0o555, 0o444);
    let program = program.with("ENCRYPTION_KEY", crate::ground::KEY);
    let binary = env!("CARGO_BIN_EXE_passerelle");
    for command in [&["serve"] as &[&str], &["connections", "list"]] {
        // Root may write everything: nobody may not.
        let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0;
        let ended = if is_root {
            let user = ["--reuid=65534", "--regid=65534", "--clear-groups", binary];
            program.run_by("setpriv", &[&user, command].concat())
        } else {
            program.run(command)
        };
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{command:?}: {ended:?}");
        assert!(ended.err.contains("ne peut être que lue"), "{command:?}: {ended:?}");
    }
    assert_eq!(fs::read(data.join("passerelle.db")).unwrap(), before);
    set(0o755, 0o600);
    assert_eq!(program.run(&["connections", "list"]).code, 0);
}

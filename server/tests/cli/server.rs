//! The server as a process: its first line, its answers over a socket, its end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use sandbox::{Fault, Kind, Rule};

use crate::program::{Program, demonstration};

/// Sends one request over a socket of its own and returns the whole answer.
pub(crate) fn exchange(addr: &str, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {addr}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_says_when_it_answers_and_ends_when_asked() {
    for signal in ["TERM", "INT"] {
        let program = Program::new();
        let mut serving = program.serve(&[]);
        let answer = exchange(&serving.addr, "GET", "/healthz", "");
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("ok\n"), "{answer}");
        let asked = Instant::now();
        assert_eq!(serving.stop(signal), 0, "{signal}");
        assert!(asked.elapsed() < Duration::from_secs(10), "{signal}: {:?}", asked.elapsed());
        assert_eq!(serving.rest(), "");
    }
}

#[test]
fn an_open_connection_does_not_keep_it_from_ending() {
    let program = Program::new();
    let mut serving = program.serve(&["serve"]);
    let mut half_a_request = TcpStream::connect(&serving.addr).unwrap();
    half_a_request.write_all(b"GET / HTTP/1.1\r\nhost: ").unwrap();
    let idle = TcpStream::connect(&serving.addr).unwrap();
    assert!(exchange(&serving.addr, "GET", "/readyz", "").contains("200 OK"));
    let asked = Instant::now();
    assert_eq!(serving.stop("TERM"), 0);
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    drop(idle);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_sync_is_marked_and_does_not_keep_it_from_ending() {
    let (simulator, program) = demonstration().await;
    let mut serving = program.serve(&[]);
    simulator.fault(Rule::new(Kind::List, Fault::Hang).always());
    let addr = serving.addr.clone();
    let import = std::thread::spawn(move || exchange(&addr, "POST", "/api/sync/airtable/import", ""));
    tokio::time::timeout(Duration::from_secs(20), simulator.log().wait_for(Kind::List, 1)).await.unwrap();
    let asked = Instant::now();
    assert_eq!(serving.stop("TERM"), 0);
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    let answer = import.join().unwrap();
    assert!(answer.contains("interrompue par l'arrêt du serveur"), "{answer}");
    assert!(program.run(&["connections", "list"]).out.contains("import interrupted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_leaves_a_living_run_alone() {
    let (simulator, program) = demonstration().await;
    let serving = program.serve(&[]);
    simulator.fault(Rule::new(Kind::List, Fault::Hang).always());
    let addr = serving.addr.clone();
    let import = std::thread::spawn(move || exchange(&addr, "POST", "/api/sync/airtable/import", ""));
    tokio::time::timeout(Duration::from_secs(20), simulator.log().wait_for(Kind::List, 1)).await.unwrap();

    assert!(program.run(&["connections", "list"]).out.contains("import running"));
    let refused = program.run(&["sync", "airtable", "export"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("déjà en cours (n° 1)"), "{refused:?}");
    assert!(exchange(&serving.addr, "GET", "/api/sync/runs/1", "").contains(r#""status":"running""#));
    assert!(exchange(&serving.addr, "POST", "/api/sync/runs/1/cancel", "").contains(r#""success":true"#));
    assert!(import.join().unwrap().contains(r#""status":"cancelled""#));
}

#[test]
fn what_was_saved_is_there_after_a_restart() {
    let program = Program::new();
    let mut serving = program.serve(&[]);
    let deal = r#"{"client":"Élan","montant_brut":10.05}"#;
    assert!(exchange(&serving.addr, "POST", "/api/deals", deal).starts_with("HTTP/1.1 201"));
    assert_eq!(serving.stop("TERM"), 0);
    let serving = program.serve(&[]);
    assert!(exchange(&serving.addr, "GET", "/api/deals", "").contains(r#""montant_brut":10.05"#));
}

#[test]
fn an_address_that_is_taken_is_said_before_anything_is_touched() {
    let first = Program::new();
    let serving = first.serve(&[]);
    let second = Program::new().with("PASSERELLE_ADDR", &serving.addr);
    let ended = second.run(&["serve"]);
    assert!(ended.code != 0 && ended.err.contains(&serving.addr), "{ended:?}");
    assert!(!second.folder.path().join("data").exists());
}

#[test]
fn the_demonstration_says_where_to_click_and_leaves_nothing() {
    let program = Program::new();
    let mut serving = program.serve(&["demo"]);
    let config = exchange(&serving.addr, "GET", "/api/connectors/config", "");
    assert!(config.contains(r#""sandbox":true"#) && config.contains(r#""configured":true"#), "{config}");
    let import = exchange(&serving.addr, "POST", "/api/sync/airtable/import", "");
    assert!(import.contains(r#""records_created":24"#), "{import}");
    assert_eq!(serving.stop("INT"), 0);
    let said = serving.rest();
    assert!(said.contains(&format!("http://{}/connectors", serving.addr)), "{said}");
    assert!(std::fs::read_dir(program.folder.path()).unwrap().next().is_none());
}

#[test]
fn the_log_can_be_read_by_machines() {
    use std::io::BufRead;
    let program = Program::new().with("PASSERELLE_LOG_FORMAT", "json");
    let mut serving = program.serve_with_log(&[]);
    exchange(&serving.addr, "GET", "/api/deals?search=CANARY", "");
    let mut lines = std::io::BufReader::new(serving.child.stderr.take().unwrap()).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("/api/deals"))).unwrap();
    let entry: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&entry["path"], &entry["status"]), (&"/api/deals".into(), &200.into()));
    assert!(entry["span"]["id"].is_string() && !line.contains("CANARY"), "{line}");
}

#[test]
fn callers_who_do_not_finish_do_not_stand_in_the_way() {
    let program = Program::new();
    let serving = program.serve(&[]);
    let half_asked: Vec<TcpStream> = (0..500)
        .map(|n| {
            let mut stream = TcpStream::connect(&serving.addr).unwrap();
            let begun: &[u8] = match n % 3 {
                0 => b"",
                1 => b"GET / HTTP/1.1\r\nhost: ",
                _ => b"POST /api/deals HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{",
            };
            stream.write_all(begun).unwrap();
            stream
        })
        .collect();
    for _ in 0..20 {
        assert!(exchange(&serving.addr, "GET", "/api/deals", "").starts_with("HTTP/1.1 200"));
    }
    drop(half_asked);
}

#[test]
fn nobody_writes_a_line_of_the_log() {
    for format in ["text", "json"] {
        let program = Program::new().with("PASSERELLE_LOG_FORMAT", format).with("RUST_LOG", "trace");
        let mut serving = program.serve_with_log(&[]);
        // Read while it is written: a full pipe would stop the program.
        let mut log = serving.child.stderr.take().unwrap();
        let reading = std::thread::spawn(move || {
            let mut text = String::new();
            log.read_to_string(&mut text).unwrap();
            text
        });
        let forged = "x%0d%0a2026-01-01T00:00:00Z%20INFO%20forged%1b%5b2J%e2%80%a8";
        let raw = r"x\r\n2026-01-01T00:00:00Z INFO forged\u001b[2J\u2028";
        for (method, path, body) in [
            ("GET", format!("/{forged}?{forged}={forged}"), String::new()),
            ("GET", format!("/api/sync/{forged}"), String::new()),
            ("POST", format!("/api/sync/{forged}/import"), String::new()),
            ("GET", format!("/api/data/{forged}"), String::new()),
            ("POST", format!("/connectors/{forged}/sync"), "{}".to_owned()),
            ("POST", "/api/deals".to_owned(), format!(r#"{{"client":"{raw}","montant_brut":1,"{raw}":1}}"#)),
            (
                "POST",
                "/api/connections/test".to_owned(),
                format!(
                    r#"{{"connection_type":"rest_api","name":"{raw}","config":{{"url":"http://127.0.0.1/{raw}"}}}}"#
                ),
            ),
        ] {
            let answer = exchange(&serving.addr, method, &path, &body);
            assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
        }
        assert_eq!(serving.stop("TERM"), 0);
        let log = reading.join().unwrap();
        assert!(log.contains("/api/sync/"), "{log}");
        for line in log.lines() {
            match format {
                "json" => assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}"),
                _ => assert!(line.starts_with("20") && line.as_bytes()[4] == b'-', "{line}"),
            }
            assert!(!line.contains(|c: char| (c.is_control() && c != '\t') || c == '\u{2028}'), "{line}");
            assert!(!line.starts_with("2026-01-01T00:00:00Z INFO forged"), "{line}");
        }
    }
}

#[test]
fn what_it_writes_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::new();
    drop(program.serve(&[]));
    let data = program.folder.path().join("data");
    let mut seen = 0;
    for entry in std::fs::read_dir(&data)
        .unwrap()
        .map(Result::unwrap)
        .chain(std::fs::read_dir(program.folder.path()).unwrap().map(Result::unwrap))
    {
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}: {mode:o}", entry.path());
        seen += 1;
    }
    // The folder, the database and the key at least.
    assert!(seen >= 3, "{seen}");
}

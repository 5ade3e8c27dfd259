//! A connection whose rows go into a dataset, from the command line.

use sandbox::rest::{Options, Simulator};
use serde_json::json;

use crate::program::Program;
use crate::server::exchange;

#[tokio::test(flavor = "multi_thread")]
async fn any_api_is_checked_synced_and_listed() {
    let api = Simulator::start(Options::unlimited()).await.unwrap();
    api.add(120);
    let program = Program::new().with("REST_API_API_URL", api.url()).with("NO_PROXY", "127.0.0.1");
    let token = api.access().secret().to_owned();
    let body = json!({
        "connection_type": "rest_api", "name": "Clients",
        "config": {
            "url": "https://api.example.com/page", "data_path": "data", "paging": "page",
            "size_param": "per_page", "page_size": 50,
        },
        "credentials": {"auth_type": "bearer", "token": token},
    });
    let run = |args: &[&str]| {
        let ended = tokio::task::block_in_place(|| program.run(args));
        assert!(!format!("{ended:?}").contains(&token), "{args:?} shows the token");
        ended
    };
    tokio::task::block_in_place(|| {
        let serving = program.serve(&["serve"]);
        let made = exchange(&serving.addr, "POST", "/api/connections/", &body.to_string());
        assert!(made.starts_with("HTTP/1.1 201"), "{made}");
    });
    let check = run(&["check", "clients"]);
    assert!(check.code == 0 && check.out.contains("50 lignes"), "{check:?}");
    let first = run(&["sync", "clients", "import"]);
    assert!(first.code == 0 && first.out.starts_with("120 créés"), "{first:?}");
    let again = run(&["sync", "clients", "import"]);
    assert!(again.code == 0 && again.out.contains("120 inchangés"), "{again:?}");
    let list = run(&["connections", "list"]);
    assert!(list.out.contains("clients") && list.out.contains("saine"), "{list:?}");
    let export = run(&["sync", "clients", "export"]);
    assert!(export.code != 0 && !export.err.is_empty(), "{export:?}");

    api.revoke();
    for args in [&["check", "clients"] as &[&str], &["sync", "clients", "import"]] {
        let refused = run(args);
        assert!(refused.code == 1 && !refused.err.is_empty(), "{args:?}: {refused:?}");
    }
}

//! Trying out a form that is being filled.

use connectors::{ErrorKind, Probe};
use sandbox::rest::{Access, Options, Simulator};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{Cursor, Way, filled, open};

async fn probe(simulator: &Simulator, path: &str, values: &[(&str, &str)]) -> Probe {
    open(simulator, path, values).probe().await.expect("a probe")
}

#[tokio::test]
async fn the_request_the_answer_and_the_rows_are_shown() {
    let simulator = filled(250).await;
    let probe = probe(&simulator, Cursor::PATH, Cursor::SETTINGS).await;
    assert_eq!(probe.fault, None);
    assert_eq!(probe.request.method, "GET");
    assert_eq!(probe.request.url, format!("{}/cursor?limit=100", simulator.url()));
    assert_eq!(probe.request.headers, [("Authorization".to_owned(), "Bearer •••".to_owned())]);
    assert_eq!((probe.status, probe.found, probe.rows.len()), (Some(200), 100, 20));
    assert_eq!(probe.rows, simulator.rows()[..20]);
    assert_eq!(probe.content_type.as_deref(), Some("application/json; charset=utf-8"));
    assert!(probe.body.starts_with(r#"{"data":{"items":[{"id":1"#) && probe.body.len() <= 20_000);
    assert!(probe.columns.contains(&"address.city".to_owned()), "{:?}", probe.columns);
    assert_eq!(probe.next.expect("another page").fr, "Curseur c100");
}

#[tokio::test]
async fn a_wrong_path_still_shows_the_answer() {
    let simulator = filled(3).await;
    let probe = probe(&simulator, "page", &[("data_path", "rows")]).await;
    assert_eq!((probe.status, probe.found), (Some(200), 0));
    assert!(probe.body.starts_with(r#"{"data":[{"id":1"#), "{}", probe.body);
    let fault = probe.fault.expect("no rows there");
    assert!(fault.message.fr.contains("les clés data, total"), "{fault}");
}

#[tokio::test]
async fn refusals_pages_for_people_and_silence_are_shown_too() {
    let simulator = filled(3).await;
    let not_found = probe(&simulator, "nowhere", &[]).await;
    assert_eq!((not_found.status, not_found.fault.map(|e| e.kind)), (Some(404), Some(ErrorKind::NotFound)));
    assert!(not_found.body.contains("No such resource"));
    simulator.fault(Rule::new(Kind::List, Fault::HtmlPage));
    let page = probe(&simulator, "all", &[]).await;
    assert!(page.body.contains("Please log in"));
    assert_eq!(page.fault.map(|error| error.kind), Some(ErrorKind::UnexpectedReply));
    simulator.fault(Rule::new(Kind::List, Fault::Dropped));
    let nothing = probe(&simulator, "all", &[]).await;
    assert_eq!((nothing.status, nothing.fault.map(|e| e.kind)), (None, Some(ErrorKind::Unavailable)));
    assert_eq!(simulator.log().count(Kind::List), 2, "a try is one request");
}

#[tokio::test]
async fn lines_and_cells_are_shown() {
    let simulator = filled(30).await;
    for path in ["ndjson", "csv"] {
        let probe = probe(&simulator, path, &[]).await;
        assert_eq!((probe.fault, probe.found, probe.rows.len()), (None, 30, 20), "{path}");
        assert!(probe.columns.contains(&"email".to_owned()));
    }
}

#[tokio::test]
async fn no_secret_is_shown_whatever_the_service_says() {
    let key = "k3y/CANARY+7f3a1B2";
    for access in [
        Access::Bearer("k3y-CANARY-7f3a1B2".into()),
        Access::Basic("passerelle".into(), key.into()),
        Access::Header("X-Key".into(), format!("Token {key}")),
        Access::Param("api_key".into(), key.into()),
    ] {
        let options = Options { access: access.clone(), ..Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        let secret = access.secret();
        let mut forms = vec![secret.to_owned(), secret.replace("Token ", "")];
        match access {
            Access::Basic(..) => forms.push("cGFzc2VyZWxsZTprM3kvQ0FOQVJZKzdmM2ExQjI=".to_owned()),
            Access::Param(..) => forms.push(url::form_urlencoded::byte_serialize(key.as_bytes()).collect()),
            _ => {}
        }
        let said = json!([{"id": 1, "echo": forms}]);
        simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &said))).always());
        let values = [("params", "access_token: CANARY\nq: x"), ("headers", "X-Secret-Thing: CANARY")];
        let probe = probe(&simulator, "all", &values).await;
        assert_eq!((probe.status, probe.found), (Some(200), 1), "{access:?}");
        let shown = format!("{probe:?}");
        assert!(!shown.contains("CANARY") && shown.contains("•••"), "{access:?}: {shown}");
        if matches!(access, Access::Basic(..)) {
            assert!(!shown.contains("cGFzc2VyZWxsZ"), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_body_is_shown_without_its_secrets() {
    let simulator = filled(3).await;
    let values =
        [("method", "POST"), ("body", r#"{"limit": 2, "client_secret": "CANARY"}"#), ("data_path", "orders")];
    let probe = probe(&simulator, "orders", &values).await;
    assert_eq!((probe.fault, probe.found), (None, 2));
    assert_eq!(probe.request.body.as_deref(), Some(r#"{"client_secret":"•••","limit":2}"#));
}

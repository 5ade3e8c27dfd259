//! Listings that do not end.

use connectors::{Error, ErrorKind};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::paging::WAYS;
use super::{Cursor, Way, filled, open, rows};

#[tokio::test]
async fn pages_that_lead_in_a_circle_are_an_error() {
    for (path, values) in WAYS {
        let pages = values.iter().any(|(key, value)| *key == "paging" && *value != "none");
        if !pages {
            continue;
        }
        let simulator = filled(350).await;
        simulator.fault(Rule::new(Kind::List, Fault::DuplicatePage).from_nth(2));
        let error = rows(&*open(&simulator, path, values)).await.expect_err(path);
        assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{path}: {error}");
        assert!(error.message.fr.contains("arrêtée"), "{path}: {error}");
        assert!(simulator.log().count(Kind::List) <= 4, "{path}");
    }
}

#[tokio::test]
async fn a_next_address_that_points_back_is_an_error() {
    let simulator = filled(350).await;
    let back = json!({"items": [{"id": 1}], "next": format!("{}/next?page=2", simulator.url())});
    simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &back))).nth(3));
    let values = [("data_path", "items"), ("paging", "next_url"), ("next_path", "next")];
    let error = rows(&*open(&simulator, "next", &values)).await.expect_err("it points back");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
    assert_eq!(simulator.log().count(Kind::List), 3);
}

#[tokio::test]
async fn a_list_that_is_longer_than_allowed_does_not_look_whole() {
    let simulator = filled(350).await;
    let values = [Cursor::SETTINGS, &[("max_pages", "3")]].concat();
    let error = rows(&*open(&simulator, Cursor::PATH, &values)).await.expect_err("four pages");
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    assert!(error.message.fr.contains("plus de 3 pages"), "{error}");
    assert!(error.hint.expect("a hint").fr.contains("Pages au plus"));
    let values = [Cursor::SETTINGS, &[("max_pages", "4")]].concat();
    assert_eq!(rows(&*open(&simulator, Cursor::PATH, &values)).await.expect("all").len(), 350);
}

#[tokio::test]
async fn credentials_do_not_follow_to_another_server() {
    let values = [("data_path", "items"), ("paging", "next_url"), ("next_path", "next")];
    let fails = async |next: &str| -> Error {
        let simulator = filled(3).await;
        let body = json!({"items": [{"id": 1}], "next": next});
        simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &body))));
        let error = rows(&*open(&simulator, "next", &values)).await.expect_err(next);
        assert_eq!(simulator.log().count(Kind::List), 1, "{next}");
        error
    };
    for next in [
        "https://evil.example.org/next?page=2",
        "//evil.example.org/next",
        "http://api.example.com/next?page=2",
        "https://api.example.com:8443/next",
        "https://me:secret@api.example.com/next",
        "ftp://api.example.com/next",
    ] {
        let error = fails(next).await;
        assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{next}");
        assert!(error.message.fr.contains("ailleurs"), "{next}: {error}");
    }
}

#[tokio::test]
async fn a_next_address_may_be_relative_or_under_the_typed_name() {
    let values = [("data_path", "items"), ("paging", "next_url"), ("next_path", "next")];
    for next in ["/next?page=2", "?page=2", "https://api.example.com/next?page=2"] {
        let simulator = filled(150).await;
        let body = json!({"items": [{"id": 1}], "next": next});
        simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &body))));
        let read = rows(&*open(&simulator, "next", &values)).await.expect(next);
        assert_eq!(read.len(), 51, "{next}");
    }
}

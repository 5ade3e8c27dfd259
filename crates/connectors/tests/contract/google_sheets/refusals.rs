//! Tabs and columns that go away.

use std::collections::BTreeMap;
use std::time::Duration;

use connectors::http::{Http, Policy};
use connectors::{ErrorKind, Outcome, Retry};
use model::Value;
use sandbox::sheets::Cell;
use sandbox::{Answer, Fault, Kind, RetryAfter, Rule};
use serde_json::json;

use super::{BOOK, HEADER, SheetsService};
use crate::fixture::{Fixture, connect, open, stream_of};

#[tokio::test]
async fn a_deleted_tab_is_named_with_those_that_are_left() {
    let opened = open::<SheetsService>(300).await;
    let _other = opened.service.simulator.tab(BOOK, 5, "Autre");
    opened.service.tab.delete();
    let create = opened.create(&SheetsService::sample(1));
    for error in [
        opened.pages().await.expect_err("read"),
        opened.connection.count(&opened.stream, 10).await.expect_err("count"),
        opened.connection.write(&opened.stream, &[create]).await.expect_err("write"),
    ] {
        assert_eq!(error.kind, ErrorKind::NotFound, "{error}");
        assert!(error.message.fr.contains("« Deals »"), "{error}");
        assert!(error.hint.expect("a hint").fr.contains("Autre"));
    }
}

#[tokio::test]
async fn a_tab_deleted_while_it_is_read_is_told_too() {
    let opened = open::<SheetsService>(600).await;
    let _other = opened.service.simulator.tab(BOOK, 5, "Autre");
    let tab = opened.service.tab.clone();
    opened.script(Rule::new(Kind::List, Fault::meanwhile(move || tab.delete())).nth(2));
    let error = opened.pages().await.expect_err("it is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("n'existe plus"), "{error}");
}

#[tokio::test]
async fn a_column_that_is_gone_is_named() {
    let opened = open::<SheetsService>(300).await;
    let tab = opened.service.tab.clone();
    opened.script(Rule::new(Kind::List, Fault::meanwhile(move || tab.set(0, 2, Cell::text("Prix")))).nth(2));
    let error = opened.pages().await.expect_err("the header has changed");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("« Montant »"), "{error}");
}

#[tokio::test]
async fn nothing_is_written_where_a_column_is_gone() {
    let opened = open::<SheetsService>(3).await;
    opened.service.tab.set(0, 2, Cell::text("Prix"));
    let before = opened.service.tab.rows();
    let sample = SheetsService::sample(1);
    for write in [opened.create(&sample), opened.update(&opened.service.stored()[0], &sample)] {
        let error = opened.connection.write(&opened.stream, &[write]).await.expect_err("no such column");
        assert_eq!(error.kind, ErrorKind::NotFound, "{error}");
        assert!(error.message.fr.contains("« Montant »"), "{error}");
        assert!(!error.maybe_applied);
    }
    assert_eq!(opened.service.log().count(Kind::Any), 2, "a look each, and no write");
    assert_eq!(opened.service.tab.rows(), before);
    let status = BTreeMap::from([("Statut", Value::Text("Won".to_owned()))]);
    let update = opened.update(&opened.service.stored()[0], &status);
    let outcomes = opened.connection.write(&opened.stream, &[update]).await.expect("columns that are there");
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
}

#[tokio::test]
async fn an_answer_without_every_range_is_not_taken_for_empty_rows() {
    let opened = open::<SheetsService>(3).await;
    let range = json!({"valueRange": {"values": [HEADER]}});
    for found in [vec![], vec![&range], vec![&range; 4]] {
        let answer = Answer::json(200, &json!({"spreadsheetId": BOOK, "valueRanges": found}));
        opened.service.faults().clear();
        opened.script(Rule::new(Kind::List, Fault::Answer(answer)).always());
        let create = opened.create(&SheetsService::sample(1));
        for error in [
            opened.pages().await.expect_err("read"),
            opened.connection.count(&opened.stream, 10).await.expect_err("count"),
            opened.connection.write(&opened.stream, &[create]).await.expect_err("write"),
        ] {
            assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{error}");
        }
    }
    assert_eq!(opened.service.stored().len(), 3);
}

#[tokio::test]
async fn an_excel_workbook_is_told_apart() {
    let opened = open::<SheetsService>(0).await;
    let message = "This operation is not supported for this document";
    let body = json!({"error": {"code": 400, "message": message, "status": "FAILED_PRECONDITION"}});
    opened.script(Rule::new(Kind::Schema, Fault::Answer(Answer::json(400, &body))).always());
    let error = opened.connection.check().await.expect_err("no spreadsheet");
    assert!(error.message.fr.contains("Excel"), "{error}");
}

#[tokio::test]
async fn a_used_up_minute_is_waited_for() {
    let opened = open::<SheetsService>(5).await;
    opened.script(Rule::new(Kind::Update, Fault::RateLimited(RetryAfter::Absent)).times(2));
    let id = opened.service.stored()[0].clone();
    let batch = [opened.update(&id, &SheetsService::sample(1))];
    opened.connection.write(&opened.stream, &batch).await.expect("after the wait");
    // Before each attempt it looks where the row is.
    assert_eq!((opened.service.log().count(Kind::List), opened.service.log().count(Kind::Update)), (3, 3));
    opened.script(Rule::new(Kind::Update, Fault::RateLimited(RetryAfter::Absent)).always());
    let error = opened.connection.write(&opened.stream, &batch).await.expect_err("never");
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert_ne!(error.retry, Retry::Never);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_penalty_is_kept_by_every_connection() {
    let scale = 0.02;
    let policy = Policy { time_scale: scale, ..Policy::without_waiting() };
    let penalty = SheetsService::PENALTY.mul_f64(scale);
    let service = SheetsService::start(false).await;
    let http = Http::new(policy).expect("a client");
    let (one, other) =
        (connect(&service, &http, service.settings()), connect(&service, &http, service.settings()));
    let stream = stream_of(&*one, SheetsService::STREAM).await;
    other.check().await.expect("its token is there by now");
    service.log().clear();
    service.faults().add(Rule::new(Kind::List, Fault::RateLimited(RetryAfter::Absent)));
    let (first, second) = tokio::join!(one.count(&stream, 10), async {
        service.log().wait_for(Kind::List, 1).await;
        // The refusal is on the machine once it is noted.
        while service.log().entries().iter().all(|entry| entry.status != Some(429)) {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        other.check().await
    });
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(service.log().during_lockout(penalty).len(), 0);
}

//! Reports of any size, and those that break off.

use connectors::{Checkpoint, ErrorKind, Page, Result};
use futures_util::StreamExt;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{described, filled, open_report, read};
use crate::fixture::ids;

#[tokio::test]
async fn a_report_larger_than_a_document_may_be_is_read_some_rows_at_a_time() {
    let simulator = filled(2_000).await;
    let long = "é".repeat(10_000);
    for id in simulator.ids() {
        assert!(simulator.set(id, "Notes", json!(long)));
    }
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    let pages = read(&*connection, &stream).await.expect("forty megabytes");
    assert_eq!(ids(&pages).len(), 2_000);
    assert!(pages.iter().all(|page| page.records.len() < 100), "a page has about a megabyte");
}

#[tokio::test]
async fn a_row_without_end_is_refused() {
    let simulator = filled(0).await;
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    let body = format!("{{\"Report_Entry\":[{{\"Notes\":\"{}", "x".repeat(9 << 20));
    simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::text(200, "application/json", body))));
    let error = read(&*connection, &stream).await.expect_err("nine megabytes");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
    assert!(error.message.fr.contains("8 Mo"), "{error}");
}

#[tokio::test]
async fn a_reading_that_breaks_off_goes_on_where_it_was() {
    let simulator = filled(1_000).await;
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    simulator.log().clear();
    simulator.fault(Rule::new(Kind::List, Fault::ResetMidBody).times(2));
    let pages = read(&*connection, &stream).await.expect("all of it");
    assert_eq!(ids(&pages), simulator.ids().iter().map(u64::to_string).collect::<Vec<_>>());
    assert!(pages.iter().all(|page| !page.restarted));
    assert_eq!(simulator.log().count(Kind::List), 3);
}

#[tokio::test]
async fn a_report_that_changed_after_a_break_begins_anew_or_is_refused() {
    for as_rows in [false, true] {
        let simulator = filled(1_000).await;
        let connection = open_report(&simulator);
        let stream = described(&*connection).await;
        simulator.fault(Rule::new(Kind::List, Fault::ResetMidBody));
        let mut pages = connection.read(&stream, &stream.fields, None);
        let mut rows = connection.rows(&stream, None);
        if as_rows {
            rows.next().await.expect("a page").expect("rows");
            assert!(simulator.set(21_002, "Worker", json!("Mariée")));
            let faults: Vec<_> = rows.filter_map(async |page| page.err()).collect().await;
            assert_eq!(faults.iter().map(|error| error.kind).collect::<Vec<_>>(), [ErrorKind::Unavailable]);
            assert!(faults[0].message.fr.contains("a changé"), "{:?}", faults[0]);
        } else {
            pages.next().await.expect("a page").expect("records");
            assert!(simulator.set(21_002, "Worker", json!("Mariée")));
            let rest: Result<Vec<Page>> = pages.collect::<Vec<_>>().await.into_iter().collect();
            let rest = rest.expect("the rest");
            let anew = rest.iter().position(|page| page.restarted).expect("a page that says so");
            assert_eq!(ids(&rest[anew..]).len(), 1_000, "everything comes again");
        }
    }
}

#[tokio::test]
async fn a_checkpoint_that_no_longer_fits_begins_anew() {
    let simulator = filled(450).await;
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    let first = read(&*connection, &stream).await.expect("pages").remove(0);
    assert!(simulator.delete(21_001));
    for since in [first.next.expect("a checkpoint"), Checkpoint("9999:0123456789abcdef:WID".to_owned())] {
        let pages: Vec<_> = connection.read(&stream, &stream.fields, Some(since)).collect().await;
        let pages: Vec<Page> = pages.into_iter().collect::<Result<_>>().expect("pages");
        assert!(pages[0].restarted);
        assert_eq!(ids(&pages).len(), 449);
    }
}

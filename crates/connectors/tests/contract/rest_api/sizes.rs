//! Answers that are too large, and large ones that are not.

use connectors::ErrorKind;
use futures_util::StreamExt;
use model::StreamSchema;
use sandbox::{Answer, Fault, Kind, Rule};

use super::{filled, open, rows};

#[tokio::test]
async fn a_document_without_end_is_refused_without_reading_it_all() {
    let simulator = filled(100).await;
    for fault in [Fault::Endless, Fault::GzipBomb(40 << 20)] {
        simulator.fault(Rule::new(Kind::List, fault.clone()));
        let error = rows(&*open(&simulator, "all", &[])).await.expect_err("too large");
        assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{fault:?}");
        assert!(error.message.fr.contains("trop volumineuse"), "{fault:?}: {error}");
        assert_eq!(simulator.log().count(Kind::List), 1, "{fault:?} is not asked for again");
        simulator.log().clear();
    }
}

#[tokio::test]
async fn lines_without_end_are_read_as_long_as_somebody_wants_them() {
    let simulator = filled(1_000).await;
    simulator.fault(Rule::new(Kind::List, Fault::Endless));
    let connection = open(&simulator, "ndjson", &[]);
    let stream = StreamSchema { id: "rows".to_owned(), name: "x".to_owned(), fields: Vec::new() };
    let mut pages = connection.rows(&stream, None);
    let (mut rows, mut bytes) = (0, 0);
    // Far more than a document may have.
    while bytes < 33 << 20 {
        let page = pages.next().await.expect("more").expect("rows");
        assert!(page.rows.len() <= 1_000 && page.bytes < 2 << 20);
        rows += page.rows.len();
        bytes += page.bytes;
    }
    assert!(rows > 100_000, "{rows}");
}

#[tokio::test]
async fn a_line_without_end_is_refused() {
    for content_type in ["application/x-ndjson", "text/csv"] {
        let simulator = filled(0).await;
        let header = if content_type == "text/csv" { "a,b\n" } else { "" };
        let answer = Answer::text(200, content_type, format!("{header}\"{}", "x".repeat(9 << 20)));
        simulator.fault(Rule::new(Kind::List, Fault::Answer(answer)));
        let error = rows(&*open(&simulator, "all", &[])).await.expect_err("nine megabytes");
        assert_eq!(error.kind, ErrorKind::UnexpectedReply);
        assert!(error.message.fr.contains("8 Mo"), "{error}");
    }
}

#[tokio::test]
async fn lines_that_break_off_are_no_whole_answer() {
    for path in ["ndjson", "csv"] {
        let simulator = filled(5_000).await;
        simulator.fault(Rule::new(Kind::List, Fault::ResetMidBody).always());
        let error = rows(&*open(&simulator, path, &[])).await.expect_err("half of it");
        assert_eq!(error.kind, ErrorKind::Unavailable, "{path}: {error}");
    }
}

//! More rows than one query gives.

use std::collections::HashSet;

use chrono::TimeDelta;
use connectors::{Count, ErrorKind};
use sandbox::notion::Limits;
use sandbox::{Fault, Kind, Rule};

use super::NotionService;
use crate::fixture::{Fixture, Opened, ids, open};

/// A service that gives 250 rows a query, and this many rows, so many of them a minute.
async fn capped(records: usize, a_minute: i64) -> Opened<NotionService> {
    let opened = open::<NotionService>(records).await;
    let service = &opened.service;
    service.simulator.set_limits(Limits { per_token: None, rows_per_query: 250, ..Limits::default() });
    let begin = service.simulator.clock().now() - TimeDelta::days(30);
    for (number, row) in (0..).zip(service.source.rows()) {
        let then = begin + TimeDelta::minutes(number / a_minute);
        assert!(service.source.backdate(row.id, then, then));
    }
    opened
}

#[tokio::test]
async fn every_row_is_read_once() {
    for (records, a_minute) in [(250, 1), (251, 1), (900, 1), (900, 40), (900, 100), (700, 249)] {
        let opened = capped(records, a_minute).await;
        let read = ids(&opened.pages().await.expect("all pages"));
        assert_eq!(read.len(), records, "{a_minute} a minute");
        let stored: HashSet<String> = opened.service.stored().into_iter().collect();
        assert_eq!(read.into_iter().collect::<HashSet<_>>(), stored, "{a_minute} a minute");
        let counted = opened.connection.count(&opened.stream, 10_000).await;
        assert_eq!(counted, Ok(Count::Exactly(records as u64)), "{a_minute} a minute");
    }
}

#[tokio::test]
async fn a_reading_resumes_in_a_later_query() {
    let opened = capped(900, 40).await;
    let whole = opened.pages().await.expect("all pages");
    for place in 0..whole.len() - 1 {
        let rest = opened.pages_since(whole[place].next.clone()).await.expect("the rest");
        let mut all: HashSet<String> = ids(&whole[..=place]).into_iter().collect();
        all.extend(ids(&rest));
        assert_eq!(all.len(), 900, "after page {place}");
    }
}

#[tokio::test]
async fn a_cursor_lost_in_a_later_query_begins_anew() {
    let opened = capped(600, 40).await;
    opened.script(Rule::new(Kind::List, Fault::ExpiredOffset).nth(5));
    let pages = opened.pages().await.expect("all pages");
    let restart = pages.iter().position(|page| page.restarted).expect("the page says so");
    let again: HashSet<String> = ids(&pages[restart..]).into_iter().collect();
    assert_eq!((again.len(), ids(&pages[restart..]).len()), (600, 600));
}

#[tokio::test]
async fn too_many_rows_in_one_minute_are_no_success() {
    let opened = capped(600, 300).await;
    let error = opened.pages().await.expect_err("some cannot be read");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.fr.contains("dans la même minute"), "{error}");
    assert!(opened.connection.count(&opened.stream, 10_000).await.is_err());
}

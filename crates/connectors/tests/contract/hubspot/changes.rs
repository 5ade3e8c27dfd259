//! Reading only what changed, through a search that shows no more than 10,000 records.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::{Connection, RowPage};
use futures_util::StreamExt;
use model::StreamSchema;
use sandbox::Kind;
use serde_json::json;

use super::HubspotService;
use crate::fixture::{Fixture, stream_of};

async fn rows(connection: &dyn Connection, stream: &StreamSchema, mark: Option<&str>) -> Vec<RowPage> {
    let pages: Vec<_> = connection.rows(stream, mark).collect().await;
    pages.into_iter().collect::<Result<_, _>>().expect("rows")
}

fn ids(pages: &[RowPage]) -> Vec<String> {
    pages.iter().flat_map(|page| &page.rows).filter_map(|row| row.id.clone()).collect()
}

#[tokio::test]
async fn the_next_reading_holds_only_what_changed() {
    let service = HubspotService::start(false).await;
    service.fill(250);
    let deals = service.stored();
    let long_ago = Utc::now() - TimeDelta::days(1);
    deals.iter().for_each(|id| service.deals().backdate(id, long_ago));
    let connection = service.connected(&[("changes_only", "true")]);
    let stream = stream_of(&*connection, "Deals").await;
    let whole = rows(&*connection, &stream, None).await;
    assert_eq!(ids(&whole), deals);
    assert!(whole.iter().all(|page| !page.only_changes));
    let mark = whole.last().and_then(|page| page.mark.clone()).expect("a mark");
    assert!(DateTime::from_timestamp_millis(mark.parse().expect("a number")).expect("a moment") > long_ago);

    let company = service.simulator.records("companies").add([json!({"name": "Cave"})]).expect("a company");
    service.deals().link(&deals[7], "companies", &company[0]).expect("a link");
    for place in [7, 200] {
        service.deals().set(&deals[place], &json!({"amount": 1})).expect("a change");
    }
    service.log().clear();
    let changed = rows(&*connection, &stream, Some(&mark)).await;
    assert_eq!(ids(&changed), [deals[7].clone(), deals[200].clone()]);
    assert!(changed.iter().all(|page| page.only_changes) && changed[0].mark.is_some());
    assert!(changed[0].rows[0].content.contains("[\"Cave\"]"), "{}", changed[0].rows[0].content);
    assert_eq!(service.log().count(Kind::List), 1);
}

#[tokio::test]
async fn more_than_ten_thousand_changed_at_one_moment() {
    let service = HubspotService::start(false).await;
    service.fill(10_250);
    let connection = service.connected(&[("changes_only", "true"), ("properties", "dealname")]);
    let stream = stream_of(&*connection, "Deals").await;
    let read = ids(&rows(&*connection, &stream, Some("0")).await);
    assert_eq!(read.len(), 10_250);
    assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), 10_250);
}

#[tokio::test]
async fn without_the_setting_everything_is_read_each_time() {
    let service = HubspotService::start(false).await;
    service.fill(3);
    let connection = service.connected(&[]);
    let stream = stream_of(&*connection, "Deals").await;
    let pages = rows(&*connection, &stream, Some("99999999999999")).await;
    assert_eq!((ids(&pages).len(), pages[0].only_changes, &pages[0].mark), (3, false, &None));
}

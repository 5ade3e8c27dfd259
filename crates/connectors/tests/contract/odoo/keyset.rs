//! Nothing is lost and nothing comes twice, however records were written.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::odoo::changed_since;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::{Json2, JsonRpc, OdooService};
use crate::fixture::{Fixture, Opened, ids, open};

fn at(seconds: i64, micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_714_557_791 + seconds, 0).expect("a time") + TimeDelta::microseconds(micros)
}

/// Reads all, then the rest from every checkpoint on.
async fn reads_whole<const V: u16>(opened: &Opened<OdooService<V>>) {
    let pages = opened.pages().await.expect("all pages");
    let read = ids(&pages);
    let stored: BTreeSet<String> = opened.service.stored().into_iter().collect();
    assert_eq!(read.len(), stored.len(), "nothing comes twice");
    assert_eq!(read.iter().cloned().collect::<BTreeSet<_>>(), stored);
    for place in 0..pages.len() - 1 {
        let rest = opened.pages_since(pages[place].next.clone()).await.expect("the rest");
        assert_eq!(ids(&rest), ids(&pages[place + 1..]), "from page {place} on");
    }
}

#[tokio::test]
async fn an_import_of_thousands_in_one_transaction() {
    let opened = open::<Json2>(2_500).await;
    let leads = opened.service.leads();
    for id in leads.ids() {
        leads.backdate(id, Some(at(0, 524_312)));
    }
    reads_whole(&opened).await;
}

#[tokio::test]
async fn several_transactions_within_one_second() {
    let opened = open::<JsonRpc>(1_500).await;
    let leads = opened.service.leads();
    for (place, id) in leads.ids().into_iter().rev().enumerate() {
        // 250 in each tenth of a second and a half, the highest ids first.
        let tenth = i64::try_from(place / 250).expect("small");
        leads.backdate(id, Some(at(0, 900_000) + TimeDelta::milliseconds(100 * tenth)));
    }
    reads_whole(&opened).await;
}

#[tokio::test]
async fn a_second_that_ends_with_the_page() {
    for in_second in [199, 200, 201] {
        let opened = open::<Json2>(450).await;
        let leads = opened.service.leads();
        for (place, id) in leads.ids().into_iter().enumerate() {
            leads.backdate(id, Some(at(i64::try_from(place / in_second).expect("small"), 7)));
        }
        reads_whole(&opened).await;
    }
}

#[tokio::test]
async fn what_bears_no_time_is_read_too() {
    let opened = open::<Json2>(1_300).await;
    let leads = opened.service.leads();
    for id in leads.ids().into_iter().step_by(100) {
        leads.backdate(id, None);
    }
    reads_whole(&opened).await;
    for id in leads.ids() {
        leads.backdate(id, None);
    }
    reads_whole(&opened).await;
}

#[tokio::test]
async fn what_is_written_meanwhile_comes_again_at_the_end() {
    let opened = open::<Json2>(450).await;
    let leads = opened.service.leads();
    let first = leads.ids()[0];
    let change = Fault::meanwhile(move || assert!(leads.set(first, &json!({"name": "Nouveau nom"}))));
    opened.script(Rule::new(Kind::List, change).nth(2));
    let read = ids(&opened.pages().await.expect("all pages"));
    assert_eq!((read.first(), read.last()), (Some(&first.to_string()), Some(&first.to_string())));
    assert_eq!(read.len(), 451);
}

#[tokio::test]
async fn what_changed_since_is_read_with_some_overlap() {
    let opened = open::<JsonRpc>(10).await;
    let leads = opened.service.leads();
    let all = leads.ids();
    for (place, id) in all.iter().enumerate() {
        leads.backdate(*id, Some(at(60 * i64::try_from(place).expect("small"), 999_999)));
    }
    // Written at 7:00.999999; transactions that began two minutes before may have ended after it.
    let pages = opened.pages_since(Some(changed_since(at(420, 0)))).await.expect("pages");
    let expected: Vec<String> = all[5..].iter().map(i64::to_string).collect();
    assert_eq!(ids(&pages), expected);
}

#[tokio::test]
async fn a_checkpoint_that_is_none_leads_to_the_start() {
    let opened = open::<Json2>(3).await;
    let nonsense = connectors::Checkpoint("from|yesterday|".to_owned());
    assert_eq!(ids(&opened.pages_since(Some(nonsense)).await.expect("pages")), opened.service.stored());
}

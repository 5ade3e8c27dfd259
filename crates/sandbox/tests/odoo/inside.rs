//! The handles: what a test can do behind the API's back.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use sandbox::Clock;
use sandbox::odoo::{Field, FieldType, Options};
use serde_json::{Value, json};

use crate::client::{bench, bench_with};

#[tokio::test]
async fn records_are_made_set_archived_and_deleted() {
    let bench = bench().await;
    let partners = bench.sim.table("res.partner");
    let ids = partners.make([json!({"name": "A"}), json!({"no": 1}), json!({"name": "B"})]);
    assert_eq!(ids.len(), 2, "what does not fit is left out");
    assert!(partners.set(ids[0], &json!({"city": "Lyon"})) && !partners.set(99, &json!({})));
    assert_eq!((partners.get(ids[0], "city"), partners.get(ids[1], "city")), (json!("Lyon"), Value::Null));
    assert!(partners.archive(ids[1]) && partners.delete(ids[0]) && !partners.delete(ids[0]));
    assert_eq!(partners.ids(), [ids[1]]);
    assert!(bench.sim.table("no.model").make([json!({})]).is_empty());
}

#[tokio::test]
async fn the_clock_dates_what_is_written() {
    let clock = Clock::manual(DateTime::from_timestamp(1_700_000_000, 0).unwrap());
    let bench = bench_with(Options { clock: clock.clone(), ..Options::default() }).await;
    let leads = bench.sim.table("crm.lead");
    let ids = leads.make((0..2).map(|_| json!({"name": "A", "type": "lead"})));
    clock.advance(Duration::from_secs(60));
    bench.ok("crm.lead", "write", json!({"ids": [ids[0]], "vals": {"name": "B"}})).await;
    assert_eq!(leads.ids(), [ids[1], ids[0]], "in the order of writing");
    assert_eq!(leads.get(ids[0], "create_date"), json!("2023-11-14 22:13:20"));
    assert_eq!(leads.get(ids[0], "write_date"), json!("2023-11-14 22:14:20"));
    leads.spread(&ids, TimeDelta::seconds(30));
    assert_eq!(leads.get(ids[0], "write_date"), json!("2023-11-14 22:13:50"));
}

#[tokio::test]
async fn fields_are_added_and_removed() {
    let bench = bench().await;
    let leads = bench.sim.table("crm.lead");
    leads.add_field(Field::new("x_score", "Score", "Note", FieldType::Integer));
    bench.ok("crm.lead", "create", json!({"vals_list": {"name": "A", "x_score": 7}})).await;
    assert_eq!(leads.get(1, "x_score"), json!(7));
    leads.remove_field("x_score");
    let (status, body) = bench.call("crm.lead", "read", json!({"ids": [1], "fields": ["x_score"]})).await;
    assert_eq!((status, &body["message"]), (500, &json!("Invalid field 'x_score' on model 'crm.lead'")));
}

//! The search and its window.

use std::time::Duration;

use sandbox::hubspot::{Limits, Options};
use serde_json::{Value, json};

use crate::client::{bench, bench_with, ids};

fn filter(property: &str, operator: &str, value: Value) -> Value {
    json!({"filterGroups": [{"filters": [{"propertyName": property, "operator": operator, "value": value}]}], "limit": 200})
}

#[tokio::test]
async fn filters_compare_by_the_type() {
    let bench = bench().await;
    let deals = bench.deals(12);
    bench.sim.records("deals").set(&deals[3], &json!({"amount": ""})).unwrap();
    for (asked, found) in [
        (filter("amount", "GT", json!("9")), vec![10, 11]),
        (filter("amount", "LTE", json!("1")), vec![0, 1]),
        (filter("amount", "NOT_HAS_PROPERTY", json!(null)), vec![3]),
        (filter("dealname", "CONTAINS_TOKEN", json!("7")), vec![7]),
        (filter("dealname", "EQ", json!("affaire 5")), vec![5]),
        (filter("hs_object_id", "GT", json!(deals[9])), vec![10, 11]),
    ] {
        let expected: Vec<String> = found.iter().map(|place: &usize| deals[*place].clone()).collect();
        assert_eq!(ids(&bench.search(asked.clone()).await), expected, "{asked}");
    }
    let sorted = json!({"sorts": [{"propertyName": "amount", "direction": "DESCENDING"}], "limit": 1});
    assert_eq!(ids(&bench.search(sorted).await), [deals[11].clone()]);
    let sorted = bench.search(json!({"sorts": ["hs_object_id"], "limit": 2, "after": "10"})).await;
    assert_eq!((ids(&sorted), &sorted["total"]), (deals[10..].to_vec(), &json!(12)));
    let (status, _) = bench.post("/crm/v3/objects/deals/search", filter("nothing", "EQ", json!("1"))).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn nothing_is_seen_beyond_the_window() {
    let bench = bench().await;
    bench.deals(10_001);
    let last = bench.search(json!({"limit": 200, "after": "9800"})).await;
    assert_eq!((&last["total"], &last["paging"]["next"]["after"]), (&json!(10_001), &json!("10000")));
    for wrong in [json!({"limit": 200, "after": "10000"}), json!({"limit": 201}), json!({"after": "x"})] {
        assert_eq!(bench.post("/crm/v3/objects/deals/search", wrong.clone()).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_was_written_is_found_after_a_while() {
    let bench = bench_with(Options { limits: Limits::default(), ..Options::default() }).await;
    let deals = bench.deals(1);
    assert_eq!(bench.search(json!({})).await["total"], 0);
    bench.sim.clock().advance(Duration::from_secs(4));
    assert_eq!(ids(&bench.search(json!({})).await), deals);
}

//! Faults in the words of Odoo and of the web server before it.

use std::time::Duration;

use sandbox::{Fault, Kind, RetryAfter, Rule};
use serde_json::{Value, json};

use crate::client::bench;

#[tokio::test]
async fn refusals_are_played_once_and_do_nothing() {
    let bench = bench().await;
    for (fault, status) in [
        (Fault::Status(502), 502),
        (Fault::Status(500), 500),
        (Fault::Unavailable(RetryAfter::Seconds(3)), 503),
        (Fault::RateLimited(RetryAfter::Absent), 429),
        (Fault::Unauthorized, 401),
    ] {
        let name = fault.name();
        bench.sim.fault(Rule::new(Kind::Create, fault));
        let (found, body) = bench.call("crm.lead", "create", json!({"vals_list": {"name": "A"}})).await;
        assert_eq!(found, status, "{name}");
        assert_eq!(body.is_string(), status != 401, "{name}: only Odoo itself speaks JSON");
        assert!(bench.sim.table("crm.lead").ids().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_write_is_done_although_its_answer_says_otherwise() {
    let bench = bench().await;
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenStatus(502)));
    assert_eq!(bench.call("crm.lead", "create", json!({"vals_list": {"name": "A"}})).await.0, 502);
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenDropped));
    let request = bench.post("/json/2/crm.lead/create", json!({"vals_list": {"name": "B"}}));
    assert!(request.bearer_auth(&bench.key).send().await.is_err());
    assert_eq!(bench.sim.table("crm.lead").ids().len(), 2);
}

#[tokio::test]
async fn answers_are_cut_reset_slowed_and_emptied() {
    let bench = bench().await;
    bench.sim.table("crm.lead").make((0..5).map(|_| json!({"name": "A", "type": "lead"})));
    let ask = async |fault: Fault| {
        bench.sim.fault(Rule::new(Kind::List, fault));
        let request = bench.post("/json/2/crm.lead/search_read", json!({"domain": [], "fields": ["name"]}));
        request.bearer_auth(&bench.key).send().await.unwrap().text().await
    };
    let cut = ask(Fault::CutJson).await.unwrap();
    assert!(cut.starts_with('[') && serde_json::from_str::<Value>(&cut).is_err());
    assert!(ask(Fault::ResetMidBody).await.is_err());
    assert_eq!(ask(Fault::EmptyListing).await.unwrap(), "[]");
    let start = std::time::Instant::now();
    assert!(ask(Fault::Slow(Duration::from_millis(30))).await.is_ok());
    assert!(start.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn the_log_tells_kinds_whatever_the_protocol_and_never_a_key() {
    let bench = bench().await;
    bench.ok("res.users", "context_get", json!({})).await;
    bench.ok("crm.lead", "fields_get", json!({})).await;
    bench.execute("crm.lead", "create", json!([{"name": "A"}])).await;
    bench.execute("crm.lead", "search", json!([[]])).await;
    bench.execute("crm.lead", "read", json!([[1]])).await;
    bench.execute("crm.lead", "write", json!([[1], {"name": "B"}])).await;
    bench.execute("crm.lead", "unlink", json!([[1]])).await;
    let entries = bench.sim.log().entries();
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind).collect();
    use Kind as K;
    assert_eq!(kinds, [K::Account, K::Schema, K::Create, K::List, K::Get, K::Update, K::Delete]);
    assert!(entries.iter().all(|entry| entry.status == Some(200) && entry.authenticated));
    assert!(!format!("{entries:?}").contains(bench.sim.key()));
}

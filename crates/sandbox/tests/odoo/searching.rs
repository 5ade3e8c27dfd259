//! Domains, order, paging, and what is shown of a record.

use chrono::{DateTime, TimeDelta};
use sandbox::demo;
use serde_json::{Value, json};

use crate::client::bench;

#[tokio::test]
async fn every_operator() {
    let bench = bench().await;
    let country = bench.sim.table("res.country").make([json!({"name": "France", "code": "FR"})])[0];
    let partners = bench.sim.table("res.partner");
    partners.make([
        json!({"name": "Acme", "city": "Lyon", "customer_rank": 3, "is_company": true, "country_id": country}),
        json!({"name": "acme 100%", "city": "Nantes", "customer_rank": 1}),
        json!({"name": "Zoé", "parent_id": 1}),
        json!({"name": "Léa", "parent_id": 3, "city": "Lyon"}),
    ]);
    for (domain, expected) in [
        (json!([]), vec![1, 2, 3, 4]),
        (json!([["name", "=", "Acme"]]), vec![1]),
        (json!([["name", "!=", "Acme"]]), vec![2, 3, 4]),
        (json!([["name", "like", "cme"]]), vec![1, 2]),
        (json!([["name", "not like", "cme"]]), vec![3, 4]),
        (json!([["name", "ilike", "ACME"]]), vec![1, 2]),
        (json!([["name", "not ilike", "ACME"]]), vec![3, 4]),
        (json!([["name", "=like", "A%"]]), vec![1]),
        (json!([["name", "=ilike", "a%"]]), vec![1, 2]),
        (json!([["name", "=ilike", "acme 100\\%"]]), vec![2]),
        (json!([["city", "=", false]]), vec![3]),
        (json!([["city", "!=", false]]), vec![1, 2, 4]),
        (json!([["city", "=?", false]]), vec![1, 2, 3, 4]),
        (json!([["city", "in", ["Lyon", false]]]), vec![1, 3, 4]),
        (json!([["city", "not in", ["Lyon"]]]), vec![2, 3]),
        (json!([["customer_rank", ">", 1]]), vec![1]),
        (json!([["customer_rank", ">=", 1]]), vec![1, 2]),
        (json!([["customer_rank", "<", 1]]), vec![3, 4]),
        (json!([["customer_rank", "<=", 1]]), vec![2, 3, 4]),
        (json!([["is_company", "=", true]]), vec![1]),
        (json!([["is_company", "=", false]]), vec![2, 3, 4]),
        (json!([["id", "in", [2, 4]]]), vec![2, 4]),
        (json!([["id", ">", 2]]), vec![3, 4]),
        (json!([["id", "child_of", 1]]), vec![1, 3, 4]),
        (json!([["id", "parent_of", [4]]]), vec![1, 3, 4]),
        (json!([["parent_id", "=", "Acme"]]), vec![3]),
        (json!([["parent_id", "ilike", "zo"]]), vec![4]),
        (json!([["parent_id", "=", false]]), vec![1, 2]),
        (json!([["parent_id.country_id.code", "=", "FR"]]), vec![3]),
        (json!([["parent_id", "any", [["city", "=", "Lyon"]]]]), vec![3]),
        (json!([["parent_id", "not any", [["city", "=", "Lyon"]]]]), vec![1, 2, 4]),
        (json!([["child_ids", "=", 3]]), vec![1]),
        (json!([["child_ids.name", "=", "Léa"]]), vec![3]),
        (json!(["|", ["id", "=", 1], "&", ["city", "=", "Lyon"], "!", ["id", "=", 1]]), vec![1, 4]),
        (json!([["city", "=", "Lyon"], ["id", ">", 1]]), vec![4]),
        (json!([[1, "=", 1]]), vec![1, 2, 3, 4]),
        (json!([[0, "=", 1]]), vec![]),
    ] {
        assert_eq!(bench.found("res.partner", domain.clone()).await, expected, "{domain}");
    }
    for domain in
        [json!(["|", ["id", "=", 1]]), json!(["?"]), json!([["id", "~", 1]]), json!([["a.b", "=", 1]])]
    {
        let (status, body) = bench.call("res.partner", "search", json!({"domain": domain})).await;
        assert_eq!((status, &body["name"]), (500, &json!("builtins.ValueError")), "{domain}");
    }
}

#[tokio::test]
async fn times_of_writing_are_finer_than_they_are_told() {
    let bench = bench().await;
    let leads = bench.sim.table("crm.lead");
    let ids = leads.make((0..3).map(|_| json!({"name": "A", "type": "lead"})));
    let second = DateTime::from_timestamp(1_714_557_791, 0).unwrap();
    for (id, micros) in ids.iter().zip([0, 500_000, 1_000_000]) {
        leads.backdate(*id, Some(second + TimeDelta::microseconds(micros)));
    }
    let told = second.format("%Y-%m-%d %H:%M:%S").to_string();
    let fields = json!({"domain": [["id", "=", ids[1]]], "fields": ["write_date"]});
    assert_eq!(bench.ok("crm.lead", "search_read", fields).await[0]["write_date"], json!(told));
    let by = async |op: &str| bench.found("crm.lead", json!([["write_date", op, told]])).await;
    assert_eq!(by("=").await, [ids[0]]);
    assert_eq!(by(">").await, [ids[1], ids[2]], "half a second later is later");
    assert_eq!(by("<=").await, [ids[0]]);
    leads.backdate(ids[0], None);
    assert_eq!(bench.found("crm.lead", json!([["write_date", "=", false]])).await, [ids[0]]);
    let iso = json!({"domain": [["write_date", ">", "2024-05-01T10:00:00Z"]]});
    assert_eq!(bench.call("crm.lead", "search", iso).await.0, 500);
}

#[tokio::test]
async fn records_are_ordered_and_paged() {
    let bench = bench().await;
    let partners = bench.sim.table("res.partner");
    partners.make(
        [("B", "Lyon"), ("A", "Lyon"), ("C", "Brest")]
            .map(|(name, city)| json!({"name": name, "city": city})),
    );
    for (arguments, expected) in [
        (json!({"order": "name"}), json!([2, 1, 3])),
        (json!({"order": "city desc, name asc"}), json!([2, 1, 3])),
        (json!({"order": "city, id desc"}), json!([3, 2, 1])),
        (json!({"order": "id desc", "limit": 2}), json!([3, 2])),
        (json!({"order": "id", "limit": 1, "offset": 1}), json!([2])),
        (json!({"limit": 2}), json!([1, 2])),
    ] {
        let mut body = arguments.clone();
        body["domain"] = json!([]);
        assert_eq!(bench.ok("res.partner", "search", body).await, expected, "{arguments}");
    }
    assert_eq!(
        bench.ok("res.partner", "search_count", json!({"domain": [["city", "=", "Lyon"]]})).await,
        json!(2)
    );
}

#[tokio::test]
async fn archived_records_are_hidden_unless_asked_for() {
    let bench = bench().await;
    let partners = bench.sim.table("res.partner");
    let ids = partners.make([json!({"name": "A"}), json!({"name": "B"})]);
    assert!(partners.archive(ids[0]));
    assert_eq!(bench.found("res.partner", json!([])).await, [ids[1]]);
    assert_eq!(bench.found("res.partner", json!([["active", "=", false]])).await, [ids[0]]);
    let all = json!({"domain": [], "context": {"active_test": false}});
    assert_eq!(bench.ok("res.partner", "search", all).await, json!(ids));
    assert_eq!(bench.ok("res.partner", "name_search", json!({"name": "A"})).await, json!([]));
}

#[tokio::test]
async fn names_are_searched() {
    let bench = bench().await;
    bench.sim.table("res.partner").make([json!({"name": "Acme"}), json!({"name": "Léa", "parent_id": 1})]);
    let by = async |name: &str, operator: &str| {
        bench.ok("res.partner", "name_search", json!({"name": name, "operator": operator})).await
    };
    assert_eq!(by("Acme", "=").await, json!([[1, "Acme"]]));
    assert_eq!(by("acme", "ilike").await, json!([[1, "Acme"], [2, "Acme, Léa"]]));
    assert_eq!(
        bench.ok("res.users", "name_search", json!({"name": "passerelle@"})).await,
        json!([[2, "Passerelle"]])
    );
}

#[tokio::test]
async fn empty_is_false_and_links_have_names() {
    let bench = bench().await;
    demo::odoo(&bench.sim);
    let first = |model: &'static str, fields: Value| {
        let bench = &bench;
        async move {
            bench.ok(model, "search_read", json!({"domain": [], "fields": fields, "limit": 1})).await[0]
                .clone()
        }
    };
    let line = first("sale.order.line", json!(["order_id", "product_id", "state", "order_partner_id"])).await;
    assert_eq!(line["order_id"], json!([1, "S00001"]));
    assert!(line["product_id"][1].as_str().unwrap().starts_with("[SANC-21]"));
    assert_eq!(
        (&line["state"], &line["order_partner_id"]),
        (&json!("sale"), &json!([1, "La Table d'Émile"]))
    );
    let lead = first("crm.lead", json!(["partner_id", "phone", "probability", "active"])).await;
    assert_eq!(
        lead,
        json!({"id": 1, "partner_id": false, "phone": false, "probability": 0.0, "active": true})
    );
    let bare = json!({"ids": [1], "fields": ["product_id"], "load": null});
    assert_eq!(bench.ok("sale.order.line", "read", bare).await, json!([{"id": 1, "product_id": 1}]));
}

#[tokio::test]
async fn labels_follow_the_language() {
    let bench = bench().await;
    let told = async |lang: &str| {
        let body = json!({"allfields": ["priority"], "attributes": ["string", "selection"], "context": {"lang": lang}});
        bench.ok("crm.lead", "fields_get", body).await["priority"].clone()
    };
    assert_eq!(told("fr_FR").await["string"], "Priorité");
    assert_eq!(told("en_US").await["selection"][1], json!(["1", "Medium"]));
}

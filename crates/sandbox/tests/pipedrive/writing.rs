//! Creating, changing and deleting, and what is refused.

use reqwest::Method;
use sandbox::pipedrive::{Entity, FieldType};
use serde_json::{Value, json};

use crate::client::{bench, posting};

#[tokio::test]
async fn a_new_deal_has_its_defaults() {
    let bench = bench().await;
    let (status, body) = bench.send(Method::POST, "/api/v2/deals", json!({"title": "A"})).await;
    assert_eq!(status, 200);
    let deal = &body["data"];
    let first = bench.sim.stages()[0].0;
    assert_eq!((&deal["stage_id"], &deal["status"]), (&json!(first), &json!("open")));
    assert_eq!((&deal["value"], &deal["currency"], &deal["owner_id"]), (&json!(0), &json!("EUR"), &json!(1)));
    assert_eq!((&deal["person_id"], &deal["label_ids"]), (&Value::Null, &json!([])));
    let added = deal["add_time"].as_str().unwrap();
    assert!(added.len() == 20 && added.ends_with('Z'), "{added}");
}

#[tokio::test]
async fn stages_bring_their_pipeline_and_statuses_their_times() {
    let bench = bench().await;
    let other = bench.sim.add_pipeline("Export");
    let stage = bench.sim.add_stage(other, "Contact");
    let id = bench.deals().make([json!({"title": "A"})])[0];
    let patch = async |body: Value| bench.send(Method::PATCH, &format!("/api/v2/deals/{id}"), body).await;
    let deal = patch(json!({ "stage_id": stage })).await.1["data"].clone();
    assert_eq!((&deal["pipeline_id"], deal["stage_change_time"].is_string()), (&json!(other), true));
    let first = bench.sim.stages()[0].0;
    assert_eq!(patch(json!({"stage_id": first, "pipeline_id": other})).await.0, 400);
    let deal = patch(json!({"status": "lost", "lost_reason": "Budget"})).await.1["data"].clone();
    assert!(deal["lost_time"].is_string() && deal["close_time"].is_string() && deal["won_time"].is_null());
    let deal = patch(json!({"status": "open"})).await.1["data"].clone();
    assert!(deal["lost_time"].is_null() && deal["lost_reason"].is_null());
    bench.sim.remove_stage(stage);
    assert_eq!(patch(json!({ "stage_id": stage })).await.0, 400);
}

#[tokio::test]
async fn every_type_takes_its_own_form_and_no_other() {
    let bench = bench().await;
    let deals = bench.deals();
    let person = bench.sim.table(Entity::Persons).make([json!({"name": "Ann Lee"})])[0];
    let labels = &["A", "B"];
    let option = |code: &str| deals.option(code, "B").unwrap();
    type Case = (FieldType, fn(i64) -> Value, Vec<Value>);
    let cases: [Case; 10] = [
        (FieldType::Varchar, |_| json!("x"), vec![json!(1), json!("x".repeat(256))]),
        (FieldType::Text, |_| json!("x".repeat(65_000)), vec![json!("x".repeat(65_001))]),
        (FieldType::Double, |_| json!(1.5), vec![json!("1.5")]),
        (FieldType::Monetary, |_| json!({"value": 1.5, "currency": "EUR"}), vec![json!(1.5)]),
        (FieldType::choice(labels), |id| json!(id), vec![json!("B"), json!(9), json!([9])]),
        (FieldType::choices(labels), |id| json!([id]), vec![json!([]), json!([9]), json!("1,2")]),
        (FieldType::Date, |_| json!("2028-02-29"), vec![json!("2027-02-29"), json!("2028-02-29T00:00:00Z")]),
        (FieldType::Time, |_| json!({"value": "10:00:00"}), vec![json!("10:00:00")]),
        (FieldType::Address, |_| json!({"value": "1 rue du Port"}), vec![json!("1 rue du Port")]),
        (FieldType::People, |_| json!(1), vec![json!(99), json!("1")]),
    ];
    assert_eq!(person, 1);
    let id = deals.make([json!({"title": "A"})])[0];
    for (kind, good, bad) in cases {
        let code = deals.add_field(&format!("{kind:?}"), &kind);
        let patch = async |value: Value| {
            let body = json!({"custom_fields": {&*code: value}});
            bench.send(Method::PATCH, &format!("/api/v2/deals/{id}"), body).await
        };
        let good =
            good(if matches!(kind, FieldType::Enum(_) | FieldType::Set(_)) { option(&code) } else { 0 });
        let (status, body) = patch(good.clone()).await;
        assert_eq!((status, &body["data"]["custom_fields"][&code]), (200, &good), "{kind:?}: {body}");
        for bad in bad {
            assert_eq!(patch(bad.clone()).await.0, 400, "{kind:?} {bad}");
        }
        assert_eq!(deals.get(id, &code), good, "a refusal changes nothing");
        assert_eq!(patch(Value::Null).await.1["data"]["custom_fields"][&code], Value::Null);
    }
}

#[tokio::test]
async fn what_is_not_accepted_says_why() {
    let bench = bench().await;
    for (body, why) in [
        (json!({}), "title"),
        (json!({"title": "  "}), "title"),
        (json!({"title": 1}), "title"),
        (json!({"title": "A", "value": "12"}), "value"),
        (json!({"title": "A", "currency": "euro"}), "currency"),
        (json!({"title": "A", "status": "perdu"}), "status"),
        (json!({"title": "A", "owner_id": 999}), "owner_id"),
        (json!({"title": "A", "add_time": "2024-05-01T10:00:00Z"}), "add_time"),
        (json!({"title": "A", "colour": "red"}), "colour"),
        (json!({"title": "A", "custom_fields": {"title": "B"}}), "title"),
    ] {
        let (status, answer) = bench.send(Method::POST, "/api/v2/deals", body.clone()).await;
        assert_eq!(status, 400, "{body}");
        assert!(answer["error"].as_str().unwrap().contains(why), "{answer}");
    }
    let form = posting(bench.ask(Method::POST, "/api/v2/deals"), &[("title", "A")]);
    assert_eq!(crate::client::answer(form).await.0, 415);
    assert!(bench.deals().ids().is_empty());
}

#[tokio::test]
async fn deleted_records_vanish_and_nothing_links_to_them() {
    let bench = bench().await;
    let (status, body) = bench
        .send(
            Method::POST,
            "/api/v2/persons",
            json!({"name": "Ann Lee", "emails": [{"value": "a@example.com"}]}),
        )
        .await;
    assert_eq!((status, &body["data"]["last_name"]), (200, &json!("Lee")));
    assert_eq!(body["data"]["emails"], json!([{"value": "a@example.com", "primary": true, "label": "work"}]));
    let id = bench.deals().make([json!({"title": "A", "person_id": 1})])[0];
    assert_eq!(bench.send(Method::DELETE, "/api/v2/persons/1", json!({})).await.1["data"], json!({"id": 1}));
    assert_eq!(bench.deals().get(id, "person_id"), Value::Null);
    assert!(bench.deals().delete(id) && !bench.deals().delete(id));
    for method in [Method::PATCH, Method::DELETE] {
        let (status, body) = bench.send(method, &format!("/api/v2/deals/{id}"), json!({"title": "B"})).await;
        assert_eq!((status, &body["error"]), (404, &json!("Deal not found")));
    }
}

//! Lists: pages, filters, fields, searches.

use chrono::{TimeDelta, Utc};
use sandbox::pipedrive::{Entity, FieldType};
use sandbox::{Fault, Kind, Rule};
use serde_json::{Value, json};

use crate::client::{Bench, bench};

async fn with_deals(count: usize) -> Bench {
    let bench = bench().await;
    bench.deals().make((0..count).map(|number| json!({"title": format!("D{number}")})));
    bench
}

#[tokio::test]
async fn pages_hold_500_at_most_and_none_twice() {
    let bench = with_deals(1_234).await;
    let (ids, pages) = bench.pages("/api/v2/deals?limit=500").await;
    assert_eq!((ids, pages), (bench.deals().ids(), 3));
    assert_eq!(bench.data("/api/v2/deals").await.as_array().unwrap().len(), 100, "by default");
    for wrong in ["limit=501", "limit=0", "cursor=abc", "sort_by=title", "updated_since=2024-05-01", "ids=x"]
    {
        assert_eq!(bench.get(&format!("/api/v2/deals?{wrong}")).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_question_whatever_is_deleted() {
    let bench = with_deals(10).await;
    let first = bench.get("/api/v2/deals?limit=4").await.1;
    let cursor = first["additional_data"]["next_cursor"].as_str().unwrap();
    bench.deals().delete(4);
    bench.deals().delete(5);
    let second = bench.data(&format!("/api/v2/deals?limit=4&cursor={cursor}")).await;
    assert_eq!(second[0]["id"], 6);
    assert_eq!(bench.get(&format!("/api/v2/deals?sort_by=add_time&cursor={cursor}")).await.0, 400);
    assert_eq!(bench.get(&format!("/api/v2/persons?cursor={cursor}")).await.0, 400);
    bench.sim.expire_cursors();
    assert_eq!(bench.get(&format!("/api/v2/deals?limit=4&cursor={cursor}")).await.0, 400);
}

#[tokio::test]
async fn rows_are_sorted_and_filtered() {
    let bench = with_deals(5).await;
    let now = Utc::now();
    for id in 1..=5 {
        bench.deals().backdate(id, now - TimeDelta::hours(id));
    }
    bench.deals().set(2, &json!({"status": "lost"}));
    let ids = async |query: &str| bench.pages(&format!("/api/v2/deals?limit=2&{query}")).await.0;
    assert_eq!(ids("sort_by=update_time").await, [5, 4, 3, 1, 2]);
    assert_eq!(ids("sort_by=add_time&sort_direction=desc").await, [1, 2, 3, 4, 5]);
    assert_eq!(ids("status=lost").await, [2]);
    assert_eq!(ids("ids=5,1,99").await, [1, 5]);
    let since = (now - TimeDelta::minutes(150)).format("%Y-%m-%dT%H:%M:%SZ");
    assert_eq!(ids(&format!("updated_since={since}")).await, [1, 2]);
    let many: Vec<String> = (0..101).map(|id| id.to_string()).collect();
    assert_eq!(bench.get(&format!("/api/v2/deals?ids={}", many.join(","))).await.0, 400);
}

#[tokio::test]
async fn fields_are_told_with_their_options() {
    let bench = bench().await;
    let code = bench.deals().add_field("Niveau", &FieldType::choice(&["A", "B"]));
    assert_eq!(code.len(), 40);
    let fields = bench.data("/api/v2/dealFields?limit=500").await;
    let field = |code: &str| {
        fields.as_array().unwrap().iter().find(|field| field["field_code"] == code).unwrap().clone()
    };
    let own = field(&code);
    assert_eq!((&own["field_name"], &own["field_type"]), (&json!("Niveau"), &json!("enum")));
    assert_eq!((&own["options"][1]["label"], &own["is_custom_field"]), (&json!("B"), &json!(true)));
    assert_eq!(
        (&field("title")["field_type"], &field("title")["options"]),
        (&json!("varchar"), &Value::Null)
    );
    let stages = bench.data("/api/v2/stages").await;
    let pipelines = bench.data("/api/v2/pipelines").await;
    assert_eq!(stages[1]["name"], "Qualifié");
    assert_eq!(stages[0]["pipeline_id"], pipelines[0]["id"]);
    assert_eq!(bench.data("/api/v1/users").await[0]["email"], "camille@example.com");
}

#[tokio::test]
async fn a_search_finds_names_without_case() {
    let bench = bench().await;
    let persons = bench.sim.table(Entity::Persons);
    persons.make(["Ann", "ANN", "Anna"].map(|name| json!({ "name": name })));
    let found = async |query: &str| {
        let items = bench.data(&format!("/api/v2/persons/search?{query}")).await["items"].clone();
        items.as_array().unwrap().iter().filter_map(|item| item["item"]["id"].as_i64()).collect::<Vec<_>>()
    };
    assert_eq!(found("term=ann").await, [1, 2, 3]);
    assert_eq!(found("term=Ann&exact_match=true&fields=name").await, [1, 2]);
    assert_eq!(bench.get("/api/v2/persons/search?term=a").await.0, 400);
}

#[tokio::test]
async fn listings_are_bent_on_demand() {
    let bench = with_deals(5).await;
    for (fault, rows, goes_on) in
        [(Fault::EmptyPage, 0, true), (Fault::EmptyListing, 0, false), (Fault::DuplicatePage, 2, true)]
    {
        bench.sim.fault(Rule::new(Kind::List, fault));
        let body = bench.get("/api/v2/deals?limit=2").await.1;
        assert_eq!(body["data"].as_array().unwrap().len(), rows);
        match body["additional_data"]["next_cursor"].as_str() {
            Some(next) if goes_on => {
                let page = bench.data(&format!("/api/v2/deals?limit=2&cursor={next}")).await;
                assert_eq!(page[0]["id"], 1, "the page that was due");
            }
            next => assert!(next.is_none() && !goes_on),
        }
    }
}

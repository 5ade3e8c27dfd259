//! The demonstration data.

use sandbox::airtable::{Options, Simulator};
use sandbox::demo;
use serde_json::{Value, json};

async fn demo_rows() -> (Vec<sandbox::airtable::Row>, Vec<sandbox::airtable::Row>, Value) {
    let sim = Simulator::start(Options::unlimited()).await.unwrap();
    let base = demo::airtable(&sim).unwrap();
    let url = format!("{}/v0/meta/bases/{}/tables", sim.url(), base.id());
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = reqwest::Client::new();
    let schema = http.get(url).bearer_auth(sim.token()).send().await.unwrap().json().await.unwrap();
    (sim.records(demo::BASE, demo::DEALS), sim.records(demo::BASE, demo::CONTACTS), schema)
}

#[tokio::test]
async fn the_demonstration_is_the_same_at_every_start() {
    let (first, first_contacts, first_schema) = demo_rows().await;
    let (second, _, second_schema) = demo_rows().await;
    let ids = |rows: &[sandbox::airtable::Row]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(first_schema, second_schema);
    assert_eq!((first.len(), first_contacts.len()), (24, 6));
}

#[tokio::test]
async fn its_fields_are_those_of_the_default_mapping() {
    let (_, _, schema) = demo_rows().await;
    let fields = schema["tables"][0]["fields"].as_array().unwrap();
    let found: Vec<(&str, &str)> = fields
        .iter()
        .map(|field| (field["name"].as_str().unwrap(), field["type"].as_str().unwrap()))
        .collect();
    let expected = [
        ("Name", "singleLineText"),
        ("Status", "singleSelect"),
        ("Amount", "currency"),
        ("Sector", "singleSelect"),
        ("Due Date", "date"),
        ("Assignee", "singleLineText"),
        ("Notes", "multilineText"),
        ("Last Modified", "lastModifiedTime"),
        ("Contact", "multipleRecordLinks"),
        ("Weighted", "formula"),
        ("Signed", "checkbox"),
    ];
    assert_eq!(found, expected);
    assert_eq!(fields[2]["options"], json!({"precision": 2, "symbol": "€"}));
    let options: Vec<&Value> =
        fields[1]["options"]["choices"].as_array().unwrap().iter().map(|choice| &choice["name"]).collect();
    assert_eq!(options, ["Lead", "Qualified", "Negotiation", "Won", "In progress", "Lost"]);
}

#[tokio::test]
async fn its_deals_have_what_tests_and_newcomers_look_for() {
    let (deals, _, _) = demo_rows().await;
    let texts = |field: &str| {
        deals.iter().map(|row| row.get(field).as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let names = texts("Name");
    assert_eq!(names.iter().filter(|name| *name == "Château Beauséjour").count(), 2);
    assert_eq!(names.iter().collect::<std::collections::HashSet<_>>().len(), 23);
    for field in ["Status", "Sector", "Due Date", "Assignee", "Notes", "Contact", "Signed"] {
        assert!(deals.iter().any(|row| row.get(field).is_null()), "some {field} is empty");
        assert!(deals.iter().any(|row| !row.get(field).is_null()), "some {field} is not");
    }
    let cents =
        deals.iter().filter_map(|row| row.get("Amount").as_f64()).filter(|amount| amount.fract() != 0.0);
    assert!(cents.count() >= 5);
    assert!(deals.iter().all(|row| row.get("Amount").as_f64().is_some_and(|amount| amount > 0.0)));
    assert_eq!(deals[0].get("Weighted"), &json!(12915.35));
}

#[tokio::test]
async fn a_bench_base_has_any_number_of_different_deals() {
    let sim = Simulator::start(Options::unlimited()).await.unwrap();
    demo::bench(&sim, 1_000).unwrap();
    let rows = sim.records(demo::BENCH_BASE, demo::DEALS);
    let names: std::collections::HashSet<_> = rows.iter().map(|row| row.get("Name").to_string()).collect();
    assert_eq!((rows.len(), names.len()), (1_000, 1_000));
    assert!(rows.iter().all(|row| row.get("Amount").as_f64().is_some_and(|amount| amount > 0.0)));
}

#[tokio::test]
async fn every_type_of_field_is_there_once_full_and_once_empty() {
    let sim = Simulator::start(Options::unlimited()).await.unwrap();
    demo::every_type(&sim).unwrap();
    let rows = sim.records(demo::TYPES_BASE, demo::EVERYTHING);
    assert_eq!((rows.len(), rows[0].fields.len()), (2, 37));
    assert!(!rows[1].fields.contains_key("Number"));
}

//! Queries: pages, cursors, filters, sorts, the cap.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use sandbox::Clock;
use sandbox::demo;
use sandbox::notion::{Limits, Options, Property, PropertyType as T};
use serde_json::{Value, json};

use crate::client::{Bench, bench, bench_with, names, refusal};

async fn all(bench: &Bench, mut body: Value) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    loop {
        let page = bench.query(body.clone()).await;
        pages.push(names(&page));
        if page["has_more"] == false {
            assert_eq!(page["next_cursor"], Value::Null);
            return pages;
        }
        body["start_cursor"] = page["next_cursor"].clone();
    }
}

#[tokio::test]
async fn rows_come_in_pages_of_a_hundred_or_fewer() {
    let bench = bench().await;
    bench.fill(250);
    let sizes = |pages: &[Vec<String>]| pages.iter().map(Vec::len).collect::<Vec<_>>();
    let pages = all(&bench, json!({})).await;
    assert_eq!(sizes(&pages), [100, 100, 50]);
    let mut names = pages.concat();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 250);
    assert_eq!(sizes(&all(&bench, json!({"page_size": 99})).await), [99, 99, 52]);
    let page = bench.query(json!({"page_size": 1})).await;
    let seen = (&page["object"], &page["type"], &page["request_status"]["type"]);
    assert_eq!(seen, (&json!("list"), &json!("page_or_data_source"), &json!("complete")));
    assert!(page["request_id"].is_string());
}

#[tokio::test]
async fn page_size_and_cursor_are_checked() {
    let bench = bench().await;
    bench.fill(3);
    let cases = [
        (
            json!({"page_size": 101}),
            "body failed validation: body.page_size should be ≤ `100`, instead was `101`.",
        ),
        (json!({"page_size": 0}), "body failed validation: body.page_size should be ≥ `1`, instead was `0`."),
        (
            json!({"start_cursor": "abc"}),
            "body failed validation: body.start_cursor should be a valid uuid, instead was `\"abc\"`.",
        ),
        (
            json!({"start_cursor": {}}),
            "body failed validation: body.start_cursor should be a string or `undefined`, instead was `{}`.",
        ),
        (
            json!({"start_cursor": "11111111-1111-4111-8111-111111111111"}),
            "The start_cursor provided is invalid: 11111111-1111-4111-8111-111111111111",
        ),
    ];
    for (body, message) in cases {
        let (status, answer) = bench.post(&bench.query_path(), body).await;
        assert_eq!((status, refusal(&answer)), (400, ("validation_error", message)));
    }
}

#[tokio::test]
async fn cursors_expire_and_can_be_asked_again_before() {
    let clock = Clock::manual(DateTime::UNIX_EPOCH);
    let bench = bench_with(Options { clock: clock.clone(), ..Options::unlimited() }).await;
    bench.fill(4);
    let body =
        json!({"page_size": 2, "start_cursor": bench.query(json!({"page_size": 2})).await["next_cursor"]});
    assert_eq!(names(&bench.query(body.clone()).await), names(&bench.query(body.clone()).await));
    clock.advance(Duration::from_secs(3600));
    assert_eq!(bench.post(&bench.query_path(), body).await.0, 400);
    let body = json!({"start_cursor": bench.query(json!({"page_size": 2})).await["next_cursor"]});
    bench.sim.expire_cursors();
    assert_eq!(bench.post(&bench.query_path(), body).await.0, 400);
}

#[tokio::test]
async fn changes_between_two_pages_neither_repeat_nor_lose_the_others() {
    let bench = bench().await;
    let ids = bench.fill(6);
    let sorts = json!([{"property": "Amount", "direction": "ascending"}]);
    let first = bench.query(json!({"sorts": sorts, "page_size": 3})).await;
    assert_eq!(names(&first), ["Deal 0", "Deal 1", "Deal 2"]);
    bench.deals.delete(sandbox::notion::Id::parse(&ids[0]).unwrap());
    let cursor = &first["next_cursor"];
    let second = bench.query(json!({"sorts": sorts, "start_cursor": cursor})).await;
    assert_eq!(names(&second), ["Deal 3", "Deal 4", "Deal 5"]);
}

#[tokio::test]
async fn a_query_gives_no_more_than_its_cap() {
    let limits = Limits { rows_per_query: 250, ..Limits::none() };
    let bench = bench_with(Options { limits, ..Options::default() }).await;
    bench.fill(260);
    let pages = all(&bench, json!({})).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 100, 50]);
    let mut body = json!({});
    for _ in 0..2 {
        body = json!({"start_cursor": bench.query(body).await["next_cursor"]});
    }
    let last = bench.query(body).await;
    let capped = json!({"type": "incomplete", "incomplete_reason": "query_result_limit_reached"});
    assert_eq!((&last["request_status"], &last["has_more"]), (&capped, &json!(false)));
    assert_eq!(Limits::default().rows_per_query, 10_000);
}

async fn found(bench: &Bench, filter: Value) -> Vec<String> {
    let sorts = json!([{"property": "Name", "direction": "ascending"}]);
    names(&bench.query(json!({"filter": filter, "sorts": sorts})).await)
}

fn fill(bench: &Bench) {
    let person = bench.sim.person("lou.petit@example.com", "Lou Petit");
    bench.deals.add_property(Property::new("Day", T::Date));
    bench.deals.add_property(Property::new("Signed", T::Checkbox));
    bench.deals.add_property(Property::new("Tags", T::multi_select(&["red", "blue"])));
    bench.deals.add_property(Property::new("Who", T::People));
    bench.deals.add_property(Property::new("Ratio", T::formula("1")));
    let rows = [
        json!({"Name": "a Acme", "Amount": 10, "Status": "Won", "Sector": "Wine", "Notes": "Hello World", "Day": "2026-03-01", "Signed": true, "Tags": ["red"], "Who": person, "Ratio": 0.5}),
        json!({"Name": "b Beta", "Amount": 20, "Status": "Lead", "Notes": "Hello", "Day": "2026-03-02", "Tags": ["red", "blue"]}),
        json!({"Name": "c Corp", "Sector": "Health", "Day": "2026-03-02T12:00:00Z"}),
    ];
    bench.deals.insert(rows).unwrap();
}

#[tokio::test]
async fn filters_select_by_every_kind_of_value() {
    let clock = Clock::manual(DateTime::from_timestamp(1_772_452_800, 0).unwrap());
    let bench = bench_with(Options { clock, ..Options::unlimited() }).await;
    fill(&bench);
    let person = bench.sim.person("lou.petit@example.com", "Lou Petit");
    let cases = [
        (json!({"property": "Name", "title": {"contains": "ACME"}}), "a"),
        (json!({"property": "Name", "rich_text": {"starts_with": "b"}}), "b"),
        (json!({"property": "Notes", "rich_text": {"equals": "hello"}}), "b"),
        (json!({"property": "Notes", "rich_text": {"does_not_equal": "Hello"}}), "ac"),
        (json!({"property": "Notes", "rich_text": {"does_not_contain": "World"}}), "bc"),
        (json!({"property": "Notes", "rich_text": {"ends_with": "world"}}), "a"),
        (json!({"property": "Notes", "rich_text": {"is_empty": true}}), "c"),
        (json!({"property": "Notes", "rich_text": {"is_not_empty": true}}), "ab"),
        (json!({"property": "Amount", "number": {"equals": 10}}), "a"),
        (json!({"property": "Amount", "number": {"greater_than": 10}}), "b"),
        (json!({"property": "Amount", "number": {"less_than_or_equal_to": 20}}), "ab"),
        (json!({"property": "Amount", "number": {"does_not_equal": 10}}), "bc"),
        (json!({"property": "Amount", "number": {"is_empty": true}}), "c"),
        (json!({"property": "Status", "status": {"equals": "Won"}}), "a"),
        (json!({"property": "Status", "status": {"does_not_equal": "Won"}}), "bc"),
        (json!({"property": "Status", "status": {"equals": ["Won", "Lead"]}}), "ab"),
        (json!({"property": "Sector", "select": {"equals": "Health"}}), "c"),
        (json!({"property": "Sector", "select": {"is_empty": true}}), "b"),
        (json!({"property": "Signed", "checkbox": {"equals": true}}), "a"),
        (json!({"property": "Signed", "checkbox": {"does_not_equal": true}}), "bc"),
        (json!({"property": "Tags", "multi_select": {"contains": "red"}}), "ab"),
        (json!({"property": "Tags", "multi_select": {"does_not_contain": "blue"}}), "ac"),
        (json!({"property": "Who", "people": {"contains": person}}), "a"),
        (json!({"property": "Who", "people": {"is_empty": true}}), "bc"),
        (json!({"property": "Day", "date": {"equals": "2026-03-02"}}), "bc"),
        (json!({"property": "Day", "date": {"before": "2026-03-02"}}), "a"),
        (json!({"property": "Day", "date": {"after": "2026-03-01"}}), "bc"),
        (json!({"property": "Day", "date": {"on_or_after": "2026-03-02T10:00:00Z"}}), "c"),
        (json!({"property": "Day", "date": {"on_or_before": "2026-03-01"}}), "a"),
        (json!({"property": "Day", "date": {"equals": "today"}}), "bc"),
        (json!({"property": "Day", "date": {"past_week": {}}}), "abc"),
        (json!({"property": "Day", "date": {"next_month": {}}}), "bc"),
        (json!({"property": "Ratio", "formula": {"number": {"greater_than": 0.1}}}), "a"),
        (
            json!({"timestamp": "created_time", "created_time": {"on_or_after": "2026-03-02T12:00:00Z"}}),
            "abc",
        ),
        (json!({"timestamp": "last_edited_time", "last_edited_time": {"after": "2026-03-02T12:00:00Z"}}), ""),
        (
            json!({"and": [
                {"property": "Amount", "number": {"is_not_empty": true}},
                {"or": [{"property": "Name", "title": {"contains": "beta"}}, {"property": "Name", "title": {"contains": "corp"}}]},
            ]}),
            "b",
        ),
    ];
    for (filter, expected) in cases {
        let found: String =
            found(&bench, filter.clone()).await.iter().filter_map(|name| name.chars().next()).collect();
        assert_eq!(found, expected, "{filter}");
    }
}

#[tokio::test]
async fn filters_on_relations_and_rollups() {
    let bench = bench().await;
    let source = demo::notion_every_type(&bench.sim).unwrap();
    let others = bench.sim.database(demo::NOTION_TYPES).find("Others").unwrap();
    let cases = [
        (json!({"property": "Relation", "relation": {"contains": others.rows()[0].id}}), 1),
        (json!({"property": "Relation", "relation": {"is_empty": true}}), 1),
        (json!({"property": "Rollup", "rollup": {"number": {"greater_than": 3}}}), 1),
        (json!({"property": "Originals", "rollup": {"any": {"title": {"contains": "b"}}}}), 1),
        (json!({"property": "Originals", "rollup": {"none": {"title": {"contains": "z"}}}}), 2),
        (json!({"property": "Verification", "verification": {"status": "verified"}}), 1),
        (json!({"property": "Number in list", "unique_id": {"equals": 2}}), 1),
        (json!({"property": "Files", "files": {"is_not_empty": true}}), 1),
    ];
    for (filter, expected) in cases {
        let path = format!("data_sources/{}/query", source.id());
        let (_, page) = bench.post(&path, json!({"filter": filter})).await;
        assert_eq!(page["results"].as_array().map(Vec::len), Some(expected), "{filter}: {page}");
    }
}

#[tokio::test]
async fn filters_that_do_not_fit_are_refused() {
    let bench = bench().await;
    let deep = json!({"and": [{"or": [{"and": []}]}]});
    let cases = [
        (
            json!({"property": "Nope", "number": {"equals": 1}}),
            "Could not find property with name or id: Nope",
        ),
        (
            json!({"property": "Status", "select": {"equals": "Won"}}),
            "The property type in the database does not match the property type of the filter provided: database property \
             status does not match filter select",
        ),
        (
            json!({"property": "Amount", "number": {"contains": 1}}),
            "body failed validation: body.filter.number.contains should be not present, instead was `1`.",
        ),
        (
            json!({"property": "Amount", "number": {"equals": "1"}}),
            "body failed validation: body.filter.number.equals should be not present, instead was `\"1\"`.",
        ),
        (
            deep,
            "body failed validation: body.filter.and[0].or[0].and should be not present, instead was `[]`.",
        ),
    ];
    for (filter, message) in cases {
        let (status, body) = bench.post(&bench.query_path(), json!({"filter": filter})).await;
        assert_eq!((status, refusal(&body)), (400, ("validation_error", message)));
    }
    let sorts = json!([{"property": "Nope", "direction": "ascending"}]);
    let (_, body) = bench.post(&bench.query_path(), json!({"sorts": sorts})).await;
    assert_eq!(refusal(&body).1, "Could not find sort property with name or id: Nope");
}

#[tokio::test]
async fn sorts_order_with_empty_cells_last() {
    let bench = bench().await;
    fill(&bench);
    let order = async |sorts: Value| {
        let page = bench.query(json!({"sorts": sorts})).await;
        names(&page).iter().filter_map(|name| name.chars().next()).collect::<String>()
    };
    assert_eq!(order(json!([{"property": "Amount", "direction": "descending"}])).await, "bac");
    assert_eq!(order(json!([{"property": "Amount", "direction": "ascending"}])).await, "abc");
    assert_eq!(order(json!([{"property": "Status", "direction": "ascending"}])).await, "bac", "by option");
    assert_eq!(order(json!([{"property": "Day", "direction": "descending"}])).await, "cba");
    let two = json!([{"property": "Signed", "direction": "descending"}, {"property": "Name", "direction": "descending"}]);
    assert_eq!(order(two).await, "acb");
    for (at, row) in bench.deals.rows().iter().enumerate() {
        let minutes = TimeDelta::minutes(i64::try_from(10 - at).unwrap());
        bench.deals.backdate(row.id, DateTime::UNIX_EPOCH + minutes, DateTime::UNIX_EPOCH);
    }
    assert_eq!(order(json!([{"timestamp": "created_time", "direction": "ascending"}])).await, "cba");
}

#[tokio::test]
async fn filter_properties_choose_what_is_shown() {
    let bench = bench().await;
    bench.fill(1);
    let id = bench.deals.property_id("Amount").unwrap();
    let encoded: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
    for key in ["filter_properties", "filter_properties[]"] {
        let path = format!("{}?{key}={encoded}&{key}=title", bench.query_path());
        let (_, page) = bench.post(&path, json!({})).await;
        let shown = page["results"][0]["properties"].as_object().unwrap();
        assert_eq!(shown.keys().collect::<Vec<_>>(), ["Amount", "Name"]);
    }
    let (status, _) = bench.post(&format!("{}?filter_properties=nope", bench.query_path()), json!({})).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn the_trash_is_only_shown_on_request() {
    let bench = bench().await;
    let ids = bench.fill(2);
    bench.deals.set_trashed(sandbox::notion::Id::parse(&ids[0]).unwrap(), true);
    assert_eq!(names(&bench.query(json!({})).await), ["Deal 1"]);
    assert_eq!(names(&bench.query(json!({"in_trash": true})).await), ["Deal 0"]);
}

//! Creating and changing pages: what is accepted, and how the rest is refused.

use chrono::DateTime;
use sandbox::Clock;
use sandbox::demo;
use sandbox::notion::{Id, Options, Property};
use serde_json::{Value, json};

use crate::client::{Bench, bench, bench_with, refusal, text};

fn title(content: &str) -> Value {
    json!({"title": [{"text": {"content": content}}]})
}

fn long(length: usize) -> Value {
    json!("x".repeat(length))
}

#[tokio::test]
async fn a_page_is_created_and_read_back() {
    let bench = bench().await;
    let (status, page) = bench
        .create(json!({
            "Name": title("Acme"), "Amount": {"number": 12.5}, "Status": {"status": {"name": "Won"}},
            "Sector": {"select": {"name": "Brand new"}}, "Notes": {"rich_text": [{"text": {"content": "n"}}]},
        }))
        .await;
    assert_eq!((status, &page["object"]), (200, &json!("page")), "{page}");
    assert_eq!(page["parent"]["data_source_id"], json!(bench.deals.id()));
    assert_eq!(text(&page["properties"]["Name"]["title"]), "Acme");
    assert_eq!(page["properties"]["Sector"]["select"]["name"], "Brand new");
    let (_, read) = bench.get(&format!("pages/{}", page["id"].as_str().unwrap().replace('-', ""))).await;
    assert_eq!(read["properties"], page["properties"]);
    let (_, schema) = bench.get(&format!("data_sources/{}", bench.deals.id())).await;
    let options = schema["properties"]["Sector"]["select"]["options"].as_array().unwrap();
    assert_eq!(options.len(), 3, "the option has been made");
}

#[tokio::test]
async fn only_listed_properties_change() {
    let bench = bench().await;
    let id = bench.deals.insert([json!({"Name": "A", "Amount": 1, "Sector": "Wine"})]).unwrap()[0];
    let amount = bench.deals.property_id("Amount").unwrap();
    let change = json!({"properties": {amount: {"number": 2}, "Sector": {"select": null}}});
    let (status, _) = bench.patch(&format!("pages/{id}"), change).await;
    assert_eq!(status, 200);
    let row = bench.deals.row(id).unwrap();
    assert_eq!(
        (row.get("Name"), row.get("Amount"), row.get("Sector")),
        (&json!("A"), &json!(2), &Value::Null)
    );
}

#[tokio::test]
async fn times_are_rounded_down_to_the_minute() {
    let clock = Clock::manual(DateTime::from_timestamp(1_714_557_839, 999_000_000).unwrap());
    let bench = bench_with(Options { clock: clock.clone(), ..Options::unlimited() }).await;
    let id = bench.fill(1).remove(0);
    clock.advance(std::time::Duration::from_secs(60));
    let (_, page) =
        bench.patch(&format!("pages/{id}"), json!({"properties": {"Amount": {"number": 9}}})).await;
    assert_eq!(page["created_time"], "2024-05-01T10:03:00.000Z");
    assert_eq!(page["last_edited_time"], "2024-05-01T10:04:00.000Z");
}

#[tokio::test]
async fn wrong_values_are_refused_in_notions_words() {
    let bench = bench().await;
    demo::notion_every_type(&bench.sim).unwrap();
    let user = "11111111-1111-4111-8111-111111111111";
    let cases = [
        (json!({"Foo": {"number": 1}}), "Foo is not a property that exists.".to_owned()),
        (json!({"Notes": {"number": 1}}), "Notes is expected to be rich_text.".into()),
        (json!({"Amount": title("x")}), "Amount is expected to be number.".into()),
        (json!({"Amount": 3}), "body failed validation: body.properties.Amount should be an object, instead was `3`.".into()),
        (json!({"Amount": {"number": "3"}}), "body failed validation: body.properties.Amount.number should be a number or `null`, instead was `\"3\"`.".into()),
        (json!({"Amount": {}}), "body failed validation: body.properties.Amount.title should be defined, instead was `undefined`.".into()),
        (json!({"Status": {"status": {"name": "Nope"}}}), "Invalid status option. Status option \"Nope\" does not exist\".".into()),
        (json!({"Sector": {"select": {"name": "a, b"}}}), "Invalid select option, commas not allowed: a, b".into()),
        (json!({"Notes": {"rich_text": "x"}}), "body failed validation: body.properties.Notes.rich_text should be an array, instead was `\"x\"`.".into()),
        (json!({"Notes": {"rich_text": [{"text": {}}]}}), "body failed validation: body.properties.Notes.rich_text[0].text.content should be defined, instead was `undefined`.".into()),
        (json!({"Notes": {"rich_text": [{"text": {"content": long(2500)}}]}}), "body failed validation: body.properties.Notes.rich_text[0].text.content.length should be ≤ `2000`, instead was `2500`.".into()),
        (json!({"Notes": {"rich_text": vec![json!({"text": {"content": "x"}}); 101]}}), "body failed validation: body.properties.Notes.rich_text.length should be ≤ `100`, instead was `101`.".into()),
        (json!({"Site": {"url": ""}}), "body failed validation: body.properties.Site.url should be populated, instead was `\"\"`.".into()),
        (json!({"Mail": {"email": long(201)}}), "body failed validation: body.properties.Mail.email.length should be ≤ `200`, instead was `201`.".into()),
        (json!({"Phone": {"phone_number": long(201)}}), "body failed validation: body.properties.Phone.phone_number.length should be ≤ `200`, instead was `201`.".into()),
        (json!({"Site": {"url": long(2001)}}), "body failed validation: body.properties.Site.url.length should be ≤ `2000`, instead was `2001`.".into()),
        (json!({"Day": {"date": {"start": "2022/01/02"}}}), "body failed validation: body.properties.Day.date.start should be a valid ISO 8601 date string, instead was `\"2022/01/02\"`.".into()),
        (json!({"Day": {"date": {}}}), "body failed validation: body.properties.Day.date.start should be defined, instead was `undefined`.".into()),
        (json!({"Day": {"date": {"start": "2022-01-02T10:00:00", "time_zone": "Europe/Nowhere"}}}), "body failed validation: body.properties.Day.date.time_zone should be a valid time zone, instead was `\"Europe/Nowhere\"`.".into()),
        (json!({"Signed": {"checkbox": "yes"}}), "body failed validation: body.properties.Signed.checkbox should be a boolean, instead was `\"yes\"`.".into()),
        (json!({"Who": {"people": [{"id": user}]}}), format!("Could not find user with ID: {user}.")),
        (json!({"Total": {"formula": {"number": 1}}}), "body failed validation: body.properties.Total.formula should be not present, instead was `{\"number\":1}`.".into()),
        (json!({"Total": {"number": 1}}), "Total is expected to be formula.".into()),
    ];
    use sandbox::notion::PropertyType as T;
    for (name, kind) in [
        ("Site", T::Url),
        ("Mail", T::Email),
        ("Phone", T::PhoneNumber),
        ("Day", T::Date),
        ("Signed", T::Checkbox),
        ("Who", T::People),
        ("Total", T::formula("1")),
    ] {
        bench.deals.add_property(Property::new(name, kind));
    }
    let page = bench.fill(1).remove(0);
    for (properties, message) in cases {
        let (status, body) = bench.create(properties.clone()).await;
        assert_eq!((status, refusal(&body)), (400, ("validation_error", message.as_str())));
        let (status, body) = bench.patch(&format!("pages/{page}"), json!({"properties": properties})).await;
        assert_eq!((status, refusal(&body).1), (400, message.as_str()));
    }
    assert_eq!(bench.deals.len(), 1, "nothing was written");
}

#[tokio::test]
async fn dates_take_times_zones_and_ranges() {
    let bench = bench().await;
    bench.deals.add_property(Property::new("Day", sandbox::notion::PropertyType::Date));
    let write = async |date: Value| {
        let (status, page) = bench.create(json!({"Day": {"date": date}})).await;
        (status, page["properties"]["Day"]["date"].clone())
    };
    let plain = write(json!({"start": "2026-02-28"})).await;
    assert_eq!(plain, (200, json!({"start": "2026-02-28", "end": null, "time_zone": null})));
    let offset = write(json!({"start": "2026-02-28T10:00:00Z", "end": "2026-02-28T12:00:00+02:00"})).await;
    assert_eq!(offset.1["start"], "2026-02-28T10:00:00.000+00:00");
    let zone = write(json!({"start": "2026-07-01T10:00:00", "time_zone": "Europe/Paris"})).await;
    assert_eq!(zone.1["start"], "2026-07-01T10:00:00.000+02:00");
    assert_eq!(write(json!({"start": "2026-02-28", "end": "2026-02-27"})).await.0, 400);
    assert_eq!(write(json!({"start": "2026-02-30"})).await.0, 400);
    assert_eq!(
        write(json!({"start": "2026-07-01T10:00:00Z", "time_zone": "Europe/Paris"})).await.0,
        400,
        "an offset and a zone contradict each other"
    );
    assert_eq!(write(Value::Null).await, (200, Value::Null));
}

#[tokio::test]
async fn relations_name_pages_of_the_related_source() {
    let bench = bench().await;
    let others = bench.database.data_source("Others", [Property::title("Name")]);
    bench.deals.add_property(Property::new("Link", sandbox::notion::PropertyType::relation(others.id())));
    let other = others.insert([json!({"Name": "x"})]).unwrap()[0];
    let own = bench.fill(1).remove(0);
    let link = |id: &str| json!({"Link": {"relation": [{"id": id}]}});
    assert_eq!(bench.create(link(&other.plain())).await.0, 200);
    assert_eq!(bench.create(link(&own)).await.0, 400);
    let (status, body) = bench.create(link(&Id::named("nobody").to_string())).await;
    assert_eq!((status, refusal(&body).0), (404, "object_not_found"));
    let (status, body) = bench.create(link("x")).await;
    assert_eq!(status, 400, "{body}");
    let row = bench.deals.rows().pop().unwrap();
    assert_eq!(row.get("Link"), &json!([other]));
}

#[tokio::test]
async fn a_page_in_the_trash_cannot_be_edited() {
    let mut bench = bench().await;
    let id = bench.fill(1).remove(0);
    let path = format!("pages/{id}");
    let (status, page) = bench.patch(&path, json!({"in_trash": true})).await;
    assert_eq!((status, &page["in_trash"]), (200, &json!(true)));
    assert!(bench.deals.is_empty());
    let (status, body) = bench.patch(&path, json!({"properties": {"Amount": {"number": 1}}})).await;
    let message = "Can't edit block that is archived. You must unarchive the block before editing.";
    assert_eq!((status, refusal(&body)), (400, ("validation_error", message)));
    let (status, page) = bench.get(&path).await;
    assert_eq!((status, &page["in_trash"]), (200, &json!(true)), "it can still be read");
    assert_eq!(bench.patch(&path, json!({"in_trash": false})).await.0, 200);
    assert_eq!(bench.deals.len(), 1);
    assert_eq!(bench.patch(&path, json!({"archived": true})).await.0, 400, "the old name is gone");
    bench.version = "2025-09-03";
    let (status, page) = bench.patch(&path, json!({"archived": true})).await;
    assert_eq!((status, &page["archived"]), (200, &json!(true)));
}

#[tokio::test]
async fn the_parent_is_a_data_source_or_a_database_with_one() {
    let bench = bench().await;
    let create = async |bench: &Bench, parent: Value| {
        bench.post("pages", json!({"parent": parent, "properties": {}})).await
    };
    let database = bench.database.id();
    assert_eq!(create(&bench, json!({"database_id": database})).await.0, 200);
    bench.database.data_source("Second", [Property::title("Name")]);
    let (status, body) = create(&bench, json!({"database_id": database})).await;
    assert_eq!((status, refusal(&body).0), (400, "validation_error"));
    assert_eq!(body["additional_data"]["error_type"], "multiple_data_sources_for_database");
    assert_eq!(create(&bench, json!({"database_id": bench.deals.id()})).await.0, 404);
    assert_eq!(create(&bench, json!({})).await.0, 400);
    assert_eq!(bench.post("pages", json!({"properties": {}})).await.0, 400);
    let (status, body) = bench.post("pages", json!({"parent": {"data_source_id": bench.deals.id()}})).await;
    let message = "body failed validation: body.properties should be defined, instead was `undefined`.";
    assert_eq!((status, refusal(&body)), (400, ("validation_error", message)));
}

#[tokio::test]
async fn bodies_must_be_json_and_not_too_large() {
    let bench = bench().await;
    let request = || bench.request(reqwest::Method::POST, "pages").header("content-type", "application/json");
    let (status, body) = crate::client::answer(request().body("{")).await;
    assert_eq!((status, refusal(&body)), (400, ("invalid_json", "Error parsing JSON body.")));
    let (status, body) = crate::client::answer(request().body(" ".repeat(600 * 1024))).await;
    assert_eq!((status, refusal(&body).0), (400, "validation_error"));
    let (status, body) = bench.post("nowhere", json!({})).await;
    assert_eq!((status, refusal(&body)), (400, ("invalid_request_url", "Invalid request URL.")));
}

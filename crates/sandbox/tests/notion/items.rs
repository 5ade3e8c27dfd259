//! One property in full, beyond the 25 references that a page shows.

use sandbox::notion::{Id, Property, PropertyType as T};
use serde_json::{Value, json};

use crate::client::{Bench, bench, refusal, text};

/// A deal with 60 related rows, 60 people and 60 pieces of text.
async fn rich(bench: &Bench) -> Id {
    let lines =
        bench.database.data_source("Lines", [Property::title("Name"), Property::new("Price", T::number())]);
    let rows =
        lines.insert((0..60).map(|number| json!({"Name": format!("L {number}"), "Price": 1}))).unwrap();
    let people: Vec<Id> =
        (0..60).map(|number| bench.sim.person(&format!("p{number}@example.com"), "P")).collect();
    bench.deals.add_property(Property::new("Lines", T::relation(lines.id())));
    bench.deals.add_property(Property::new("Sum", T::rollup("Lines", "Price", "sum")));
    bench.deals.add_property(Property::new("Who", T::People));
    let pieces = vec![json!({"text": {"content": "ab"}}); 60];
    let row = json!({"Name": "A", "Amount": 3, "Lines": rows, "Who": people, "Notes": {"rich_text": pieces}});
    bench.deals.insert([row]).unwrap()[0]
}

async fn items(bench: &Bench, page: Id, property: &str, size: usize) -> Vec<Value> {
    let id = bench.deals.property_id(property).unwrap();
    let mut path = format!("pages/{page}/properties/{id}?page_size={size}");
    let mut pages = Vec::new();
    loop {
        let (status, list) = bench.get(&path).await;
        assert_eq!(status, 200, "{list}");
        let next = list["property_item"]["next_url"].as_str().map(str::to_owned);
        pages.push(list);
        match next {
            Some(url) => path = url.split_once("/v1/").unwrap().1.to_owned(),
            None => return pages,
        }
    }
}

#[tokio::test]
async fn a_page_shows_the_first_25_references() {
    let bench = bench().await;
    let id = rich(&bench).await;
    let (_, page) = bench.get(&format!("pages/{id}")).await;
    let properties = &page["properties"];
    let length = |value: &Value| value.as_array().unwrap().len();
    assert_eq!(length(&properties["Lines"]["relation"]), 25);
    assert_eq!(properties["Lines"]["has_more"], true);
    assert_eq!(length(&properties["Who"]["people"]), 25);
    assert_eq!(text(&properties["Notes"]["rich_text"]).len(), 50);
    assert_eq!(properties["Sum"]["rollup"]["number"], 25.0, "computed over what is shown");
}

#[tokio::test]
async fn the_rest_comes_property_by_property() {
    let bench = bench().await;
    let id = rich(&bench).await;
    for (property, kind) in [("Lines", "relation"), ("Who", "people"), ("Notes", "rich_text")] {
        let pages = items(&bench, id, property, 25).await;
        let sizes: Vec<_> = pages.iter().map(|page| page["results"].as_array().unwrap().len()).collect();
        assert_eq!(sizes, [25, 25, 10], "{property}");
        let first = &pages[0];
        assert_eq!((&first["object"], &first["type"]), (&json!("list"), &json!("property_item")));
        assert_eq!(first["results"][0]["object"], "property_item");
        assert!(first["results"][0][kind].is_object());
        assert_eq!((&first["property_item"]["type"], &first["has_more"]), (&json!(kind), &json!(true)));
    }
}

#[tokio::test]
async fn a_rollup_is_whole_with_its_last_page() {
    let bench = bench().await;
    let id = rich(&bench).await;
    let pages = items(&bench, id, "Sum", 50).await;
    let rollups: Vec<_> = pages.iter().map(|page| &page["property_item"]["rollup"]).collect();
    assert_eq!(rollups[0]["type"], "incomplete");
    assert_eq!(rollups[1], &json!({"type": "number", "number": 60.0, "function": "sum"}));
}

#[tokio::test]
async fn simple_types_are_one_item() {
    let bench = bench().await;
    let id = rich(&bench).await;
    let property = bench.deals.property_id("Amount").unwrap();
    let (status, item) = bench.get(&format!("pages/{id}/properties/{property}")).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&item["object"], &item["type"], &item["number"], &item["id"]),
        (&json!("property_item"), &json!("number"), &json!(3), &json!(property))
    );
    let (status, body) = bench.get(&format!("pages/{id}/properties/nope")).await;
    assert_eq!((status, refusal(&body).1), (400, "Could not find property with name or id: nope"));
}

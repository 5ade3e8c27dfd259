//! Every type of property, as it is read.

use sandbox::demo;
use sandbox::notion::{Property, PropertyType as T};
use serde_json::{Value, json};

use crate::client::{Bench, bench, text};

async fn everything(bench: &Bench) -> (Value, Value) {
    let source = demo::notion_every_type(&bench.sim).unwrap();
    let rows = source.rows();
    let mut pages = Vec::new();
    for row in rows {
        let (status, page) = bench.get(&format!("pages/{}", row.id)).await;
        assert_eq!(status, 200);
        pages.push(page["properties"].clone());
    }
    (pages.remove(0), pages.remove(0))
}

#[tokio::test]
async fn a_full_row_shows_every_type() {
    let bench = bench().await;
    let (full, _) = everything(&bench).await;
    for (name, property) in full.as_object().unwrap() {
        let kind = property["type"].as_str().unwrap();
        assert!(property.get(kind).is_some() && property["id"].is_string(), "{name}");
    }
    assert_eq!(full["Title"]["id"], "title");
    assert_eq!(full["Number"]["number"], 12.5);
    assert_eq!(full["Select"]["select"]["name"], "One");
    assert_eq!(full["Selects"]["multi_select"].as_array().unwrap().len(), 2);
    assert_eq!(full["Status"]["status"]["name"], "Done");
    assert_eq!(full["Date"]["date"], json!({"start": "2024-05-01", "end": null, "time_zone": null}));
    let range = json!({
        "start": "2024-05-01T09:00:00.000+02:00", "end": "2024-05-01T10:30:00.000+02:00", "time_zone": "Europe/Paris",
    });
    assert_eq!(full["Range"]["date"], range);
    assert_eq!(full["People"]["people"][0]["person"]["email"], "lou.petit@example.com");
    assert_eq!(
        (full["Relation"]["relation"].as_array().unwrap().len(), &full["Relation"]["has_more"]),
        (2, &json!(false))
    );
    assert_eq!(full["Rollup"]["rollup"], json!({"type": "number", "number": 3.5, "function": "sum"}));
    assert_eq!(full["Originals"]["rollup"]["array"][1]["title"][0]["plain_text"], "B");
    assert_eq!(full["Formula"]["formula"], json!({"type": "number", "number": 25}));
    assert_eq!(full["Number in list"]["unique_id"], json!({"prefix": "TASK", "number": 1}));
    assert_eq!(full["Files"]["files"][0]["external"]["url"], "https://example.com/a.png");
    assert!(full["Files"]["files"][1]["file"]["expiry_time"].is_string());
    assert_eq!(full["Created by"]["created_by"]["type"], "bot");
    assert_eq!(full["Place"]["place"]["name"], "Paris");
}

#[tokio::test]
async fn rich_text_has_pieces_of_every_kind() {
    let bench = bench().await;
    let (full, _) = everything(&bench).await;
    let pieces = full["Text"]["rich_text"].as_array().unwrap();
    let kinds: Vec<_> = pieces.iter().map(|piece| piece["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["text", "text", "mention", "mention", "equation"]);
    assert_eq!(text(&full["Text"]["rich_text"]), "Gras lien@Lou Petit2024-05-01e=mc^2");
    assert_eq!(pieces[0]["annotations"]["bold"], true);
    assert_eq!(pieces[1]["href"], "https://example.com");
    assert_eq!(pieces[2]["mention"]["user"]["name"], "Lou Petit");
}

#[tokio::test]
async fn an_empty_row_has_empty_values() {
    let bench = bench().await;
    let (_, empty) = everything(&bench).await;
    for name in ["Number", "Select", "Status", "Date", "Url", "Email", "Phone", "Place"] {
        let kind = empty[name]["type"].as_str().unwrap();
        assert_eq!(empty[name][kind], Value::Null, "{name}");
    }
    for name in ["Title", "Text", "Selects", "People", "Relation", "Files"] {
        let kind = empty[name]["type"].as_str().unwrap();
        assert_eq!(empty[name][kind], json!([]), "{name}");
    }
    assert_eq!(empty["Checkbox"]["checkbox"], false);
    assert_eq!(empty["Verification"]["verification"]["state"], "unverified");
    assert_eq!(empty["Rollup"]["rollup"]["number"], 0.0);
}

#[tokio::test]
async fn a_relation_shows_on_its_other_side() {
    let bench = bench().await;
    let source = demo::notion_every_type(&bench.sim).unwrap();
    let others = bench.sim.database(demo::NOTION_TYPES).find("Others").unwrap();
    let (one, other) = (source.rows()[0].id, others.rows()[0].id);
    assert_eq!(others.rows()[0].get("Back"), &json!([one]));
    let (status, _) =
        bench.patch(&format!("pages/{other}"), json!({"properties": {"Back": {"relation": []}}})).await;
    assert_eq!(status, 200);
    assert_eq!(source.rows()[0].get("Relation").as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn rollups_aggregate_as_they_are_told() {
    let bench = bench().await;
    let lines = bench.database.data_source(
        "Lines",
        [
            Property::title("Name"),
            Property::new("Price", T::number()),
            Property::new("Day", T::Date),
            Property::new("Paid", T::Checkbox),
        ],
    );
    let ids = lines
        .insert([
            json!({"Name": "a", "Price": 4, "Day": "2026-02-01", "Paid": true}),
            json!({"Name": "b", "Price": 1, "Day": "2026-01-01"}),
            json!({"Name": "c", "Price": 4}),
            json!({}),
        ])
        .unwrap();
    bench.deals.add_property(Property::new("Lines", T::relation(lines.id())));
    let deal = bench.deals.insert([json!({"Name": "A", "Lines": ids})]).unwrap()[0];
    let cases = [
        ("Name", "count", json!(4)),
        ("Name", "count_values", json!(3)),
        ("Name", "empty", json!(1)),
        ("Price", "unique", json!(2)),
        ("Price", "percent_empty", json!(0.25)),
        ("Price", "percent_not_empty", json!(0.75)),
        ("Price", "sum", json!(9.0)),
        ("Price", "average", json!(3.0)),
        ("Price", "median", json!(4.0)),
        ("Price", "min", json!(1.0)),
        ("Price", "max", json!(4.0)),
        ("Price", "range", json!(3.0)),
        ("Paid", "checked", json!(1)),
        ("Paid", "unchecked", json!(3)),
        ("Paid", "percent_checked", json!(0.25)),
        ("Paid", "percent_unchecked", json!(0.75)),
    ];
    for (target, function, expected) in cases {
        let name = format!("{target} {function}");
        bench.deals.add_property(Property::new(&name, T::rollup("Lines", target, function)));
        let row = bench.deals.row(deal).unwrap();
        assert_eq!(row.get(&name)["number"], expected, "{name}");
    }
    for (function, day) in [("earliest_date", "2026-01-01"), ("latest_date", "2026-02-01")] {
        bench.deals.add_property(Property::new(function, T::rollup("Lines", "Day", function)));
        assert_eq!(bench.deals.row(deal).unwrap().get(function)["date"]["start"], day);
    }
    bench.deals.add_property(Property::new("Odd", T::rollup("Lines", "Day", "count_per_group")));
    assert_eq!(bench.deals.row(deal).unwrap().get("Odd")["type"], "unsupported");
}

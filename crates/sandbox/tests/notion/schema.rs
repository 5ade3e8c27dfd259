//! Databases and data sources: what they show and how they change.

use sandbox::demo;
use sandbox::notion::{Id, Property, PropertyType as T};
use serde_json::{Value, json};

use crate::client::{bench, refusal};

#[tokio::test]
async fn a_database_names_its_data_sources() {
    let bench = bench().await;
    let (status, database) = bench.get(&format!("databases/{}", bench.database.id())).await;
    assert_eq!((status, &database["object"]), (200, &json!("database")));
    assert_eq!(database["title"][0]["plain_text"], "CRM");
    assert_eq!(database["data_sources"], json!([{"id": bench.deals.id(), "name": "Deals"}]));
    assert!(database.get("properties").is_none());
    bench.database.data_source("Archive", [Property::title("Name")]);
    let (_, database) = bench.get(&format!("databases/{}", bench.database.id().plain())).await;
    assert_eq!(database["data_sources"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_id_of_one_is_not_that_of_the_other() {
    let bench = bench().await;
    let (database, source) = (bench.database.id(), bench.deals.id());
    for (path, what, id) in [
        (format!("databases/{source}"), "database", source),
        (format!("data_sources/{database}"), "data_source", database),
    ] {
        let (status, body) = bench.get(&path).await;
        assert_eq!((status, refusal(&body).0), (404, "object_not_found"));
        assert!(refusal(&body).1.starts_with(&format!("Could not find {what} with ID: {id}. ")));
    }
    let (status, body) = bench.get("databases/crm").await;
    let message = "path failed validation: path.database_id should be a valid uuid, instead was `\"crm\"`.";
    assert_eq!((status, refusal(&body)), (400, ("validation_error", message)));
}

#[tokio::test]
async fn a_data_source_shows_every_type_with_its_settings() {
    let bench = bench().await;
    let source = demo::notion_every_type(&bench.sim).unwrap();
    let (_, shown) = bench.get(&format!("data_sources/{}", source.id())).await;
    let properties = shown["properties"].as_object().unwrap();
    assert_eq!(properties.len(), 26);
    for (name, property) in properties {
        let kind = property["type"].as_str().unwrap();
        assert!(property["name"] == **name && property[kind].is_object(), "{name}");
    }
    assert_eq!(
        (&properties["Title"]["id"], &properties["Title"]["description"]),
        (&json!("title"), &json!("The title"))
    );
    let status = &properties["Status"]["status"];
    let groups: Vec<_> = status["groups"].as_array().unwrap().iter().map(|group| &group["name"]).collect();
    assert_eq!(groups, ["To-do", "In progress", "Complete"]);
    assert_eq!(status["groups"][2]["option_ids"][0], status["options"][2]["id"]);
    assert_eq!(properties["Relation"]["relation"]["dual_property"]["synced_property_name"], "Back");
    assert_eq!(properties["Rollup"]["rollup"]["function"], "sum");
    assert_eq!(shown["parent"]["type"], "database_id");
}

#[tokio::test]
async fn properties_are_added_renamed_changed_and_removed() {
    let bench = bench().await;
    bench.deals.insert([json!({"Name": "A", "Amount": 3, "Sector": "Wine", "Notes": "x"})]).unwrap();
    let path = format!("data_sources/{}", bench.deals.id());
    let amount = bench.deals.property_id("Amount").unwrap();
    let change = json!({"properties": {
        "Score": {"number": {"format": "percent"}},
        (amount.clone()): {"name": "Montant"},
        "Sector": {"select": {"options": [{"name": "Wine"}, {"name": "Health"}, {"name": "Energy", "color": "red"}]}},
        "Notes": null,
    }});
    let (status, shown) = bench.patch(&path, change).await;
    assert_eq!(status, 200, "{shown}");
    let properties = &shown["properties"];
    assert_eq!(properties["Score"]["number"]["format"], "percent");
    assert_eq!((&properties["Montant"]["id"], properties.get("Amount")), (&json!(amount), None));
    assert_eq!(properties["Sector"]["select"]["options"][2]["color"], "red");
    assert!(properties.get("Notes").is_none());
    let row = &bench.deals.rows()[0];
    assert_eq!((row.get("Montant"), row.get("Sector")), (&json!(3), &json!("Wine")));

    for (change, message) in [
        (json!({"Nope": {"name": "x"}}), "Nope is not a property that exists."),
        (json!({"Name": null}), "Cannot delete title property."),
        (json!({"Gone": null}), "Gone is not a property that exists."),
        (
            json!({"Score": {"select": {"options": [{"name": "a,b"}]}}}),
            "Invalid select option, commas not allowed: a,b",
        ),
    ] {
        let (status, body) = bench.patch(&path, json!({"properties": change})).await;
        assert_eq!((status, refusal(&body)), (400, ("validation_error", message)));
    }
    let both = json!({"properties": {"Fresh": {"email": {}}, "Montant": null, "Name": null}});
    assert_eq!(bench.patch(&path, both).await.0, 400);
    assert!(bench.deals.property_id("Fresh").is_none(), "nothing of a refused change is done");
    assert_eq!(bench.deals.rows()[0].get("Montant"), &json!(3), "cells are still there");
    assert_eq!(bench.patch(&path, json!({"properties": {"Montant": {"rich_text": {}}}})).await.0, 200);
    assert_eq!(bench.deals.rows()[0].get("Montant"), &Value::Null, "emptied");
}

#[tokio::test]
async fn search_finds_data_sources_and_pages() {
    let bench = bench().await;
    bench.fill(3);
    bench.sim.database("Other").data_source("Contacts", [Property::title("Name")]);
    let search = async |body: Value| bench.post("search", body).await.1;
    let sources = search(json!({"filter": {"property": "object", "value": "data_source"}})).await;
    assert_eq!(
        (&sources["type"], sources["results"].as_array().unwrap().len()),
        (&json!("page_or_data_source"), 2)
    );
    assert_eq!(sources["results"][0]["object"], "data_source");
    let pages = search(json!({"filter": {"property": "object", "value": "page"}, "query": "deal 2"})).await;
    assert_eq!(pages["results"].as_array().unwrap().len(), 1);
    let first = search(json!({"page_size": 4})).await;
    let second = search(json!({"page_size": 4, "start_cursor": first["next_cursor"]})).await;
    assert_eq!((first["has_more"].clone(), second["results"].as_array().unwrap().len()), (json!(true), 1));
    let (status, body) =
        bench.post("search", json!({"filter": {"property": "object", "value": "database"}})).await;
    assert_eq!((status, refusal(&body).0), (400, "validation_error"));
}

#[tokio::test]
async fn property_ids_must_be_escaped_and_never_change() {
    let bench = bench().await;
    let names: Vec<String> = (0..40).map(|number| format!("P {number}")).collect();
    for name in &names {
        bench.deals.add_property(Property::new(name, T::Checkbox));
    }
    let ids: Vec<String> = names.iter().filter_map(|name| bench.deals.property_id(name)).collect();
    assert!(ids.iter().any(|id| id.contains('%')), "some have signs that must be escaped");
    let mut distinct = ids.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 40);
    bench.deals.rename_property("P 3", "Trois");
    assert_eq!(bench.deals.property_id("Trois").as_ref(), Some(&ids[3]));
    assert_eq!(Id::parse(&bench.deals.id().plain()), Some(bench.deals.id()));
}

//! What an integration is told of.

use reqwest::Method;
use sandbox::notion::{Property, PropertyType};
use serde_json::{Value, json};

use crate::client::{Bench, answer, bench};

/// Nobody answers there; what was sent is known all the same.
const ADDRESS: &str = "http://127.0.0.1:1/hooks";

impl Bench {
    /// The bodies of all messages, in the order they were sent.
    async fn told(&self) -> Vec<Value> {
        let sent = self.sim.courier().sent().await;
        sent.iter().map(|sent| serde_json::from_str(&sent.body).unwrap()).collect()
    }

    /// The type and the entity's id of the last message of so many.
    async fn last(&self, count: usize) -> (Value, Value) {
        let told = self.told().await;
        assert_eq!(told.len(), count, "{told:?}");
        (told[count - 1]["type"].clone(), told[count - 1]["entity"]["id"].clone())
    }

    async fn subscribed(&self) {
        self.sim.subscribe(ADDRESS);
        let told = self.told().await;
        assert!(self.sim.verify(told[0]["verification_token"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn every_change_is_told_once() {
    let bench = bench().await;
    bench.subscribed().await;
    let title = json!([{"text": {"content": "A"}}]);
    let (_, page) = bench.create(json!({"Name": {"title": title}})).await;
    let id = page["id"].clone();
    assert_eq!(bench.last(2).await, (json!("page.created"), id.clone()));
    let path = format!("pages/{}", id.as_str().unwrap());
    let change = json!({"properties": {"Amount": {"number": 3}, "Name": {"title": title}}});
    for _ in 0..2 {
        assert_eq!(bench.patch(&path, change.clone()).await.0, 200);
    }
    assert_eq!(bench.last(3).await, (json!("page.properties_updated"), id.clone()));
    let told = bench.told().await.remove(2);
    let amount = bench.deals.property_id("Amount").unwrap();
    assert_eq!(told["data"]["updated_properties"], json!([amount]));
    assert_eq!(told["data"]["parent"]["data_source_id"], json!(bench.deals.id()));
    assert_eq!(told["data"]["parent"]["id"], json!(bench.database.id()));
    assert_eq!(bench.patch(&path, json!({"in_trash": true})).await.0, 200);
    assert_eq!(bench.last(4).await, (json!("page.deleted"), id.clone()));
    assert_eq!(bench.patch(&path, change).await.0, 400, "refused");
    assert_eq!(bench.patch(&path, json!({"in_trash": false})).await.0, 200);
    assert_eq!(bench.last(5).await, (json!("page.undeleted"), id));
}

#[tokio::test]
async fn a_relation_is_told_on_both_sides() {
    let bench = bench().await;
    let other = bench.database.data_source("Others", [Property::title("Name")]);
    let there = PropertyType::Relation { source: bench.deals.id(), synced: Some("Others".to_owned()) };
    let back = PropertyType::Relation { source: other.id(), synced: Some("Deals".to_owned()) };
    other.add_property(Property::new("Deals", there));
    bench.deals.add_property(Property::new("Others", back));
    let one = bench.deals.insert([json!({"Name": "A"})]).unwrap().remove(0);
    let linked = other.insert([json!({"Name": "B"})]).unwrap().remove(0);
    bench.subscribed().await;
    bench.deals.set(one, &json!({"Others": [linked]})).unwrap();
    let mut told: Vec<String> = bench.told().await[1..]
        .iter()
        .map(|event| event["entity"]["id"].as_str().unwrap().to_owned())
        .collect();
    told.sort();
    let mut both = [one.to_string(), linked.to_string()];
    both.sort();
    assert_eq!(told, both);
}

#[tokio::test]
async fn a_schema_that_changes_is_told_with_what_changed() {
    let bench = bench().await;
    bench.subscribed().await;
    let path = format!("data_sources/{}", bench.deals.id());
    let change = json!({"properties": {"Notes": {"name": "Remarques"}, "Sector": null, "New": {"date": {}}}});
    let request = bench.request(Method::PATCH, &path).json(&change);
    assert_eq!(answer(request).await.0, 200);
    assert_eq!(bench.last(2).await, (json!("data_source.schema_updated"), json!(bench.deals.id())));
    let told = bench.told().await.remove(1);
    let updated = told["data"]["updated_properties"].as_array().unwrap();
    let actions: Vec<(&str, &str)> =
        updated.iter().map(|one| (one["name"].as_str().unwrap(), one["action"].as_str().unwrap())).collect();
    assert_eq!(actions, [("Sector", "deleted"), ("Remarques", "updated"), ("New", "created")]);
    let same = json!({"properties": {"Remarques": {"name": "Remarques"}}});
    assert_eq!(bench.patch(&path, same).await.0, 200);
    assert_eq!(bench.told().await.len(), 2);
}

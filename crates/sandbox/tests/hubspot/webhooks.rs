//! What a private app is told of: each change once, and nothing that did not happen.

use sandbox::hubspot::{Property, PropertyType};
use serde_json::{Value, json};

use crate::client::{Bench, bench};

/// Nobody answers there; what was sent is known all the same.
const ADDRESS: &str = "http://127.0.0.1:1/hooks";

impl Bench {
    /// The events of every message, in the order they happened.
    async fn told(&self) -> Vec<Value> {
        let sent = self.sim.courier().sent().await;
        let bodies = sent.iter().map(|sent| serde_json::from_str::<Vec<Value>>(&sent.body).unwrap());
        let mut events: Vec<Value> = bodies.flatten().collect();
        events.sort_by_key(|event| event["eventId"].as_u64());
        events
    }
}

/// These members of each event.
fn members(events: &[Value], names: &[&str]) -> Value {
    let each = events.iter().map(|event| names.iter().map(|name| event[*name].clone()).collect::<Value>());
    each.collect()
}

#[tokio::test]
async fn every_change_is_told_once() {
    let bench = bench().await;
    bench.sim.subscribe(ADDRESS, "deals");
    let objects = "/crm/v3/objects/deals";
    let (_, deal) = bench.post(objects, json!({"properties": {"dealname": "A", "amount": 1}})).await;
    let id = deal["id"].as_str().unwrap();
    let change = json!({"properties": {"dealname": "A", "amount": "", "dealtype": "newbusiness"}});
    let path = format!("{}{objects}/{id}", bench.sim.url());
    for _ in 0..2 {
        bench.http.patch(&path).bearer_auth(&bench.token).json(&change).send().await.unwrap();
        bench.http.delete(&path).bearer_auth(&bench.token).send().await.unwrap();
    }
    let number: u64 = id.parse().unwrap();
    let told = bench.told().await;
    let names = ["subscriptionType", "objectId", "propertyName", "propertyValue", "changeSource"];
    assert_eq!(
        members(&told, &names),
        json!([
            ["deal.creation", number, null, null, "INTEGRATION"],
            ["deal.propertyChange", number, "amount", "", "INTEGRATION"],
            ["deal.propertyChange", number, "dealtype", "newbusiness", "INTEGRATION"],
            ["deal.deletion", number, null, null, "INTEGRATION"],
        ])
    );
}

#[tokio::test]
async fn what_was_taken_back_is_not_told() {
    let bench = bench().await;
    let ids = bench.deals(1);
    bench.sim.subscribe(ADDRESS, "deals");
    let path = "/crm/v3/objects/deals/batch";
    let create = json!({"inputs": [{"properties": {"dealname": "A"}}, {"properties": {"nothing": "x"}}]});
    assert_eq!(bench.post(&format!("{path}/create"), create).await.0, 400);
    let input = |name: &str| json!({"id": ids[0], "properties": {name: "7"}});
    let update = json!({"inputs": [input("amount"), input("nothing")]});
    assert_eq!(bench.post(&format!("{path}/update"), update).await.0, 400);
    bench.sim.records("deals").set(&ids[0], &json!({"amount": "8"})).unwrap();
    let told = bench.told().await;
    assert_eq!(members(&told, &["propertyValue", "changeSource"]), json!([["8", "CRM_UI"]]));
}

#[tokio::test]
async fn types_of_the_accounts_own_are_told_by_their_id() {
    let bench = bench().await;
    let nom = Property::new("nom", "Nom", PropertyType::Text);
    let id = bench.sim.add_object("cuvees", "Cuvées", "nom", vec![nom]);
    bench.sim.subscribe(ADDRESS, &id);
    bench.sim.subscribe(ADDRESS, "nothing");
    let cuvee = bench.sim.records("cuvees").add([json!({"nom": "Sancerre"})]).unwrap().remove(0);
    let deal = bench.deals(1).remove(0);
    bench.sim.records("cuvees").link(&cuvee, "deals", &deal).unwrap();
    let (cuvee, deal): (u64, u64) = (cuvee.parse().unwrap(), deal.parse().unwrap());
    let told = bench.told().await;
    let creation = members(&told[..1], &["subscriptionType", "objectTypeId", "objectId"]);
    assert_eq!(creation, json!([["object.creation", id, cuvee]]));
    let link = members(&told[1..], &["subscriptionType", "fromObjectTypeId", "fromObjectId", "toObjectId"]);
    assert_eq!(link, json!([["object.associationChange", id, cuvee, deal]]));
}

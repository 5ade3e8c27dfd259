//! Creating, changing and archiving, whole and in part.

use sandbox::hubspot::{Pipeline, Property, PropertyType};
use serde_json::{Value, json};

use crate::client::{bench, ids};

fn new(mark: Option<&str>, properties: Value) -> Value {
    match mark {
        Some(mark) => json!({"properties": properties, "objectWriteTraceId": mark}),
        None => json!({ "properties": properties }),
    }
}

#[tokio::test]
async fn with_marks_records_fail_alone_and_without_all_of_them() {
    let bench = bench().await;
    let (path, deals) = ("/crm/v3/objects/deals/batch/create", bench.sim.records("deals"));
    let good = json!({"dealname": "A", "dealstage": "closedwon"});
    let bad = json!({"dealname": "B", "dealstage": "nowhere", "hs_object_id": "1", "nothing": "x"});
    let whole = json!({"inputs": [new(None, good.clone()), new(None, bad.clone())]});
    let (status, body) = bench.post(path, whole).await;
    assert_eq!((status, deals.ids().len()), (400, 0));
    let codes: Vec<&str> =
        body["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["INVALID_OPTION", "READ_ONLY_VALUE", "PROPERTY_DOESNT_EXIST"]);
    assert!(body["message"].as_str().unwrap().starts_with("Property values were not valid: [{"));

    let inputs = [new(Some("one"), good.clone()), new(Some("two"), bad), new(Some("three"), good.clone())];
    let (status, body) = bench.post(path, json!({ "inputs": inputs })).await;
    assert_eq!((status, &body["numErrors"]), (207, &json!(1)));
    assert_eq!(body["errors"][0]["context"], json!({"objectWriteTraceId": ["two"]}));
    let marks: Vec<&Value> =
        body["results"].as_array().unwrap().iter().map(|record| &record["objectWriteTraceId"]).collect();
    assert_eq!(marks, [&json!("three"), &json!("one")], "not in the order they were sent");
    assert_eq!(deals.ids().len(), 2);
    let twice = json!({"inputs": [new(Some("a"), good.clone()), new(Some("a"), good)]});
    assert_eq!(bench.post(path, twice).await.0, 400);
}

#[tokio::test]
async fn changes_to_what_is_gone_fail_alone() {
    let bench = bench().await;
    let (deals, path) = (bench.deals(3), "/crm/v3/objects/deals/batch/update");
    bench.sim.records("deals").delete(&deals[1]);
    let inputs: Vec<Value> =
        deals.iter().map(|id| json!({"id": id, "properties": {"amount": 7.5, "dealname": ""}})).collect();
    let (status, body) = bench.post(path, json!({ "inputs": inputs })).await;
    assert_eq!((status, ids(&body).len()), (207, 2));
    assert_eq!(body["errors"][0]["category"], "OBJECT_NOT_FOUND");
    assert_eq!(body["errors"][0]["context"], json!({"ids": [deals[1]]}));
    let stored = |name: &str| bench.sim.records("deals").get(&deals[0], name);
    assert_eq!((stored("amount"), stored("dealname")), (Some("7.5".to_owned()), None));
}

#[tokio::test]
async fn values_must_fit_their_types() {
    let bench = bench().await;
    let owner = bench.sim.add_owner("Camille", "Martin", "camille@example.com");
    let deals = bench.sim.records("deals");
    deals.add_property(Property::new("tags", "Tags", PropertyType::choices(&[("a", "A"), ("b", "B")])));
    bench
        .sim
        .change_pipelines(|pipelines| pipelines.push(Pipeline::new("p2", "Export", &[("s1", "Devis", 0.5)])));
    for (given, stored) in [
        (json!({"amount": "12.5"}), Some("12.5")),
        (json!({"amount": "douze"}), None),
        (json!({"closedate": "1714557600000"}), Some("2024-05-01T10:00:00.000Z")),
        (json!({"closedate": "demain"}), None),
        (json!({"tags": "b;a"}), Some("b;a")),
        (json!({"tags": "b;c"}), None),
        (json!({"hubspot_owner_id": owner}), Some(owner.as_str())),
        (json!({"hubspot_owner_id": "1"}), None),
        (json!({"dealstage": "s1"}), None),
        (json!({"dealstage": "s1", "pipeline": "p2"}), Some("s1")),
        (json!({"dealstage": ""}), None),
        (json!({"dealname": null}), None),
        (json!({"description": "x".repeat(65_537)}), None),
    ] {
        let (status, body) = bench.post("/crm/v3/objects/deals", json!({ "properties": given })).await;
        let name = given.as_object().unwrap().keys().next().unwrap();
        let told = body["properties"][name].as_str();
        assert_eq!((status, told), (if stored.is_some() { 201 } else { 400 }, stored), "{given}");
    }
}

#[tokio::test]
async fn contacts_are_known_by_their_address() {
    let bench = bench().await;
    let path = "/crm/v3/objects/contacts";
    let person = |email: &str| json!({"properties": {"email": email}});
    let (_, made) = bench.post(path, person("A@Example.com")).await;
    assert_eq!(made["properties"]["email"], "a@example.com");
    let (status, body) = bench.post(path, person("a@example.com")).await;
    assert_eq!((status, &body["category"]), (409, &json!("CONFLICT")));
    assert_eq!(bench.post(path, person("nobody")).await.1["errors"][0]["code"], "INVALID_EMAIL");
    let (status, body) = bench.post(path, json!({"properties": []})).await;
    assert_eq!(status, 400);
    assert!(body["message"].as_str().unwrap().starts_with("Invalid input JSON on line 1, column"));
}

#[tokio::test]
async fn a_record_is_found_by_a_value_of_its_own() {
    let bench = bench().await;
    let reference = Property::new("reference", "Référence", PropertyType::Text);
    bench.sim.records("deals").add_property(reference.unique());
    let path = "/crm/v3/objects/deals/batch/upsert";
    let deal = |key: &str, id: &str, amount: u32| json!({"id": id, "idProperty": key, "properties": {"amount": amount}, "objectWriteTraceId": id});
    let news = |body: &Value| {
        body["results"].as_array().unwrap().iter().map(|record| record["new"].clone()).collect::<Vec<_>>()
    };
    let (_, body) =
        bench.post(path, json!({"inputs": [deal("reference", "A", 1), deal("reference", "B", 2)]})).await;
    assert_eq!(news(&body), [true, true]);
    let (_, body) =
        bench.post(path, json!({"inputs": [deal("reference", "A", 3), deal("reference", "C", 4)]})).await;
    assert_eq!(news(&body), [true, false], "the last comes first");
    let deals = bench.sim.records("deals");
    let amounts: Vec<_> = deals.ids().iter().map(|id| deals.get(id, "amount").unwrap()).collect();
    assert_eq!(amounts, ["3", "2", "4"]);
    let (status, body) = bench.post(path, json!({"inputs": [deal("dealname", "A", 3)]})).await;
    assert_eq!((status, &body["numErrors"]), (207, &json!(1)));
}

#[tokio::test]
async fn a_new_record_comes_with_its_associations() {
    let bench = bench().await;
    let company = bench.sim.records("companies").add([json!({"name": "Cave"})]).unwrap().concat();
    let kinds = json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 341}]);
    let deal =
        json!({"properties": {"dealname": "A"}, "associations": [{"to": {"id": company}, "types": kinds}]});
    assert_eq!(bench.post("/crm/v3/objects/deals", deal).await.0, 201);
    let (_, body) = bench.get("/crm/v3/objects/companies?associations=deals").await;
    assert_eq!(
        body["results"][0]["associations"]["deals"]["results"][0]["type"],
        "company_to_deal_unlabeled"
    );
}

//! Writes: one by one, in collections, by external id.

use reqwest::Method;
use sandbox::salesforce::{Field, FieldType};
use serde_json::{Value, json};

use crate::client::{bench, deal, refused};

#[tokio::test]
async fn one_record_is_made_changed_read_and_deleted() {
    let at = bench().await;
    let (status, made) = at.send(Method::POST, "sobjects/Opportunity", &deal("Acme")).await;
    assert_eq!((status, &made["success"]), (201, &json!(true)));
    let path = format!("sobjects/Opportunity/{}", made["id"].as_str().unwrap());
    let changed = at.send(Method::PATCH, &path, &json!({"StageName": "Closed Won", "Amount": 12.5})).await;
    assert_eq!(changed, (204, json!("")));
    let (_, read) = at.get(&path).await;
    assert_eq!(
        (&read["Amount"], &read["Probability"], &read["IsWon"]),
        (&json!(12.5), &json!(100), &json!(true))
    );
    at.send(Method::PATCH, &path, &json!({"Amount": null})).await;
    assert_eq!(at.get(&path).await.1["Amount"], Value::Null);
    assert_eq!(at.send(Method::DELETE, &path, &json!({})).await.0, 204);
    assert_eq!(
        refused(at.send(Method::DELETE, &path, &json!({})).await),
        (404, "ENTITY_IS_DELETED".to_owned())
    );
    let again = at.send(Method::PATCH, &path, &json!({"Amount": 1})).await;
    assert_eq!(refused(again), (404, "ENTITY_IS_DELETED".to_owned()));
}

#[tokio::test]
async fn each_record_of_a_collection_is_for_itself() {
    let at = bench().await;
    let deals = at.sim.table("Opportunity");
    deals.demand("Description", "Décrivez l'affaire.");
    let with = |change: Value| {
        let mut record = deal("Acme");
        record["Description"] = json!("x");
        record.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        record
    };
    let codes = at
        .collection(
            Method::POST,
            "",
            vec![
                with(json!({})),
                with(json!({"CloseDate": null})),
                with(json!({"Name": "x".repeat(121)})),
                with(json!({"StageName": "Nulle part"})),
                with(json!({"AccountId": "001Q10000000001"})),
                with(json!({"AccountId": "nonsense"})),
                with(json!({"IsWon": true})),
                with(json!({"Description": ""})),
                with(json!({"Type": "Not of the list, which is not restricted"})),
            ],
        )
        .await;
    assert_eq!(
        codes,
        [
            Value::Null,
            json!("REQUIRED_FIELD_MISSING"),
            json!("STRING_TOO_LONG"),
            json!("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
            json!("INVALID_CROSS_REFERENCE_KEY"),
            json!("MALFORMED_ID"),
            json!("INVALID_FIELD_FOR_INSERT_UPDATE"),
            json!("FIELD_CUSTOM_VALIDATION_EXCEPTION"),
            Value::Null,
        ]
    );
    assert_eq!(deals.ids().len(), 2);
}

#[tokio::test]
async fn changes_find_records_gone_locked_or_frozen() {
    let at = bench().await;
    let deals = at.sim.table("Opportunity");
    let ids = deals.make((0..5).map(|number| deal(&format!("n° {number}"))));
    assert!(deals.delete(&ids[0]) && deals.purge(&ids[1]) && deals.lock(&ids[2], 1) && deals.freeze(&ids[3]));
    let changes = || ids.iter().map(|id| json!({"id": id, "Amount": 5})).collect::<Vec<_>>();
    let codes = at.collection(Method::PATCH, "", changes()).await;
    let [gone, never, locked, frozen] = [
        "ENTITY_IS_DELETED",
        "INVALID_CROSS_REFERENCE_KEY",
        "UNABLE_TO_LOCK_ROW",
        "INSUFFICIENT_ACCESS_OR_READONLY",
    ]
    .map(Value::from);
    assert_eq!(codes, [gone.clone(), never.clone(), locked, frozen.clone(), Value::Null]);
    assert_eq!(
        at.collection(Method::PATCH, "", changes()).await,
        [gone, never, Value::Null, frozen, Value::Null]
    );
    assert_eq!(deals.get(&ids[2], "Amount"), json!(5));
    let path = format!("composite/sobjects?allOrNone=false&ids={},{}", ids[0], ids[4]);
    let (_, deleted) = at.send(Method::DELETE, &path, &json!({})).await;
    assert_eq!((&deleted[0]["success"], &deleted[1]["success"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn a_key_makes_writing_repeatable() {
    let at = bench().await;
    let deals = at.sim.table("Opportunity");
    deals.add_field(Field::new("Key__c", "Key", FieldType::Text(64)).external_id().unique());
    let keyed = |key: &str, amount: u32| {
        let mut record = deal("Acme");
        (record["Key__c"], record["Amount"]) = (json!(key), json!(amount));
        record
    };
    for amount in [1, 2] {
        let codes = at
            .collection(Method::PATCH, "/Opportunity/Key__c", vec![keyed("a", amount), keyed("b", amount)])
            .await;
        assert_eq!(codes, [Value::Null, Value::Null]);
    }
    let ids = deals.ids();
    assert_eq!((ids.len(), deals.get(&ids[1], "Amount")), (2, json!(2)));
    let codes = at
        .collection(Method::PATCH, "/Opportunity/Key__c", vec![keyed("c", 1), keyed("c", 2), deal("x")])
        .await;
    assert_eq!(codes, [Value::Null, json!("DUPLICATE_VALUE"), json!("MISSING_ARGUMENT")]);
    assert_eq!(at.collection(Method::POST, "", vec![keyed("a", 1)]).await, ["DUPLICATE_VALUE"]);
    let body = json!({"records": []});
    let unknown = at.send(Method::PATCH, "composite/sobjects/Opportunity/Name", &body).await;
    assert_eq!(refused(unknown), (404, "NOT_FOUND".to_owned()));
    let mut one = deal("Acme");
    one["Amount"] = json!(9);
    let (status, made) = at.send(Method::PATCH, "sobjects/Opportunity/Key__c/é%2F1", &one).await;
    assert_eq!((status, &made["created"]), (201, &json!(true)));
    assert_eq!(at.send(Method::PATCH, "sobjects/Opportunity/Key__c/é%2F1", &one).await.0, 200);
}

#[tokio::test]
async fn what_is_malformed_refuses_the_whole() {
    let at = bench().await;
    let record = |key: &str, value: Value| {
        let mut record = deal("Acme");
        record["attributes"] = json!({"type": "Opportunity"});
        record[key] = value;
        json!({"allOrNone": false, "records": [record]})
    };
    for (body, code) in [
        (record("Nope", json!(1)), "INVALID_FIELD"),
        (record("Amount", json!("12")), "JSON_PARSER_ERROR"),
        (record("CloseDate", json!("28/03/2027")), "JSON_PARSER_ERROR"),
        (record("IsPrivate", json!(null)), "JSON_PARSER_ERROR"),
        (record("attributes", json!({"type": "Nothing"})), "INVALID_TYPE"),
        (
            json!({"records": vec![json!({"attributes": {"type": "Account"}}); 201]}),
            "INVALID_NUMBER_OF_RECORDS",
        ),
    ] {
        assert_eq!(
            refused(at.send(Method::POST, "composite/sobjects", &body).await),
            (400, code.to_owned()),
            "{code}"
        );
    }
    assert_eq!(at.send(Method::PUT, "composite/sobjects", &json!({})).await.0, 405);
    let text = at.request(Method::POST, "composite/sobjects").body("{}");
    assert_eq!(crate::client::answer(text).await.0, 415);
}

#[tokio::test]
async fn many_are_read_by_their_ids() {
    let at = bench().await;
    let deals = at.sim.table("Opportunity");
    let ids = deals.make([deal("Alpha"), deal("Béta")]);
    deals.delete(&ids[0]);
    let body = json!({"ids": ids, "fields": ["Name"]});
    let (_, read) = at.send(Method::POST, "composite/sobjects/Opportunity", &body).await;
    assert_eq!((&read[0], &read[1]["Name"]), (&Value::Null, &json!("Béta")));
}

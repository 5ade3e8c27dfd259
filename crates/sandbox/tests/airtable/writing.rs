//! Creating, changing, merging and deleting records.

use chrono::DateTime;
use sandbox::airtable::{Field, FieldType, Options};
use sandbox::{Clock, Kind};
use serde_json::{Value, json};
use std::time::Duration;

use crate::client::{BASE, bench, bench_with, kind};

#[tokio::test]
async fn one_record_or_up_to_ten_are_created_and_shown() {
    let bench = bench().await;
    let table = format!("{BASE}/Deals");
    let (status, one) = bench.post(&table, json!({"fields": {"Name": "A", "Amount": 1.5}})).await;
    assert_eq!(status, 200);
    assert_eq!(one["fields"], json!({"Name": "A", "Amount": 1.5, "Double": 3}));
    assert!(one["id"].as_str().unwrap().starts_with("rec"));
    let rows: Vec<Value> = (0..10).map(|number| json!({"fields": {"Name": number.to_string()}})).collect();
    let (status, ten) = bench.post(&table, json!({ "records": rows })).await;
    assert_eq!((status, ten["records"].as_array().unwrap().len()), (200, 10));
    assert_eq!(bench.deals.len(), 11);
    let name = bench.deals.field_id("Name").unwrap().to_string();
    let body = json!({"records": [{"fields": {name.as_str(): "By id"}}], "returnFieldsByFieldId": true});
    let (_, by_id) = bench.post(&table, body).await;
    assert_eq!(by_id["records"][0]["fields"][&name], "By id");
}

#[tokio::test]
async fn patch_merges_and_put_replaces() {
    let bench = bench().await;
    let ids = bench.fill(2);
    let table = format!("{BASE}/Deals");
    let body = json!({"records": [
        {"id": ids[0], "fields": {"Notes": "x"}}, {"id": ids[1], "fields": {"Amount": null}},
    ]});
    let (status, merged) = bench.patch(&table, body).await;
    assert_eq!(status, 200);
    assert_eq!(
        merged["records"][0]["fields"],
        json!({"Name": "Deal 0", "Amount": 1, "Notes": "x", "Double": 2})
    );
    assert_eq!(merged["records"][1]["fields"], json!({"Name": "Deal 1", "Double": 0}));
    let (_, replaced) =
        bench.put(&table, json!({"records": [{"id": ids[0], "fields": {"Notes": "y"}}]})).await;
    assert_eq!(replaced["records"][0]["fields"], json!({"Notes": "y", "Double": 0}));
    let one = format!("{table}/{}", ids[1]);
    let (_, single) = bench.patch(&one, json!({"fields": {"Amount": 4}})).await;
    assert_eq!(single["fields"], json!({"Name": "Deal 1", "Amount": 4, "Double": 8}));
    let (_, single) = bench.put(&one, json!({"fields": {"Name": "Z"}})).await;
    assert_eq!(single["fields"], json!({"Name": "Z", "Double": 0}));
}

#[tokio::test]
async fn a_batch_with_one_bad_record_writes_nothing() {
    let bench = bench().await;
    let ids = bench.fill(2);
    let table = format!("{BASE}/Deals");
    let before = bench.deals.records();
    let bad = [
        bench.post(&table, json!({"records": [{"fields": {"Name": "good"}}, {"fields": {"Amount": "bad"}}]})).await,
        bench
            .post(&table, json!({"typecast": true, "records": [{"fields": {"Status": "New"}}, {"fields": {"Nope": 1}}]}))
            .await,
        bench
            .patch(&table, json!({"records": [
                {"id": ids[0], "fields": {"Name": "changed"}}, {"id": ids[1], "fields": {"Status": "Nope"}},
            ]}))
            .await,
    ];
    assert_eq!(bad.map(|(status, _)| status), [422, 422, 422]);
    assert_eq!(bench.deals.records(), before);
    let (_, schema) = bench.get(&format!("meta/bases/{BASE}/tables")).await;
    assert_eq!(
        schema["tables"][0]["fields"][2]["options"]["choices"].as_array().unwrap().len(),
        3,
        "no new option"
    );
}

#[tokio::test]
async fn an_upsert_creates_updates_or_refuses() {
    let bench = bench().await;
    let ids = bench.fill(3);
    let table = format!("{BASE}/Deals");
    let upsert = |records: Value| json!({"performUpsert": {"fieldsToMergeOn": ["Name"]}, "records": records});
    let (status, body) = bench
        .patch(
            &table,
            upsert(json!([
                {"fields": {"Name": "Deal 1", "Amount": 50}},
                {"fields": {"Name": "Deal new"}},
                {"id": ids[2], "fields": {"Notes": "by id"}},
            ])),
        )
        .await;
    assert_eq!(status, 200, "{body}");
    let new = body["records"][1]["id"].clone();
    assert_eq!(body["createdRecords"], json!([new]));
    assert_eq!(body["updatedRecords"], json!([ids[1], ids[2]]));
    assert_eq!(body["records"][0]["fields"], json!({"Name": "Deal 1", "Amount": 50, "Double": 100}));
    assert_eq!(bench.deals.len(), 4);
    assert_eq!(bench.sim.log().count(Kind::Upsert), 1);
    let (_, put) = bench.put(&table, upsert(json!([{"fields": {"Name": "Deal 1"}}]))).await;
    assert_eq!(put["records"][0]["fields"], json!({"Name": "Deal 1", "Double": 0}));

    bench.deals.insert([json!({"Name": "Deal 1"})]).unwrap();
    let before = bench.deals.records();
    let merging_on = |fields: Value| json!({"performUpsert": {"fieldsToMergeOn": fields}, "records": [{"fields": {"Name": "Deal 0", "Double": 1}}]});
    let refused = [
        ("two match", upsert(json!([{"fields": {"Name": "fresh"}}, {"fields": {"Name": "Deal 1"}}]))),
        ("a key is missing", upsert(json!([{"fields": {"Notes": "x"}}]))),
        ("the id is unknown", upsert(json!([{"id": "recXXXXXXXXXXXXXX", "fields": {}}]))),
        ("four keys", merging_on(json!(["Name", "Amount", "Status", "Notes"]))),
        ("no key", merging_on(json!([]))),
        ("a computed key", merging_on(json!(["Double"]))),
        ("an unknown key", merging_on(json!(["Nope"]))),
        ("a currency key", merging_on(json!(["Amount"]))),
    ];
    for (name, body) in refused {
        assert_eq!(bench.patch(&table, body).await.0, 422, "{name}");
    }
    assert_eq!(bench.deals.records(), before);
}

#[tokio::test]
async fn records_are_deleted_one_or_ten_at_a_time() {
    let bench = bench().await;
    let ids = bench.fill(14);
    let table = format!("{BASE}/Deals");
    let (status, one) = bench.delete(&format!("{table}/{}", ids[0])).await;
    assert_eq!((status, one), (200, json!({"id": ids[0], "deleted": true})));
    let query = |ids: &[String]| {
        format!("{table}?{}", ids.iter().map(|id| format!("records[]={id}")).collect::<Vec<_>>().join("&"))
    };
    let (status, body) = bench.delete(&query(&ids[1..12])).await;
    assert_eq!((status, kind(&body)), (422, "INVALID_RECORDS"));
    let (status, some) = bench.delete(&query(&ids[1..11])).await;
    assert_eq!((status, some["records"].as_array().unwrap().len()), (200, 10));
    assert_eq!(some["records"][0], json!({"id": ids[1], "deleted": true}));
    let (status, body) = bench.delete(&query(&ids[10..12])).await;
    assert_eq!((status, kind(&body)), (422, "ROW_DOES_NOT_EXIST"), "one is gone already");
    assert_eq!(bench.deals.len(), 3);
}

#[tokio::test]
async fn modification_times_follow_changes_and_nothing_else() {
    let clock = Clock::manual(DateTime::from_timestamp_millis(1_700_000_000_123).unwrap());
    let bench = bench_with(Options { clock: clock.clone(), ..Options::unlimited() }).await;
    let amount = bench.deals.field_id("Amount").unwrap();
    bench.deals.add_field(Field::new("Modified", FieldType::last_modified_time()));
    bench.deals.add_field(Field::new("Amount modified", FieldType::LastModifiedTime { of: vec![amount] }));
    let id = bench.fill(1).remove(0);
    let path = format!("{BASE}/Deals/{id}");
    let times = async || {
        let (_, body) = bench.get(&path).await;
        (body["fields"]["Modified"].clone(), body["fields"]["Amount modified"].clone())
    };
    let created = json!("2023-11-14T22:13:20.123Z");
    assert_eq!(times().await, (created.clone(), created.clone()));
    clock.advance(Duration::from_secs(1));
    bench.patch(&path, json!({"fields": {"Name": "Deal 0", "Amount": 1}})).await;
    assert_eq!(times().await.0, created, "the same values are no change");
    bench.patch(&path, json!({"fields": {"Notes": "x"}})).await;
    let later = json!("2023-11-14T22:13:21.123Z");
    assert_eq!(times().await, (later.clone(), created));
    clock.advance(Duration::from_millis(1));
    bench.patch(&path, json!({"fields": {"Amount": 2}})).await;
    let last = json!("2023-11-14T22:13:21.124Z");
    assert_eq!(times().await, (last.clone(), last));
    let formula = "IS_AFTER(LAST_MODIFIED_TIME(), '2023-11-14T22:13:21.123Z')";
    assert_eq!(bench.list(&[("filterByFormula", formula)]).await["records"].as_array().unwrap().len(), 1);
    let formula = "IS_AFTER({Modified}, '2023-11-14T22:13:21.124Z')";
    assert_eq!(bench.list(&[("filterByFormula", formula)]).await["records"], json!([]));
}

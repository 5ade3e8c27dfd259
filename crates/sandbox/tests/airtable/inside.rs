//! The handles: what a test can do behind the API's back.

use chrono::DateTime;
use sandbox::airtable::{FieldType as T, Id};
use serde_json::{Value, json};

use crate::client::{BASE, bench, names};

#[tokio::test]
async fn tables_and_fields_are_renamed_and_deleted_behind_the_clients_back() {
    let bench = bench().await;
    bench.fill(1);
    let id = bench.deals.id();
    bench.deals.rename("Affaires");
    assert_eq!(bench.get(&format!("{BASE}/Deals")).await.0, 403);
    assert_eq!(bench.get(&format!("{BASE}/Affaires")).await.0, 200);
    assert_eq!(bench.get(&format!("{BASE}/{id}")).await.0, 200);
    assert!(bench.deals.delete_field("Amount"));
    assert!(!bench.deals.delete_field("Amount"));
    let (_, page) = bench.get(&format!("{BASE}/{id}")).await;
    assert_eq!(page["records"][0]["fields"], json!({"Name": "Deal 0", "Double": {"error": "#ERROR!"}}));
    bench.base.delete_table("Affaires");
    assert_eq!(bench.get(&format!("{BASE}/{id}")).await.0, 403);
    assert_eq!((bench.deals.len(), bench.deals.records()), (0, vec![]));
    bench.sim.remove_base(bench.base.id());
    assert_eq!(bench.get(&format!("meta/bases/{BASE}/tables")).await.0, 403);
}

#[tokio::test]
async fn a_retyped_field_keeps_what_fits() {
    let bench = bench().await;
    bench.deals.insert([json!({"Notes": "12.5"}), json!({"Notes": "text"}), json!({})]).unwrap();
    assert!(bench.deals.retype("Notes", T::Number { precision: 2 }));
    let values: Vec<Value> = bench.deals.records().iter().map(|row| row.get("Notes").clone()).collect();
    assert_eq!(values, [json!(12.5), Value::Null, Value::Null]);
    let (_, schema) = bench.get(&format!("meta/bases/{BASE}/tables")).await;
    assert_eq!(schema["tables"][0]["fields"][3]["type"], "number");
    assert!(!bench.deals.retype("Nope", T::Email));
}

#[tokio::test]
async fn records_are_read_set_and_deleted_directly() {
    let bench = bench().await;
    let id = Id::named(*b"rec", "one");
    bench.deals.insert_as(id, &json!({"Name": "A", "Status": "Brand new"})).unwrap();
    assert_eq!(id, Id::named(*b"rec", "one"));
    bench.deals.set(id, &json!({"Amount": 3})).unwrap();
    let row = bench.deals.record(id).unwrap();
    assert_eq!(json!(row.fields), json!({"Name": "A", "Status": "Brand new", "Amount": 3, "Double": 6}));
    assert_eq!(bench.sim.records(BASE, "Deals"), vec![row]);
    assert!(bench.sim.records("appXXXXXXXXXXXXXX", "Deals").is_empty());
    assert!(bench.deals.insert([json!({"Nope": 1})]).is_err());
    assert!(bench.deals.insert([json!({"Double": 1})]).is_err());
    assert!(bench.deals.delete(id) && !bench.deals.delete(id));
    assert_eq!(bench.deals.set(id, &json!({})).unwrap_err().status, 404);
    bench.fill(3);
    bench.deals.clear();
    assert!(bench.deals.is_empty());
}

#[tokio::test]
async fn a_change_can_be_dated() {
    let bench = bench().await;
    let ids = bench.deals.insert([json!({"Name": "old"}), json!({"Name": "future"})]).unwrap();
    bench.deals.backdate(ids[0], DateTime::UNIX_EPOCH);
    bench.deals.backdate(ids[1], DateTime::from_timestamp(4_000_000_000, 0).unwrap());
    let old = bench.list(&[("filterByFormula", "IS_BEFORE(LAST_MODIFIED_TIME(), '1971-01-01')")]).await;
    assert_eq!(names(&old), ["old"]);
    let future = bench.list(&[("filterByFormula", "IS_AFTER(LAST_MODIFIED_TIME(), '2090-01-01')")]).await;
    assert_eq!(names(&future), ["future"]);
}

#[tokio::test]
async fn base_ids_must_have_the_form_of_ids() {
    let bench = bench().await;
    for bad in ["", "app", "appTooShort", "tblTestTestTest00", "appTestTestTest0é"] {
        assert!(bench.sim.base(bad, "x").is_err(), "{bad}");
    }
    assert_eq!(
        bench.sim.base(BASE, "again").unwrap().find("Deals").map(|table| table.id()),
        Some(bench.deals.id())
    );
}

#[tokio::test]
async fn the_same_calls_give_the_same_ids() {
    let (one, two) = (bench().await, bench().await);
    assert_eq!(one.fill(5), two.fill(5));
    assert_eq!(one.deals.field_id("Amount"), two.deals.field_id("Amount"));
}

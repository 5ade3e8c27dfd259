//! The handles: what a test can do behind the API's back.

use chrono::DateTime;
use sandbox::notion::{Choice, Group, Id, Property, PropertyType as T};
use serde_json::{Value, json};

use crate::client::{bench, names};

#[tokio::test]
async fn properties_are_added_renamed_retyped_and_removed() {
    let bench = bench().await;
    bench.deals.insert([json!({"Name": "A", "Notes": "12"}), json!({"Name": "B", "Notes": "Wine"})]).unwrap();
    let id = bench.deals.property_id("Notes").unwrap();
    assert!(bench.deals.rename_property("Notes", "Remarks"));
    assert!(bench.deals.retype("Remarks", &T::select(&[])));
    let (_, schema) = bench.get(&format!("data_sources/{}", bench.deals.id())).await;
    assert_eq!(
        (&schema["properties"]["Remarks"]["type"], &schema["properties"]["Remarks"]["id"]),
        (&json!("select"), &json!(id))
    );
    assert_eq!(bench.deals.rows()[1].get("Remarks"), "Wine");
    assert!(bench.deals.retype("Remarks", &T::Date));
    assert_eq!(bench.deals.rows()[1].get("Remarks"), &Value::Null, "does not fit");
    assert!(bench.deals.remove_property("Remarks") && !bench.deals.remove_property("Remarks"));
    assert!(!bench.deals.remove_property("Name"), "the title stays");
    assert!(!bench.deals.rename_property("Nope", "x") && !bench.deals.retype("Nope", &T::Date));
    assert!(bench.deals.add_property(Property::new("Fresh", T::Email)).is_some());
}

#[tokio::test]
async fn options_are_added_and_renamed() {
    let bench = bench().await;
    bench.deals.insert([json!({"Name": "A", "Status": "Won"})]).unwrap();
    assert!(bench.deals.add_option("Status", Choice::new("Paid").color("green").group(Group::Complete)));
    assert!(bench.deals.rename_option("Status", "Won", "Gagné"));
    assert_eq!(bench.deals.rows()[0].get("Status"), "Gagné");
    assert!(
        !bench.deals.rename_option("Status", "Nope", "x")
            && !bench.deals.add_option("Name", Choice::new("x"))
    );
}

#[tokio::test]
async fn rows_are_read_set_and_deleted_directly() {
    let bench = bench().await;
    let id = Id::named("one");
    bench.deals.insert_as(id, &json!({"Name": "A", "Amount": 3})).unwrap();
    bench.deals.set(id, &json!({"Amount": 4, "Sector": "Brand new"})).unwrap();
    let row = bench.deals.row(id).unwrap();
    assert_eq!(
        (row.get("Name"), row.get("Amount"), row.get("Sector")),
        (&json!("A"), &json!(4), &json!("Brand new"))
    );
    assert_eq!(row.page["object"], "page");
    assert_eq!(bench.sim.rows(bench.deals.id()), vec![row]);
    assert!(bench.deals.insert([json!({"Nope": 1})]).is_err());
    assert_eq!(bench.deals.set(Id::named("two"), &json!({})).unwrap_err().status, 404);
    assert!(bench.deals.set_trashed(id, true) && bench.deals.is_empty());
    assert!(bench.deals.all()[0].in_trash);
    assert!(bench.deals.delete(id) && !bench.deals.delete(id));
    bench.fill(3);
    bench.deals.clear();
    assert!(bench.deals.all().is_empty());
}

#[tokio::test]
async fn rows_can_be_dated() {
    let bench = bench().await;
    let ids = bench.deals.insert([json!({"Name": "old"}), json!({"Name": "future"})]).unwrap();
    let (old, future) = (DateTime::UNIX_EPOCH, DateTime::from_timestamp(4_000_000_000, 0).unwrap());
    bench.deals.backdate(ids[0], old, old);
    bench.deals.backdate(ids[1], old, future);
    let edited = |test: Value| json!({"filter": {"timestamp": "last_edited_time", "last_edited_time": test}});
    assert_eq!(names(&bench.query(edited(json!({"before": "1971-01-01"}))).await), ["old"]);
    assert_eq!(names(&bench.query(edited(json!({"after": "2090-01-01"}))).await), ["future"]);
}

#[tokio::test]
async fn databases_and_data_sources_are_found_renamed_trashed_and_removed() {
    let bench = bench().await;
    assert_eq!(bench.sim.database("CRM").find("Deals").map(|source| source.id()), Some(bench.deals.id()));
    bench.deals.rename("Affaires");
    bench.database.rename("Ventes");
    let path = format!("databases/{}", bench.database.id());
    let (_, shown) = bench.get(&path).await;
    assert_eq!(
        (&shown["title"][0]["plain_text"], &shown["data_sources"][0]["name"]),
        (&json!("Ventes"), &json!("Affaires"))
    );
    bench.database.set_trashed(true);
    assert_eq!(bench.get(&path).await.1["in_trash"], true);
    bench.sim.remove_database(bench.database.id());
    assert_eq!(bench.get(&path).await.0, 404);
    assert!(bench.deals.rows().is_empty() && bench.sim.data_source(bench.deals.id()).is_none());
    assert_eq!(bench.deals.insert([json!({"Name": "x"})]).unwrap_err().status, 404);
}

#[tokio::test]
async fn the_same_calls_give_the_same_ids() {
    let (one, two) = (bench().await, bench().await);
    assert_eq!(one.fill(5), two.fill(5));
    assert_eq!(one.deals.property_id("Amount"), two.deals.property_id("Amount"));
    assert_eq!((one.database.id(), one.deals.id()), (two.database.id(), two.deals.id()));
}

#[test]
fn ids_are_uuids_with_or_without_dashes() {
    let id = Id::named("x");
    assert_eq!(Id::parse(&id.to_string()), Some(id));
    assert_eq!(Id::parse(&id.plain().to_uppercase()), Some(id));
    for bad in ["", "x", "0123456789abcdef0123456789abcde", "0123-456789abcdef0123456789abcdef0123", "é"] {
        assert_eq!(Id::parse(bad), None, "{bad}");
    }
}

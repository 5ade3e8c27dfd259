//! Links between tables, and the fields computed over them.

use sandbox::airtable::{Field, FieldType as T, Table};
use serde_json::{Value, json};

use crate::client::{BASE, Bench, bench, kind};

/// Deals linked to clients, with a lookup, a rollup and a count on the deals.
async fn linked() -> (Bench, Table) {
    let bench = bench().await;
    let clients =
        bench.base.table("Clients", [Field::text("Name"), Field::new("Size", T::Number { precision: 0 })]);
    bench.deals.add_field(Field::new("Client", T::link_to(clients.id())));
    let link = bench.deals.field_id("Client").unwrap();
    let target = clients.field_id("Size").unwrap();
    for (name, kind) in [
        ("Sizes", T::MultipleLookupValues { link, target }),
        ("Total", T::Rollup { link, target, source: "SUM(values)".into() }),
        ("Largest", T::Rollup { link, target, source: "MAX(values)".into() }),
        ("Clients", T::Count { link }),
        ("Label", T::formula("{Name} & ' / ' & {Client}")),
    ] {
        bench.deals.add_field(Field::new(name, kind));
    }
    (bench, clients)
}

fn column(table: &Table, field: &str) -> Vec<Value> {
    table.records().iter().map(|row| row.get(field).clone()).collect()
}

#[tokio::test]
async fn both_sides_of_a_link_agree() {
    let (bench, clients) = linked().await;
    let ids = clients.insert([json!({"Name": "Ève"}), json!({"Name": "Zoé"})]).unwrap();
    let (_, deal) =
        bench.post(&format!("{BASE}/Deals"), json!({"fields": {"Name": "A", "Client": ids}})).await;
    assert_eq!(deal["fields"]["Client"], json!(ids));
    assert_eq!(column(&clients, "Deals"), [json!([deal["id"]]), json!([deal["id"]])]);
    // Writing replaces the whole array.
    let path = format!("{BASE}/Deals/{}", deal["id"].as_str().unwrap());
    bench.patch(&path, json!({"fields": {"Client": [ids[1]]}})).await;
    assert_eq!(column(&clients, "Deals"), [Value::Null, json!([deal["id"]])]);
    // From the other side.
    bench.patch(&format!("{BASE}/Clients/{}", ids[0]), json!({"fields": {"Deals": [deal["id"]]}})).await;
    assert_eq!(column(&bench.deals, "Client"), [json!([ids[1], ids[0]])]);
    // Deleting either end.
    clients.delete(ids[1]);
    assert_eq!(column(&bench.deals, "Client"), [json!([ids[0]])]);
    bench.delete(&path).await;
    assert_eq!(column(&clients, "Deals"), [Value::Null]);
}

#[tokio::test]
async fn links_take_ids_of_records_that_exist() {
    let (bench, clients) = linked().await;
    let id = clients.insert([json!({"Name": "Ève"})]).unwrap()[0];
    let write = async |value: Value, typecast: bool| {
        let body = json!({"fields": {"Client": value}, "typecast": typecast});
        let (status, body) = bench.post(&format!("{BASE}/Deals"), body).await;
        if status == 200 { Ok(body["fields"]["Client"].clone()) } else { Err(kind(&body).to_owned()) }
    };
    assert_eq!(write(json!([id]), false).await, Ok(json!([id])));
    assert_eq!(write(json!([id, id]), false).await, Ok(json!([id])));
    assert_eq!(write(json!([]), false).await, Ok(Value::Null));
    assert_eq!(write(json!(["recXXXXXXXXXXXXXX"]), false).await, Err("ROW_DOES_NOT_EXIST".into()));
    for bad in [json!(id), json!(["Ève"]), json!([1]), json!({ "id": id })] {
        assert_eq!(write(bad.clone(), false).await, Err("INVALID_VALUE_FOR_COLUMN".into()), "{bad}");
    }
    assert_eq!(write(json!(["Ève"]), true).await, Ok(json!([id])));
    assert_eq!(write(json!("Ève"), true).await, Ok(json!([id])));
    let made = write(json!(["Inconnue"]), true).await.unwrap();
    assert_eq!(clients.records().last().map(|row| json!([row.id])), Some(made));
    assert_eq!(column(&clients, "Name"), ["Ève", "Inconnue"]);
}

#[tokio::test]
async fn lookups_rollups_and_counts_follow_the_linked_records() {
    let (bench, clients) = linked().await;
    let ids = clients
        .insert([
            json!({"Name": "Ève", "Size": 10}),
            json!({"Name": "Zoé", "Size": 5}),
            json!({"Name": "Nul"}),
        ])
        .unwrap();
    bench.deals.insert([json!({"Name": "A", "Client": ids}), json!({"Name": "B"})]).unwrap();
    let shown = async |at: usize| bench.list(&[]).await["records"][at]["fields"].clone();
    let first = shown(0).await;
    assert_eq!(first["Sizes"], json!([10, 5]));
    assert_eq!((&first["Total"], &first["Largest"], &first["Clients"]), (&json!(15), &json!(10), &json!(3)));
    assert_eq!(first["Label"], "A / Ève, Zoé, Nul");
    clients.set(ids[1], &json!({"Size": 7, "Name": "Zoë"})).unwrap();
    let first = shown(0).await;
    assert_eq!(
        (&first["Sizes"], &first["Total"], &first["Label"]),
        (&json!([10, 7]), &json!(17), &json!("A / Ève, Zoë, Nul"))
    );
    let second = shown(1).await;
    assert_eq!((second.get("Sizes"), &second["Total"], &second["Clients"]), (None, &json!(0), &json!(0)));
    assert_eq!(
        bench.list(&[("filterByFormula", "{Sizes}=''")]).await["records"].as_array().unwrap().len(),
        1
    );
    assert_eq!(
        bench.list(&[("filterByFormula", "FIND('Zoë', {Client})")]).await["records"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn deleting_a_link_field_deletes_its_other_side() {
    let (bench, clients) = linked().await;
    assert!(clients.field_id("Deals").is_some());
    bench.deals.delete_field("Client");
    assert!(clients.field_id("Deals").is_none());
    bench.fill(1);
    assert_eq!(bench.deals.records()[0].get("Label"), &json!({"error": "#ERROR!"}));
}

#[tokio::test]
async fn a_table_may_be_linked_to_itself() {
    let bench = bench().await;
    bench.deals.add_field(Field::new("Parent", T::link_to(bench.deals.id())));
    let parent = bench.deals.insert([json!({"Name": "parent"})]).unwrap()[0];
    bench.deals.insert([json!({"Name": "child", "Parent": [parent]})]).unwrap();
    assert_eq!(column(&bench.deals, "Parent"), [Value::Null, json!([parent])]);
    bench.deals.delete(parent);
    assert_eq!(column(&bench.deals, "Parent"), [Value::Null]);
}

//! The schema endpoints, and that they agree with the records.

use sandbox::Kind;
use sandbox::airtable::Field;
use serde_json::{Value, json};

use crate::client::{BASE, bench, kind};

#[tokio::test]
async fn the_schema_tells_fields_types_and_options() {
    let bench = bench().await;
    bench.deals.add_field(Field::text("Described").describe("What for"));
    let (status, schema) = bench.get(&format!("meta/bases/{BASE}/tables")).await;
    assert_eq!(status, 200);
    let table = &schema["tables"][0];
    assert_eq!((&table["name"], &table["primaryFieldId"]), (&json!("Deals"), &table["fields"][0]["id"]));
    assert_eq!(table["views"][0]["type"], "grid");
    assert!(table.get("description").is_none());
    let fields = table["fields"].as_array().unwrap();
    let names: Vec<&Value> = fields.iter().map(|field| &field["name"]).collect();
    assert_eq!(names, ["Name", "Amount", "Status", "Notes", "Double", "Described"]);
    assert!(fields[0].get("options").is_none() && fields[0].get("description").is_none());
    assert_eq!(fields[1]["options"], json!({"precision": 2, "symbol": "€"}));
    assert_eq!(fields[2]["options"]["choices"][1]["name"], "Won");
    assert_eq!(fields[4]["options"]["formula"], format!("{{{}}} * 2", fields[1]["id"].as_str().unwrap()));
    assert_eq!(fields[4]["options"]["referencedFieldIds"], json!([fields[1]["id"]]));
    assert_eq!(fields[5]["description"], "What for");
}

#[tokio::test]
async fn tables_are_created_with_their_fields() {
    let bench = bench().await;
    let path = format!("meta/bases/{BASE}/tables");
    let choices = json!({"choices": [{"name": "A", "color": "redBright"}, {"name": "B"}]});
    let date = json!({"dateFormat": {"name": "iso"}});
    let moment = json!({"dateFormat": {"name": "us"}, "timeFormat": {"name": "24hour"}, "timeZone": "utc"});
    let fields = json!([
        {"name": "Nom", "type": "singleLineText", "description": "Principal"},
        {"name": "Mail", "type": "email"}, {"name": "Web", "type": "url"}, {"name": "Tel", "type": "phoneNumber"},
        {"name": "Long", "type": "multilineText"}, {"name": "Riche", "type": "richText"},
        {"name": "Nombre", "type": "number", "options": {"precision": 8}},
        {"name": "Prix", "type": "currency", "options": {"precision": 7, "symbol": "€"}},
        {"name": "Part", "type": "percent", "options": {"precision": 0}},
        {"name": "Durée", "type": "duration", "options": {"durationFormat": "h:mm"}},
        {"name": "Note", "type": "rating", "options": {"max": 10, "icon": "star", "color": "yellowBright"}},
        {"name": "Fait", "type": "checkbox", "options": {"icon": "check", "color": "greenBright"}},
        {"name": "Jour", "type": "date", "options": date}, {"name": "Instant", "type": "dateTime", "options": moment},
        {"name": "Choix", "type": "singleSelect", "options": choices},
        {"name": "Plusieurs", "type": "multipleSelects", "options": choices},
        {"name": "Qui", "type": "singleCollaborator"}, {"name": "Eux", "type": "multipleCollaborators"},
        {"name": "Lien", "type": "multipleRecordLinks", "options": {"linkedTableId": bench.deals.id()}},
        {"name": "Fichiers", "type": "multipleAttachments"}, {"name": "Code", "type": "barcode"},
    ]);
    let (status, table) =
        bench.post(&path, json!({"name": "Projets", "description": "Suivi", "fields": fields})).await;
    assert_eq!(status, 200, "{table}");
    assert_eq!((&table["description"], table["fields"].as_array().unwrap().len()), (&json!("Suivi"), 21));
    assert_eq!(table["fields"][14]["options"]["choices"][0]["color"], "redBright");
    let inverse = &table["fields"][18]["options"]["inverseLinkFieldId"];
    assert_eq!(bench.deals.field_id("Projets").map(|id| json!(id)).as_ref(), Some(inverse));
    assert_eq!(
        bench.post(&format!("{BASE}/Projets"), json!({"fields": {"Nom": "P", "Choix": "A"}})).await.0,
        200
    );
    assert_eq!(bench.sim.log().count(Kind::Define), 1);
}

#[tokio::test]
async fn bad_tables_and_fields_are_refused_and_nothing_is_made() {
    let bench = bench().await;
    let tables = format!("meta/bases/{BASE}/tables");
    let fields = format!("{tables}/Deals/fields");
    let table = |fields: Value| json!({"name": "New", "fields": fields});
    let field = |kind: &str, options: Value| json!({"name": "New", "type": kind, "options": options});
    let options = "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE";
    let unsupported = "UNSUPPORTED_FIELD_TYPE_FOR_CREATE";
    let cases = [
        (&tables, json!({"fields": []}), "INVALID_REQUEST_UNKNOWN"),
        (&tables, table(json!([])), "INVALID_REQUEST_UNKNOWN"),
        (
            &tables,
            json!({"name": "Deals", "fields": [{"name": "A", "type": "email"}]}),
            "DUPLICATE_TABLE_NAME",
        ),
        (
            &tables,
            table(json!([{"name": "A", "type": "email"}, {"name": "A", "type": "url"}])),
            "DUPLICATE_OR_EMPTY_FIELD_NAME",
        ),
        (
            &tables,
            table(json!([{"name": "A", "type": "email"}, {"name": "B", "type": "createdTime"}])),
            unsupported,
        ),
        (&fields, json!({"name": "Name", "type": "email"}), "DUPLICATE_OR_EMPTY_FIELD_NAME"),
        (&fields, json!({"name": "", "type": "email"}), "DUPLICATE_OR_EMPTY_FIELD_NAME"),
        (&fields, json!({"name": "New"}), "INVALID_REQUEST_UNKNOWN"),
        (&fields, field("formula", json!({"formula": "1"})), unsupported),
        (&fields, field("autoNumber", json!(null)), unsupported),
        (&fields, field("number", json!(null)), options),
        (&fields, field("number", json!({"precision": 9})), options),
        (&fields, field("currency", json!({"precision": 2})), options),
        (&fields, field("currency", json!({"precision": 8, "symbol": "€"})), options),
        (&fields, field("rating", json!({"max": 11})), options),
        (&fields, field("duration", json!({})), options),
        (&fields, field("date", json!({})), options),
        (&fields, field("dateTime", json!({"timeZone": "utc"})), options),
        (&fields, field("singleSelect", json!({})), options),
        (&fields, field("singleSelect", json!({"choices": [{"name": "A"}, {"name": "A"}]})), options),
        (&fields, field("multipleRecordLinks", json!({})), options),
        (&fields, field("multipleRecordLinks", json!({"linkedTableId": "tblXXXXXXXXXXXXXX"})), options),
    ];
    let before = bench.get(&tables).await;
    for (path, body, refusal) in cases {
        let (status, answer) = bench.post(path, body.clone()).await;
        assert_eq!((status, kind(&answer)), (422, refusal), "{body}");
    }
    assert_eq!(bench.get(&tables).await, before);
}

#[tokio::test]
async fn fields_are_renamed_but_keep_their_type() {
    let bench = bench().await;
    bench.fill(1);
    let amount = bench.deals.field_id("Amount").unwrap();
    let path = format!("meta/bases/{BASE}/tables/{}/fields/{amount}", bench.deals.id());
    let (status, field) = bench.patch(&path, json!({"name": "Montant", "description": "HT"})).await;
    assert_eq!((status, &field["name"], &field["description"]), (200, &json!("Montant"), &json!("HT")));
    let record = bench.list(&[]).await["records"][0]["fields"].clone();
    assert_eq!((&record["Montant"], &record["Double"]), (&json!(1), &json!(2)), "the formula follows");
    for bad in [json!({"type": "email"}), json!({}), json!({"name": "Name"}), json!({"name": ""})] {
        assert_eq!(bench.patch(&path, bad.clone()).await.0, 422, "{bad}");
    }
    assert_eq!(bench.patch(&path.replace("fields/fld", "fields/xxx"), json!({"name": "X"})).await.0, 403);
}

//! Every field type of Airtable, both ways; envelopes of refusals; addresses.

use std::sync::Arc;

use chrono::NaiveDate;
use model::{Text, Value, ValueKind};
use serde_json::{Value as Json, json};
use url::Url;

use super::cell::{Cell, RawRecord};
use super::query::Query;
use super::schema::{Column, RawTables, Table};
use super::{decode, encode, moment, refusal, schema};

/// The column of a table whose description is written by hand.
fn column(native_type: &str, options: &Json) -> Column {
    let mut field = json!({"id": "fldAAAAAAAAAAAAAA", "name": "Field", "type": native_type});
    if !options.is_null() {
        field["options"] = options.clone();
    }
    table(&json!([field])).columns[0].clone()
}

fn table(fields: &Json) -> Arc<Table> {
    let tables = json!({"tables": [{"id": "tblAAAAAAAAAAAAAA", "name": "T", "primaryFieldId": "fldAAAAAAAAAAAAAA",
        "fields": fields, "views": []}]});
    serde_json::from_value::<RawTables>(tables).expect("a schema").parse().remove(0)
}

fn read(column: &Column, cell: &str) -> Value {
    decode::decode(column, &serde_json::from_str::<Cell>(cell).expect("JSON"))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|t| text(t)).collect())
}

fn unreadable(what: &str) -> Value {
    Value::Unreadable(what.to_owned())
}

fn day(text: &str) -> Value {
    Value::Date(text.parse::<NaiveDate>().expect("a day"))
}

fn instant(text: &str) -> Value {
    Value::DateTime(chrono::DateTime::parse_from_rfc3339(text).expect("an instant"))
}

#[test]
fn every_type_is_read() {
    use ValueKind as K;
    let none = Json::Null;
    let paris = json!({"timeZone": "Europe/Paris"});
    let result =
        |native: &str| json!({"isValid": true, "referencedFieldIds": [], "result": {"type": native}});
    let person = r#"{"id":"usrAAAAAAAAAAAAAA","email":"lou@example.com","name":"Lou Petit"}"#;
    for (native, options, kind, cell, expected) in [
        ("singleLineText", &none, K::Text, r#""Acme""#, text("Acme")),
        ("singleLineText", &none, K::Text, r#""a\"b\né""#, text("a\"b\né")),
        ("email", &none, K::Text, r#""a@example.com""#, text("a@example.com")),
        ("url", &none, K::Text, r#""https://example.com""#, text("https://example.com")),
        ("phoneNumber", &none, K::Text, r#""+33 1""#, text("+33 1")),
        ("multilineText", &none, K::Text, r#""a\nb""#, text("a\nb")),
        ("richText", &none, K::Text, r#""**a**\n""#, text("**a**\n")),
        ("number", &json!({"precision": 2}), K::Number, "12.5", Value::Number(12.5)),
        ("number", &none, K::Number, "-3", Value::Number(-3.0)),
        ("number", &none, K::Number, r#""12""#, unreadable("number : 12")),
        ("currency", &json!({"precision": 2, "symbol": "€"}), K::Number, "0", Value::Number(0.0)),
        ("percent", &none, K::Number, "0.123", Value::Number(0.123)),
        ("duration", &none, K::Number, "5400", Value::Number(5400.0)),
        ("rating", &json!({"max": 5}), K::Number, "4", Value::Number(4.0)),
        ("checkbox", &none, K::Bool, "true", Value::Bool(true)),
        ("date", &none, K::Date, r#""2024-02-29""#, day("2024-02-29")),
        ("date", &none, K::Date, r#""2024-02-29T00:00:00.000Z""#, day("2024-02-29")),
        ("date", &none, K::Date, r#""soon""#, unreadable("date : soon")),
        (
            "dateTime",
            &paris,
            K::DateTime,
            r#""2024-04-30T22:30:00.000Z""#,
            instant("2024-05-01T00:30:00+02:00"),
        ),
        (
            "dateTime",
            &json!({"timeZone": "utc"}),
            K::DateTime,
            r#""2024-04-30T22:30:00.000Z""#,
            instant("2024-04-30T22:30:00+00:00"),
        ),
        (
            "dateTime",
            &json!({"timeZone": "client"}),
            K::DateTime,
            r#""2024-12-31T23:30:00.000Z""#,
            instant("2025-01-01T00:30:00+01:00"),
        ),
        (
            "dateTime",
            &json!({"timeZone": "America/New_York"}),
            K::DateTime,
            r#""2024-01-01T03:00:00.000Z""#,
            instant("2023-12-31T22:00:00-05:00"),
        ),
        ("singleSelect", &json!({"choices": [{"id": "sel1", "name": "0"}]}), K::Choice, r#""0""#, text("0")),
        ("externalSyncSource", &none, K::Choice, r#""One""#, text("One")),
        ("multipleSelects", &none, K::List, r#"["A","B"]"#, texts(&["A", "B"])),
        ("singleCollaborator", &none, K::Person, person, text("Lou Petit")),
        ("singleCollaborator", &none, K::Person, r#"{"id":"usrA","email":"a@b.c"}"#, text("a@b.c")),
        ("createdBy", &none, K::Person, person, text("Lou Petit")),
        ("lastModifiedBy", &none, K::Person, person, text("Lou Petit")),
        ("multipleCollaborators", &none, K::List, &format!("[{person}]"), texts(&["Lou Petit"])),
        (
            "multipleRecordLinks",
            &json!({"linkedTableId": "tbl1"}),
            K::List,
            r#"["recAAAAAAAAAAAAAA"]"#,
            texts(&["recAAAAAAAAAAAAAA"]),
        ),
        (
            "multipleAttachments",
            &none,
            K::List,
            r#"[{"id":"att1","url":"https://x/1","filename":"a.png","size":1}]"#,
            texts(&["a.png"]),
        ),
        ("barcode", &none, K::Text, r#"{"text":"0123","type":"upce"}"#, text("0123")),
        (
            "button",
            &none,
            K::Text,
            r#"{"label":"Open","url":"https://example.com"}"#,
            text("https://example.com"),
        ),
        ("button", &none, K::Text, r#"{"label":"Open"}"#, text("Open")),
        ("aiText", &none, K::Text, r#"{"state":"generated","isStale":false,"value":"Words"}"#, text("Words")),
        ("aiText", &none, K::Text, r#"{"state":"loading","isStale":true,"value":null}"#, Value::Empty),
        (
            "aiText",
            &none,
            K::Text,
            r#"{"state":"error","errorType":"emptyDependency","value":null}"#,
            unreadable("emptyDependency"),
        ),
        ("count", &none, K::Number, "3", Value::Number(3.0)),
        ("autoNumber", &none, K::Number, "7", Value::Number(7.0)),
        (
            "createdTime",
            &json!({"result": {"type": "dateTime", "options": {"timeZone": "utc"}}}),
            K::DateTime,
            r#""2024-01-01T00:00:00.000Z""#,
            instant("2024-01-01T00:00:00+00:00"),
        ),
        (
            "createdTime",
            &none,
            K::DateTime,
            r#""2024-01-01T00:00:00.000Z""#,
            instant("2024-01-01T01:00:00+01:00"),
        ),
        (
            "lastModifiedTime",
            &json!({"result": {"type": "date"}}),
            K::Date,
            r#""2024-01-01T00:00:00.000Z""#,
            day("2024-01-01"),
        ),
        ("formula", &result("singleLineText"), K::Text, r#""x""#, text("x")),
        ("formula", &result("singleLineText"), K::Text, "1.5", text("1.5")),
        ("formula", &result("number"), K::Number, "1.5", Value::Number(1.5)),
        ("formula", &result("number"), K::Number, r#"{"specialValue":"NaN"}"#, unreadable("NaN")),
        ("formula", &result("number"), K::Number, r##"{"error":"#ERROR!"}"##, unreadable("#ERROR!")),
        ("formula", &result("checkbox"), K::Bool, "1", Value::Bool(true)),
        (
            "formula",
            &json!({"isValid": false, "result": null}),
            K::Text,
            r##"{"error":"#ERROR!"}"##,
            unreadable("#ERROR!"),
        ),
        ("rollup", &result("number"), K::Number, "2", Value::Number(2.0)),
        ("rollup", &result("multilineText"), K::Text, r#"["a","b"]"#, text("a, b")),
        (
            "multipleLookupValues",
            &result("number"),
            K::List,
            "[1.5,2]",
            Value::List(vec![Value::Number(1.5), Value::Number(2.0)]),
        ),
        (
            "multipleLookupValues",
            &result("multilineText"),
            K::List,
            r#"["a",2]"#,
            Value::List(vec![text("a"), Value::Number(2.0)]),
        ),
        (
            "multipleLookupValues",
            &result("singleCollaborator"),
            K::List,
            &format!("[{person}]"),
            texts(&["Lou Petit"]),
        ),
        (
            "multipleLookupValues",
            &result("date"),
            K::List,
            r#"["2024-05-01"]"#,
            Value::List(vec![day("2024-05-01")]),
        ),
        (
            "multipleLookupValues",
            &result("multipleAttachments"),
            K::List,
            r#"[{"id":"att1","filename":"a.png"}]"#,
            texts(&["a.png"]),
        ),
        (
            "somethingNew",
            &json!({"choices": 3, "result": []}),
            K::Unsupported,
            r#"{"a":1}"#,
            unreadable("somethingNew"),
        ),
        ("somethingNew", &none, K::Unsupported, r#""words""#, unreadable("somethingNew : words")),
    ] {
        let column = column(native, options);
        assert_eq!(table_kind(&column), kind, "{native}");
        assert_eq!(read(&column, cell), expected, "{native} {cell}");
        assert_eq!(read(&column, "null"), Value::Empty, "{native}");
        // No shape whatever makes it fail.
        for odd in ["[]", "{}", r#""""#, "false", "1e300", "[null]", r#"[{"a":[]}]"#, r#"[["x"]]"#] {
            read(&column, odd);
        }
    }
}

fn table_kind(column: &Column) -> ValueKind {
    let table = Table {
        id: String::new(),
        name: String::new(),
        primary: String::new(),
        columns: vec![column.clone()],
    };
    table.stream().fields[0].kind
}

#[test]
fn every_writable_type_is_written() {
    let none = Json::Null;
    let paris = json!({"timeZone": "Europe/Paris"});
    for (native, options, value, expected) in [
        ("singleLineText", &none, text("Acme"), json!("Acme")),
        ("singleLineText", &none, Value::Number(12.5), json!("12.5")),
        ("multilineText", &none, texts(&["a", "b"]), json!("a, b")),
        ("richText", &none, text("**a**"), json!("**a**")),
        ("number", &none, Value::Number(3.0), json!(3)),
        ("currency", &none, Value::Number(0.1), json!(0.1)),
        ("percent", &none, Value::Number(0.25), json!(0.25)),
        ("rating", &none, Value::Number(4.0), json!(4)),
        ("duration", &none, Value::Number(90.0), json!(90)),
        ("checkbox", &none, Value::Bool(false), json!(false)),
        ("date", &none, day("2024-02-29"), json!("2024-02-29")),
        ("date", &none, instant("2024-05-01T00:30:00+02:00"), json!("2024-05-01")),
        ("dateTime", &paris, day("2024-05-01"), json!("2024-05-01T00:00:00.000")),
        ("dateTime", &json!({"timeZone": "client"}), day("2024-05-01"), json!("2024-04-30T22:00:00.000Z")),
        ("dateTime", &paris, instant("2024-05-01T00:30:00+02:00"), json!("2024-04-30T22:30:00.000Z")),
        ("singleSelect", &none, text("Won"), json!("Won")),
        ("multipleSelects", &none, texts(&["A", "B"]), json!(["A", "B"])),
        ("multipleSelects", &none, text("A"), json!(["A"])),
        ("singleCollaborator", &none, text("a@b.c"), json!({"email": "a@b.c"})),
        (
            "multipleCollaborators",
            &none,
            texts(&["a@b.c", "d@e.f"]),
            json!([{"email": "a@b.c"}, {"email": "d@e.f"}]),
        ),
        ("barcode", &none, text("0123"), json!({"text": "0123"})),
    ] {
        let column = column(native, options);
        assert!(column.writable, "{native}");
        assert_eq!(encode::encode(&column, &value), Ok(expected), "{native} {value:?}");
        assert_eq!(encode::encode(&column, &Value::Empty), Ok(Json::Null), "{native} is cleared by null");
        assert!(encode::encode(&column, &unreadable("#ERROR!")).is_err(), "{native}");
    }
    for (native, value) in [
        ("number", text("12")),
        ("number", Value::Number(f64::NAN)),
        ("number", Value::Number(f64::INFINITY)),
        ("checkbox", text("oui")),
        ("date", text("2024-05-01")),
        ("singleSelect", Value::Number(0.0)),
    ] {
        let Err(Text { fr, .. }) = encode::encode(&column(native, &Json::Null), &value) else {
            panic!("{native} takes {value:?}")
        };
        assert!(fr.contains("Field") && fr.contains(native), "{fr}");
    }
    for (native, value) in
        [("singleCollaborator", text("Lou Petit")), ("multipleCollaborators", texts(&["a@b.c", "Lou"]))]
    {
        let Err(Text { fr, .. }) = encode::encode(&column(native, &Json::Null), &value) else {
            panic!("{native} takes {value:?}")
        };
        assert!(fr.contains("« Field »") && fr.contains("adresse e-mail"), "{fr}");
    }
}

#[test]
fn computed_types_are_never_written() {
    for native in [
        "formula",
        "rollup",
        "multipleLookupValues",
        "count",
        "autoNumber",
        "createdTime",
        "lastModifiedTime",
        "createdBy",
        "lastModifiedBy",
        "button",
        "aiText",
        "externalSyncSource",
        "multipleRecordLinks",
        "multipleAttachments",
        "somethingNew",
    ] {
        assert!(!column(native, &Json::Null).writable, "{native}");
    }
}

#[test]
fn what_was_sent_is_recognised_when_it_comes_back() {
    let paris = json!({"timeZone": "Europe/Paris"});
    for (native, options, sent, cell, same) in [
        ("singleLineText", &Json::Null, json!("a"), Some(r#""a""#), true),
        ("singleLineText", &Json::Null, json!("a"), Some(r#""b""#), false),
        ("singleLineText", &Json::Null, json!("a"), None, false),
        ("singleLineText", &Json::Null, json!(null), None, true),
        ("singleLineText", &Json::Null, json!(null), Some(r#""a""#), false),
        ("richText", &Json::Null, json!("**a**"), Some(r#""**a**\n""#), true),
        ("number", &Json::Null, json!(12), Some("12.0"), true),
        ("number", &Json::Null, json!(0.1), Some("0.1"), true),
        ("number", &Json::Null, json!(0.1), Some("0.2"), false),
        ("checkbox", &Json::Null, json!(false), None, true),
        ("checkbox", &Json::Null, json!(true), Some("true"), true),
        ("checkbox", &Json::Null, json!(true), None, false),
        ("dateTime", &paris, json!("2024-05-01T00:00:00.000"), Some(r#""2024-04-30T22:00:00.000Z""#), true),
        ("dateTime", &paris, json!("2024-05-01T00:00:00.000"), Some(r#""2024-05-01T00:00:00.000Z""#), false),
        ("multipleSelects", &Json::Null, json!(["A", "B"]), Some(r#"["B","A"]"#), true),
        ("multipleSelects", &Json::Null, json!(["A"]), Some(r#"["B","A"]"#), false),
        ("multipleSelects", &Json::Null, json!([]), None, true),
        (
            "singleCollaborator",
            &Json::Null,
            json!({"email": "A@b.c"}),
            Some(r#"{"id":"usr1","email":"a@b.c","name":"A"}"#),
            true,
        ),
        (
            "singleCollaborator",
            &Json::Null,
            json!({"email": "a@b.c"}),
            Some(r#"{"id":"usr1","email":"x@b.c","name":"A"}"#),
            false,
        ),
        ("barcode", &Json::Null, json!({"text": "01"}), Some(r#"{"text":"01","type":null}"#), true),
    ] {
        let column = column(native, options);
        let read = cell.map(|cell| serde_json::from_str::<Cell>(cell).expect("JSON"));
        assert_eq!(encode::holds(&column, &sent, read.as_ref()), same, "{native}: {sent} and {cell:?}");
    }
}

#[test]
fn a_time_the_clock_jumps_over_is_an_hour_later() {
    let paris = schema::Zone::Readers;
    let read = moment::instant("2026-03-29T02:30:00", paris).expect("an instant");
    assert_eq!(read.to_rfc3339(), "2026-03-29T03:30:00+02:00");
    assert_eq!(
        moment::instant("2026-03-29", paris).expect("an instant").to_rfc3339(),
        "2026-03-29T00:00:00+01:00"
    );
    assert_eq!(moment::instant("29/03/2026", paris), None);
}

#[test]
fn a_modification_time_counts_only_when_it_follows_every_field() {
    let field = |id: &str, referenced: Json| {
        json!({"id": id, "name": id, "type": "lastModifiedTime",
            "options": {"isValid": true, "referencedFieldIds": referenced, "result": {"type": "dateTime"}}})
    };
    let both = table(&json!([field("fldSome", json!(["fldX"])), field("fldAll", json!([]))]));
    assert_eq!(both.modified_column().map(|column| &*column.id), Some("fldAll"));
    assert_eq!(table(&json!([field("fldSome", json!(["fldX"]))])).modified_column(), None);
}

#[test]
fn strings_are_borrowed_from_the_answer() {
    let record: RawRecord = serde_json::from_str(
        r#"{"id":"rec1","createdTime":"2024-01-01T00:00:00.000Z","fields":{"fld1":"a","fld2":[1,null,true]}}"#,
    )
    .expect("a record");
    assert!(matches!(record.fields.get("fld1"), Some(Cell::Text(std::borrow::Cow::Borrowed("a")))));
    assert_eq!(
        record.fields.get("fld2"),
        Some(&Cell::List(vec![Cell::Number(1.0), Cell::Null, Cell::Bool(true)]))
    );
    let bare: RawRecord = serde_json::from_str(r#"{"id":"rec1"}"#).expect("a record without cells");
    assert_eq!(bare.fields.0, []);
}

#[test]
fn short_questions_are_addresses_and_long_ones_bodies() {
    let table = Url::parse("https://api.airtable.com/v0/appX/tblX").expect("an address");
    let query = Query { fields: vec!["fldA".into(), "fldB".into()], formula: None };
    let get = format!("{:?}", query.request(&table, Some("itr1/rec1")));
    assert!(get.contains("GET"), "{get}");
    assert!(
        get.contains(
            "pageSize=100&returnFieldsByFieldId=true&fields%5B%5D=fldA&fields%5B%5D=fldB&offset=itr1%2Frec1"
        ),
        "{get}"
    );
    let long = Query { formula: Some("X".repeat(16_000)), ..query };
    let post = format!("{:?}", long.request(&table, Some("itr1/rec1")));
    assert!(post.contains("POST") && post.contains("/tblX/listRecords"), "{post}");
    assert!(post.contains("itr1/rec1") && post.contains("fldB"), "{post}");
}

#[test]
fn reasons_are_in_plain_words() {
    for (code, said, fr) in [
        (
            "INVALID_VALUE_FOR_COLUMN",
            r#"Field "Amount" cannot accept the provided value"#,
            "Airtable : le champ « Amount » n'accepte pas cette valeur.",
        ),
        (
            "INVALID_VALUE_FOR_COLUMN",
            r#"Field "Sum" cannot accept a value because the field is computed"#,
            "Airtable calcule le champ « Sum » : rien ne peut y être écrit.",
        ),
        (
            "INVALID_MULTIPLE_CHOICE_OPTIONS",
            r#"Insufficient permissions to create new select option "Nouveau""#,
            "L'option « Nouveau » n'existe pas dans Airtable. Ajoutez-la au champ, puis relancez l'export.",
        ),
        ("SOMETHING_NEW", "Because.", "Airtable refuse cet enregistrement : Because."),
    ] {
        assert_eq!(refusal::record_rejected(code, said).fr, fr);
    }
}

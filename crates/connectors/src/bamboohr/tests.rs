//! Values of every type, and reports that change between two readings.

use chrono::NaiveDate;
use model::{StreamField, Value, ValueKind};

use super::columns::{self, Columns, value};
use super::whole;
use crate::common::cell::Cell;
use crate::common::seen::Mark;

#[test]
fn values_of_every_type() {
    let text = |text: &str| Value::Text(text.to_owned());
    let day = NaiveDate::from_ymd_opt(2020, 1, 6).map_or(Value::Empty, Value::Date);
    for (native, json, expected) in [
        ("text", r#""Ann""#, text("Ann")),
        ("text", "null", Value::Empty),
        ("text", r#""""#, Value::Empty),
        ("date", r#""2020-01-06""#, day.clone()),
        ("date", r#""0000-00-00""#, Value::Empty),
        ("history_date", r#""2020-01-06""#, day),
        // A field of a type that nobody knows may hold a day that is not set.
        ("new_type", r#""0000-00-00""#, Value::Empty),
        ("date", r#""soon""#, text("soon")),
        ("int", r#""12""#, Value::Number(12.0)),
        ("int", "12", Value::Number(12.0)),
        ("float", r#""NaN""#, text("NaN")),
        ("checkbox", r#""yes""#, Value::Bool(true)),
        ("bool", r#""false""#, Value::Bool(false)),
        ("bool", "true", Value::Bool(true)),
        ("bool", r#""maybe""#, text("maybe")),
        ("currency", r#""50000.00 USD""#, text("50000.00 USD")),
        ("currency", r#"{"value": "50000.00", "currency": "USD"}"#, text("50000.00 USD")),
        ("list", r#""Sales""#, text("Sales")),
        ("multilist", r#"["Sales", "IT"]"#, text("Sales, IT")),
    ] {
        let field = columns::field("x".to_owned(), None, Some(native));
        let cell: Cell<'_> = serde_json::from_str(json).expect("JSON");
        assert_eq!(value(&cell, field.kind), expected, "{native} {json}");
    }
}

fn report(ids: &[&str]) -> Vec<u8> {
    let rows: Vec<_> = ids.iter().map(|id| serde_json::json!({"id": id, "a": "x"})).collect();
    serde_json::json!({"title": "T", "fields": [{"id": "a", "type": "text", "name": "A"}], "employees": rows})
        .to_string()
        .into_bytes()
}

fn read(body: &[u8], before: Option<Mark>) -> Vec<crate::connector::Page> {
    let fields: [StreamField; 1] = [columns::field("a".to_owned(), None, None)];
    whole::pages(body, &Columns::of(&fields), before).expect("pages")
}

#[test]
fn a_reading_goes_on_only_where_the_report_is_still_the_same() {
    let names: Vec<String> = (1..=450).map(|n| n.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let pages = read(&report(&names), None);
    assert_eq!(pages.iter().map(|page| page.records.len()).collect::<Vec<_>>(), [200, 200, 50]);
    let before = pages[0].next.as_ref().and_then(|next| Mark::read(&next.0));
    let rest = read(&report(&names), before);
    assert_eq!((rest.len(), rest[0].records[0].id.as_str(), rest[0].restarted), (2, "201", false));
    let others = [&["0"], &names[..]].concat();
    let anew = read(&report(&others), before);
    assert_eq!((anew[0].records[0].id.as_str(), anew[0].restarted, anew[1].restarted), ("0", true, false));
    assert!(read(&report(&names[..10]), before)[0].restarted, "there are fewer now");
    let whole = read(&report(&names[..200]), before);
    assert_eq!((whole.len(), whole[0].records.len(), whole[0].restarted), (1, 0, false));
}

#[test]
fn rows_of_one_employee_are_told_apart() {
    let ids: Vec<String> = read(&report(&["7", "8", "7", "", "7"]), None)
        .into_iter()
        .flat_map(|page| page.records)
        .map(|record| record.id)
        .collect();
    assert_eq!(ids, ["7", "8", "7#2", "n4", "7#3"]);
}

#[test]
fn a_column_whose_name_comes_twice_bears_its_id() {
    let body = br#"{"fields": [{"id": "a", "type": "text", "name": "Date"}, {"id": 12.1, "type": "date", "name": "Date"},
        {"id": "b", "name": ""}], "employees": []}"#;
    let (title, fields) = whole::described(body).expect("a report");
    let named: Vec<_> =
        fields.iter().map(|field| (field.id.as_str(), field.name.as_str(), field.kind)).collect();
    assert_eq!(title, None);
    assert_eq!(
        named,
        [
            ("a", "Date (a)", ValueKind::Text),
            ("12.1", "Date (12.1)", ValueKind::Date),
            ("b", "b", ValueKind::Text)
        ]
    );
}

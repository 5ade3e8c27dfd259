//! Values in both directions, by type.

use model::Value;
use serde_json::{Value as Json, json};

use crate::common::cell::Cell;
use crate::pipedrive::decode::decode;
use crate::pipedrive::encode::encode;
use crate::pipedrive::entity::Entity;
use crate::pipedrive::holds::holds;
use crate::pipedrive::schema::{Column, Model};
use crate::pipedrive::stages::Stages;

/// A custom field of this type, with the options A (1) and B (2).
fn column(kind: &str) -> Column {
    let field = json!([{
        "field_name": "Champ", "field_code": "abc", "field_type": kind, "is_custom_field": true,
        "options": [{"id": 1, "label": "A"}, {"id": 2, "label": "B"}],
    }]);
    let fields = serde_json::from_value(field).unwrap();
    Model::new(Entity::Deals, fields, Stages::default()).columns.remove(0)
}

fn read(column: &Column, json: &Json) -> Value {
    let text = json.to_string();
    decode(column, &serde_json::from_str::<Cell>(&text).unwrap())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn what_is_read_is_written_back_the_same() {
    for (kind, json, value) in [
        ("varchar", json!("x"), text("x")),
        ("text", json!("deux\nlignes"), text("deux\nlignes")),
        ("double", json!(1.5), Value::Number(1.5)),
        ("int", json!(12), Value::Number(12.0)),
        ("enum", json!(2), text("B")),
        ("set", json!([2, 1]), Value::List(vec![text("B"), text("A")])),
        ("date", json!("2028-02-29"), Value::Date("2028-02-29".parse().unwrap())),
        ("address", json!({"value": "1 rue du Port"}), text("1 rue du Port")),
        ("monetary", json!({"value": 10.5}), Value::Number(10.5)),
    ] {
        let column = column(kind);
        assert!(column.writable, "{kind}");
        assert_eq!(read(&column, &json), value, "{kind}");
        assert_eq!(encode(&column, &value), Ok(json), "{kind}");
        assert_eq!(read(&column, &Json::Null), Value::Empty, "{kind}");
        assert_eq!(encode(&column, &Value::Empty), Ok(Json::Null), "{kind}");
    }
}

#[test]
fn what_cannot_be_named_is_never_taken_for_empty() {
    for (kind, json) in [
        ("enum", json!(9)),
        ("set", json!([1, 9])),
        ("date", json!("hier")),
        ("double", json!("1,5")),
        ("monetary", json!(10)),
        ("picture", json!({"id": 1})),
        ("picture", Json::Null),
    ] {
        assert_eq!(read(&column(kind), &json), Value::Unreadable(kind.to_owned()), "{kind} {json}");
    }
    assert_eq!(read(&column("set"), &json!([])), Value::Empty);
    assert_eq!(read(&column("varchar"), &json!("")), Value::Empty);
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    for (kind, value, said) in [
        ("enum", text("C"), "A, B"),
        ("set", Value::List(vec![text("A"), text("C")]), "« C »"),
        ("int", Value::Number(1.5), "« 1.5 »"),
        ("date", text("demain"), "« demain »"),
        ("double", text("beaucoup"), "« beaucoup »"),
        ("varchar", text(&"x".repeat(256)), "255"),
        ("varchar", Value::Unreadable("x".to_owned()), "Champ"),
    ] {
        let refused = encode(&column(kind), &value).unwrap_err();
        assert!(refused.fr.contains(said) && !refused.en.is_empty(), "{kind}: {}", refused.fr);
    }
    assert_eq!(encode(&column("enum"), &text(" b ")), Ok(json!(2)), "without case");
    for kind in ["daterange", "time", "timerange", "picture"] {
        assert!(!column(kind).writable, "{kind}");
    }
}

#[test]
fn periods_are_read_as_text() {
    let period = json!({"value": "2024-05-01", "until": "2024-05-09"});
    assert_eq!(read(&column("daterange"), &period), text("2024-05-01 – 2024-05-09"));
    let time = json!({"value": "10:00:00", "timezone_name": "Europe/Paris"});
    assert_eq!(read(&column("time"), &time), text("10:00:00"));
}

#[test]
fn what_was_sent_is_recognised_with_what_the_service_added() {
    for (sent, read, same) in [
        (json!(10), json!(10.0), true),
        (json!("a "), json!("a"), true),
        (json!([1, 2]), json!([2, 1]), true),
        (json!([1]), json!([1, 2]), false),
        (json!({"value": "x"}), json!({"value": "x", "country": "France"}), true),
        (json!({"value": 1, "currency": "EUR"}), json!({"value": 1, "currency": "USD"}), false),
        (json!([{"value": "a"}]), json!([{"value": "a", "label": "work", "primary": true}]), true),
        (Json::Null, Json::Null, true),
        (json!(1), Json::Null, false),
        (json!("1"), json!(1), false),
    ] {
        let text = read.to_string();
        let cell: Cell = serde_json::from_str(&text).unwrap();
        assert_eq!(holds(&sent, Some(&cell)), same, "{sent} {read}");
    }
}

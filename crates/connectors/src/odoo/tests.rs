//! The connector's own rules, without a server.

use chrono::{NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use model::Value;
use serde_json::json;
use url::Url;

use super::decode::decode;
use super::encode::encode;
use super::holds::holds;
use super::place::{Place, next_second};
use super::schema::{Column, Model};
use super::spec::site;
use super::streams::OFFERED;
use super::{changed_since, html, refusal};
use crate::common::cell::Cells;

fn column(told: &serde_json::Value) -> Column {
    let fields = json!({ "x": told });
    let model = Model::read(&OFFERED[0], "fr_FR", fields.as_object().expect("fields"), true);
    model.columns.into_iter().next().expect("a column")
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn plain_text_is_the_same_there_and_back() {
    for plain in ["Bonjour", "Deux\nlignes\n\net une vide", "a < b && c > d; &amp; 😀", "é « à » — n° 1"]
    {
        assert_eq!(html::to_text(&html::from_text(plain)), plain);
    }
    for (formatted, plain) in [
        ("<p>Un</p><p>Deux</p>", "Un\nDeux"),
        ("<div>a<br/>b</div>", "a\nb"),
        ("<p data-x=\"1\"><b>Gras</b>&nbsp;&#233;&#xE9;</p>", "Gras éé"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p><br></p>", ""),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("&unknown; & ;", "&unknown; & ;"),
    ] {
        assert_eq!(html::to_text(formatted), plain, "{formatted}");
    }
}

#[test]
fn places_are_written_and_read() {
    let second = || "2024-05-01 10:03:11".to_owned();
    for place in
        [Place::From(String::new()), Place::From(second()), Place::Within(second(), 42), Place::Undated(7)]
    {
        assert_eq!(Place::parse(&place.write()), place);
    }
    for nonsense in ["", "from|hier|", "within|x|1", "42"] {
        assert_eq!(Place::parse(nonsense), Place::From(String::new()), "{nonsense}");
    }
    assert_eq!(next_second("2024-12-31 23:59:59"), "2025-01-01 00:00:00");
    let since = changed_since(Utc.with_ymd_and_hms(2024, 5, 1, 0, 1, 0).single().expect("a time"));
    assert_eq!(since.0, "from|2024-04-30 23:58:59|");
}

#[test]
fn values_are_read_by_the_type_of_their_field() {
    let selection =
        json!({"type": "selection", "string": "S", "selection": [["a", "Premier"], ["b", "Second"]]});
    for (told, held, expected) in [
        (json!({"type": "char"}), json!(false), Value::Empty),
        (json!({"type": "char"}), json!(""), Value::Empty),
        (json!({"type": "boolean"}), json!(false), Value::Bool(false)),
        (json!({"type": "integer"}), json!(0), Value::Number(0.0)),
        (json!({"type": "monetary"}), json!(12.5), Value::Number(12.5)),
        (json!({"type": "many2one"}), json!([7, "Acme"]), text("Acme")),
        (json!({"type": "many2one"}), json!([7, false]), Value::Unreadable("many2one".to_owned())),
        (json!({"type": "one2many"}), json!([1, 2]), Value::Unreadable("one2many".to_owned())),
        (json!({"type": "date"}), json!("2024-13-01"), Value::Unreadable("date".to_owned())),
        (selection.clone(), json!("b"), text("Second")),
        (selection, json!("new"), text("new")),
    ] {
        let row = json!({ "x": held }).to_string();
        let cells: Cells = serde_json::from_str(&row).expect("cells");
        let cell = cells.get("x").expect("a cell");
        assert_eq!(decode(&column(&told), cell, Tz::Europe__Paris), expected, "{told} {held}");
    }
}

#[test]
fn values_are_written_by_the_type_of_their_field() {
    let day = Value::Date(NaiveDate::from_ymd_opt(2024, 7, 1).expect("a day"));
    let priority = json!({"type": "selection", "selection": [["1", "Basse"], ["2", "1"]]});
    for (told, value, expected) in [
        (json!({"type": "datetime"}), day.clone(), json!("2024-06-30 22:00:00")),
        (json!({"type": "date"}), day, json!("2024-07-01")),
        (json!({"type": "float"}), text("12,5"), json!(12.5)),
        (json!({"type": "integer"}), Value::Number(3.0), json!(3)),
        (json!({"type": "float"}), Value::Empty, json!(0)),
        (json!({"type": "char"}), Value::Empty, json!(false)),
        (priority.clone(), text("basse"), json!("1")),
        (priority, text("1"), json!("2")),
    ] {
        assert_eq!(encode(&column(&told), &value, Tz::Europe__Paris), Ok(expected), "{told}");
    }
    for (told, value) in [
        (json!({"type": "integer"}), Value::Number(1.5)),
        (json!({"type": "float"}), Value::Number(f64::NAN)),
        (json!({"type": "char", "required": true}), Value::Empty),
        (json!({"type": "char"}), Value::Unreadable("x".to_owned())),
    ] {
        assert!(encode(&column(&told), &value, Tz::UTC).is_err(), "{told}");
    }
}

#[test]
fn what_was_sent_is_recognised() {
    for (sent, read, same) in [
        (json!(false), json!(false), true),
        (json!("A "), json!("A"), true),
        (json!("<p>a<br>b</p>"), json!("<p>a</p><p>b</p>"), true),
        (json!(12.346), json!(12.35), true),
        (json!(12.3), json!(12.35), false),
        (json!(7), json!([7, "Acme"]), true),
        (json!(7), json!([8, "Acme"]), false),
        (json!("A"), json!(false), false),
        (json!(true), json!(false), false),
    ] {
        let row = json!({ "x": read }).to_string();
        let cells: Cells = serde_json::from_str(&row).expect("cells");
        assert_eq!(holds(&sent, cells.get("x")), same, "{sent} {read}");
    }
    assert!(!holds(&json!("A"), None));
}

#[test]
fn the_site_of_a_page_is_found() {
    for (pasted, expected) in [
        ("https://cave.odoo.com/odoo/crm/12?x=1#y", "https://cave.odoo.com/"),
        ("https://cave.odoo.com/web/login", "https://cave.odoo.com/"),
        ("https://example.com/erp", "https://example.com/erp"),
    ] {
        assert_eq!(site(Url::parse(pasted).expect("an address")).as_str(), expected);
    }
}

#[test]
fn the_field_of_a_refusal_is_found() {
    assert_eq!(refusal::quoted("Invalid field 'x_a' on model 'crm.lead'"), "x_a");
    assert_eq!(refusal::quoted("Invalid field crm.lead.x_a"), "Invalid field crm.lead.x_a");
}

//! Every property type, read.

use model::{Value, ValueKind};
use serde_json::{Value as Json, json};

use super::{day, instant, property, source, text, texts};
use crate::common::cell::Cells;
use crate::notion::decode::{Held, decode};

fn read(native: &str, value: &Json) -> Held {
    read_with(native, &json!({"id": "a%3Bc", "type": native, native: value}))
}

fn read_with(native: &str, answer: &Json) -> Held {
    let answer = answer.to_string();
    decode(&property(native, &json!({})), &serde_json::from_str::<Cells>(&answer).expect("an object"))
}

fn unreadable(what: &str) -> Value {
    Value::Unreadable(what.to_owned())
}

fn piece(text: &str) -> Json {
    json!({"type": "text", "text": {"content": text}, "plain_text": text})
}

#[test]
fn every_type_is_read() {
    let lou = json!({"object": "user", "id": "u1", "type": "person", "name": "Lou Petit", "person": {"email": "lou@example.com"}});
    let no_name = json!({"object": "user", "id": "u2", "name": null, "person": {"email": "no@example.com"}});
    let mention = json!({"type": "mention", "mention": {}, "plain_text": "@Lou"});
    let option = |name: &str| json!({"id": "o", "name": name, "color": "green"});
    for (native, value, expected) in [
        ("title", json!([piece("Ac"), piece("me")]), text("Acme")),
        ("title", json!([]), Value::Empty),
        ("title", json!([piece("")]), Value::Empty),
        ("rich_text", json!([piece("a\n"), mention]), text("a\n@Lou")),
        ("rich_text", json!([{"type": "text"}]), unreadable("rich_text")),
        ("number", json!(12.5), Value::Number(12.5)),
        ("number", json!(0), Value::Number(0.0)),
        ("number", json!(null), Value::Empty),
        ("number", json!("12"), unreadable("number")),
        ("select", option("Won"), text("Won")),
        ("select", json!(null), Value::Empty),
        ("status", option("0"), text("0")),
        ("multi_select", json!([option("A"), option("B")]), texts(&["A", "B"])),
        ("multi_select", json!([]), Value::Empty),
        ("date", json!({"start": "2024-05-01", "end": null, "time_zone": null}), day("2024-05-01")),
        ("date", json!({"start": "2024-05-01", "end": "2024-05-09", "time_zone": null}), day("2024-05-01")),
        (
            "date",
            json!({"start": "2024-05-01T00:30:00.000+02:00", "end": null, "time_zone": null}),
            instant("2024-05-01T00:30:00+02:00"),
        ),
        (
            "date",
            json!({"start": "2024-04-30T22:30:00.000Z", "end": null, "time_zone": "Europe/Paris"}),
            instant("2024-05-01T00:30:00+02:00"),
        ),
        (
            "date",
            json!({"start": "2024-05-01T00:30:00.000", "end": null, "time_zone": "Asia/Tokyo"}),
            instant("2024-05-01T00:30:00+09:00"),
        ),
        ("date", json!({"start": "soon"}), unreadable("date")),
        ("date", json!(null), Value::Empty),
        ("checkbox", json!(true), Value::Bool(true)),
        ("checkbox", json!(false), Value::Bool(false)),
        ("url", json!("https://example.com"), text("https://example.com")),
        ("email", json!("a@example.com"), text("a@example.com")),
        ("phone_number", json!("+33 1"), text("+33 1")),
        ("phone_number", json!(""), Value::Empty),
        ("people", json!([lou, no_name]), texts(&["Lou Petit", "no@example.com"])),
        ("people", json!([{"object": "user", "id": "u3"}]), unreadable("people")),
        ("people", json!([]), Value::Empty),
        ("created_by", lou.clone(), text("Lou Petit")),
        ("last_edited_by", json!({"object": "user", "id": "u3"}), unreadable("last_edited_by")),
        ("created_time", json!("2024-04-30T22:30:00.000Z"), instant("2024-05-01T00:30:00+02:00")),
        ("last_edited_time", json!("2024-12-31T23:30:00.000Z"), instant("2025-01-01T00:30:00+01:00")),
        ("unique_id", json!({"prefix": "TASK", "number": 12}), text("TASK-12")),
        ("unique_id", json!({"prefix": null, "number": 12}), text("12")),
        ("unique_id", json!({"prefix": "TASK", "number": null}), Value::Empty),
        (
            "files",
            json!([{"name": "a.pdf", "type": "file", "file": {"url": "https://x", "expiry_time": "…"}}]),
            texts(&["a.pdf"]),
        ),
        ("verification", json!({"state": "verified", "verified_by": null, "date": null}), text("verified")),
        ("place", json!({"lat": 48.5, "lon": 2.25, "name": "Paris", "address": "1 rue"}), text("Paris")),
        ("place", json!({"lat": 48.5, "lon": 2.25, "name": null, "address": "1 rue"}), text("1 rue")),
        ("place", json!({"lat": 48.5, "lon": 2.25}), text("48.5, 2.25")),
        ("formula", json!({"type": "string", "string": "x"}), text("x")),
        ("formula", json!({"type": "string", "string": null}), Value::Empty),
        ("formula", json!({"type": "number", "number": 1.5}), Value::Number(1.5)),
        ("formula", json!({"type": "boolean", "boolean": true}), Value::Bool(true)),
        ("formula", json!({"type": "date", "date": {"start": "2024-05-01"}}), day("2024-05-01")),
        ("formula", json!({"type": "unsupported", "unsupported": {}}), unreadable("formula : unsupported")),
        ("rollup", json!({"type": "number", "number": 3, "function": "sum"}), Value::Number(3.0)),
        ("rollup", json!({"type": "number", "number": null, "function": "max"}), Value::Empty),
        (
            "rollup",
            json!({"type": "date", "date": {"start": "2024-05-01"}, "function": "earliest_date"}),
            day("2024-05-01"),
        ),
        (
            "rollup",
            json!({"type": "array", "array": [{"type": "title", "title": [piece("a"), piece("b")]},
                {"type": "number", "number": 2}, {"type": "number", "number": null},
                {"type": "multi_select", "multi_select": [option("A"), option("B")]}]}),
            Value::List(vec![text("ab"), Value::Number(2.0), text("A"), text("B")]),
        ),
        ("rollup", json!({"type": "array", "array": []}), Value::Empty),
        ("rollup", json!({"type": "incomplete", "incomplete": {}}), unreadable("rollup : incomplete")),
        (
            "rollup",
            json!({"type": "array", "array": [{"type": "button", "button": {}}]}),
            unreadable("rollup"),
        ),
        ("button", json!({}), unreadable("button")),
        ("something_new", json!({"a": 1}), unreadable("something_new")),
    ] {
        let held = read(native, &value);
        // As text, because two instants are equal whatever their offsets.
        assert_eq!(format!("{:?}", held.value), format!("{expected:?}"), "{native} {value}");
        assert!(held.whole && held.pages.is_empty(), "{native} {value}");
        // No shape whatever makes it fail.
        for odd in [json!([]), json!({}), json!("x"), json!(1e300), json!([null]), json!([{"id": []}])] {
            read(native, &odd);
        }
    }
}

#[test]
fn what_may_have_been_left_out_is_known() {
    let pieces = |count: usize| (0..count).map(|_| piece("a")).collect::<Json>();
    let users =
        |count: usize| (0..count).map(|n| json!({"id": "u", "name": n.to_string()})).collect::<Json>();
    let pages = |count: usize| (0..count).map(|n| json!({"id": n.to_string()})).collect::<Json>();
    let items = |count: usize| {
        let items: Vec<Json> = (0..count).map(|n| json!({"type": "number", "number": n})).collect();
        json!({"type": "array", "array": items})
    };
    for (native, value, whole) in [
        ("title", pieces(24), true),
        ("title", pieces(25), false),
        ("rich_text", pieces(25), false),
        ("people", users(24), true),
        ("people", users(25), false),
        ("relation", pages(24), true),
        ("relation", pages(25), false),
        ("rollup", items(24), true),
        ("rollup", items(25), false),
    ] {
        assert_eq!(read(native, &value).whole, whole, "{native} {value}");
    }
    let more = json!({"id": "x", "type": "relation", "relation": [{"id": "p1"}], "has_more": true});
    let held = read_with("relation", &more);
    assert_eq!((held.whole, held.pages), (false, vec!["p1".to_owned()]));
}

#[test]
fn the_names_of_a_rollup_over_relations_are_still_to_be_asked_for() {
    let value =
        json!({"type": "array", "array": [{"type": "relation", "relation": [{"id": "p1"}, {"id": "p2"}]}]});
    assert_eq!(read("rollup", &value).pages, ["p1", "p2"]);
}

#[test]
fn a_type_changed_meanwhile_is_not_guessed() {
    let now = json!({"id": "x", "type": "rich_text", "rich_text": [piece("12")]});
    assert_eq!(read_with("number", &now).value, unreadable("rich_text"));
}

#[test]
fn every_type_has_its_kind() {
    use ValueKind as K;
    let function = |name: &str| json!({"function": name});
    let none = json!({});
    for (native, settings, kind, writable) in [
        ("title", &none, K::Text, true),
        ("rich_text", &none, K::Text, true),
        ("number", &none, K::Number, true),
        ("select", &none, K::Choice, true),
        ("multi_select", &none, K::List, true),
        ("status", &none, K::Choice, true),
        ("date", &none, K::Date, true),
        ("checkbox", &none, K::Bool, true),
        ("people", &none, K::List, true),
        ("url", &none, K::Text, true),
        ("email", &none, K::Text, true),
        ("phone_number", &none, K::Text, true),
        ("relation", &none, K::List, false),
        ("files", &none, K::List, false),
        ("formula", &none, K::Text, false),
        ("rollup", &function("sum"), K::Number, false),
        ("rollup", &function("latest_date"), K::Date, false),
        ("rollup", &function("show_original"), K::List, false),
        ("rollup", &function("count_per_group"), K::Unsupported, false),
        ("created_time", &none, K::DateTime, false),
        ("last_edited_time", &none, K::DateTime, false),
        ("created_by", &none, K::Person, false),
        ("last_edited_by", &none, K::Person, false),
        ("unique_id", &none, K::Text, false),
        ("place", &none, K::Text, false),
        ("verification", &none, K::Text, false),
        ("button", &none, K::Unsupported, false),
        ("something_new", &none, K::Unsupported, false),
    ] {
        let stream = source(native, settings).stream(true);
        let field = &stream.fields[0];
        assert_eq!((field.kind, field.writable), (kind, writable), "{native} {settings}");
        assert_eq!(field.makes_options, ["select", "multi_select"].contains(&native), "{native}");
        assert!(!source(native, settings).stream(false).fields[0].makes_options, "{native}");
    }
}

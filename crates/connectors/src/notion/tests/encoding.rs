//! Every writable property type, written and recognised again.

use model::{Text, Value};
use serde_json::{Value as Json, json};

use super::{day, instant, property, text, texts};
use crate::common::cell::Cells;
use crate::notion::encode::{Known, encode};
use crate::notion::holds::holds;
use crate::notion::people::User;

fn users() -> Vec<User> {
    let users = json!([
        {"object": "user", "id": "u1", "type": "person", "name": "Lou Petit", "person": {"email": "lou@example.com"}},
        {"object": "user", "id": "u2", "type": "person", "name": "Max Roy", "person": {"email": "max@example.com"}},
        {"object": "user", "id": "u3", "type": "person", "name": "Max Roy", "person": {}},
        {"object": "user", "id": "u4", "type": "bot", "name": "Robot", "bot": {}},
    ]);
    serde_json::from_value(users).expect("users")
}

fn options() -> Json {
    let option = |id: &str, name: &str| json!({"id": id, "name": name, "color": "green"});
    json!({"options": [option("o1", "won"), option("o2", "Won"), option("o3", "À voir, peut-être")]})
}

fn write(native: &str, value: &Value, create_options: bool) -> Result<Json, Text> {
    encode(&property(native, &options()), value, Known { users: &users(), create_options })
}

#[test]
fn every_writable_type_is_written() {
    let piece = |content: &str| json!({"type": "text", "text": {"content": content}});
    for (native, value, expected) in [
        ("title", text("Acme"), json!([piece("Acme")])),
        ("title", Value::Number(12.5), json!([piece("12.5")])),
        ("title", text(""), json!([])),
        ("rich_text", texts(&["a", "b"]), json!([piece("a, b")])),
        ("rich_text", text(&"é".repeat(2_001)), json!([piece(&"é".repeat(2_000)), piece("é")])),
        ("number", Value::Number(3.0), json!(3)),
        ("number", Value::Number(0.1), json!(0.1)),
        ("select", text("Won"), json!({"id": "o2"})),
        ("select", text(" WON "), json!({"id": "o1"})),
        ("select", text("à voir, PEUT-ÊTRE"), json!({"id": "o3"})),
        ("status", text("Won"), json!({"id": "o2"})),
        ("multi_select", texts(&["Won", "À voir, peut-être"]), json!([{"id": "o2"}, {"id": "o3"}])),
        ("multi_select", text("Won"), json!([{"id": "o2"}])),
        ("date", day("2024-02-29"), json!({"start": "2024-02-29", "end": null, "time_zone": null})),
        (
            "date",
            instant("2024-05-01T00:30:00+02:00"),
            json!({"start": "2024-05-01T00:30:00.000+02:00", "end": null, "time_zone": null}),
        ),
        ("checkbox", Value::Bool(true), json!(true)),
        (
            "people",
            texts(&["LOU@example.com", "max@example.com"]),
            json!([{"object": "user", "id": "u1"}, {"object": "user", "id": "u2"}]),
        ),
        ("people", text("lou petit"), json!([{"object": "user", "id": "u1"}])),
        ("url", text("https://example.com"), json!("https://example.com")),
        ("email", text("a@example.com"), json!("a@example.com")),
        ("phone_number", Value::Number(12.0), json!("12")),
    ] {
        assert_eq!(write(native, &value, false), Ok(json!({native: expected})), "{native} {value:?}");
        let cleared = write(native, &Value::Empty, false).expect("it can be cleared");
        let nothing = match native {
            "title" | "rich_text" | "multi_select" | "people" => json!([]),
            "checkbox" => json!(false),
            _ => json!(null),
        };
        assert_eq!(cleared, json!({native: nothing}), "{native}");
        assert!(write(native, &Value::Unreadable("x".to_owned()), true).is_err(), "{native}");
    }
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    for (native, value, says) in [
        ("number", text("12"), "« Field » (number)"),
        ("number", Value::Number(f64::NAN), "« Field » (number)"),
        ("checkbox", text("oui"), "« Field » (checkbox)"),
        ("date", text("2024-05-01"), "« Field » (date)"),
        ("select", Value::Number(0.0), "« Field » (select)"),
        ("select", text("Perdu"), "L'option « Perdu » n'existe pas dans la propriété « Field »"),
        (
            "multi_select",
            texts(&["Won", "Perdu"]),
            "L'option « Perdu » n'existe pas dans la propriété « Field »",
        ),
        ("status", text("Perdu"), "L'état « Perdu » n'existe pas dans la propriété « Field »"),
        ("people", text("Nina"), "« Nina » n'est pas une personne"),
        ("people", text("Max Roy"), "Plusieurs personnes s'appellent « Max Roy »"),
        ("people", text("Robot"), "« Robot » n'est pas une personne"),
        ("rich_text", text(&"a".repeat(200_001)), "trop long pour la propriété « Field »"),
        ("email", text(&"a".repeat(201)), "Notion accepte 200 caractères"),
        ("url", text(&"a".repeat(2_001)), "Notion accepte 2000 caractères"),
        ("multi_select", texts(&["Won"; 101]), "100 valeurs au plus"),
    ] {
        let Err(Text { fr, en }) = write(native, &value, false) else { panic!("{native} takes {value:?}") };
        assert!(fr.contains(says), "{fr}");
        assert!(!en.is_empty());
    }
}

#[test]
fn options_are_made_only_when_asked_for() {
    assert_eq!(write("select", &text(" Perdu "), true), Ok(json!({"select": {"name": "Perdu"}})));
    assert_eq!(
        write("multi_select", &texts(&["won", "Perdu"]), true),
        Ok(json!({"multi_select": [{"id": "o1"}, {"name": "Perdu"}]}))
    );
    assert!(write("status", &text("Perdu"), true).is_err(), "Notion alone adds a status");
    let Err(Text { fr, .. }) = write("select", &text("Perdu, hélas"), true) else { panic!("a comma") };
    assert!(fr.contains("virgule"), "{fr}");
}

#[test]
fn what_was_sent_is_recognised_when_it_comes_back() {
    let read = |text: &str| json!([{"plain_text": text}]);
    let long = "é".repeat(60_000);
    let beginning: Json = (0..25).map(|_| json!({"plain_text": "é".repeat(2_000)})).collect();
    for (native, value, back, same) in [
        ("title", text("a"), read("a"), true),
        ("title", text("a"), read("b"), false),
        ("title", text("a"), json!([]), false),
        ("rich_text", Value::Empty, json!([]), true),
        ("rich_text", text(&long), beginning.clone(), true),
        ("rich_text", text(&long.replace('é', "e")), beginning, false),
        ("number", Value::Number(0.1), json!(0.1), true),
        ("number", Value::Number(0.1), json!(0.2), false),
        ("number", Value::Empty, json!(null), true),
        ("number", Value::Empty, json!(0), false),
        ("checkbox", Value::Bool(false), json!(false), true),
        ("checkbox", Value::Bool(true), json!(false), false),
        ("select", text("Won"), json!({"id": "o2", "name": "Won"}), true),
        ("select", text("Won"), json!({"id": "o1", "name": "won"}), false),
        ("select", text("Perdu"), json!({"id": "new", "name": "Perdu"}), true),
        ("select", text("Won"), json!(null), false),
        ("multi_select", texts(&["Won", "won"]), json!([{"id": "o1"}, {"id": "o2"}]), true),
        ("multi_select", texts(&["Won"]), json!([{"id": "o1"}, {"id": "o2"}]), false),
        ("people", text("lou petit"), json!([{"object": "user", "id": "u1"}]), true),
        ("people", text("lou petit"), json!([{"object": "user", "id": "u2"}]), false),
        ("date", day("2024-05-01"), json!({"start": "2024-05-01", "end": null}), true),
        ("date", day("2024-05-01"), json!({"start": "2024-05-02", "end": null}), false),
        ("date", day("2024-05-01"), json!({"start": "2024-05-01", "end": "2024-05-02"}), false),
        (
            "date",
            instant("2024-05-01T00:30:00+02:00"),
            json!({"start": "2024-04-30T22:30:00.000+00:00"}),
            true,
        ),
        ("url", text("https://example.com"), json!("https://example.com"), true),
    ] {
        let sent = write(native, &value, true).expect("it fits");
        let answer = json!({"id": "x", "type": native, native: back}).to_string();
        let cells: Cells = serde_json::from_str(&answer).expect("an object");
        assert_eq!(holds(&sent, Some(&cells)), same, "{native}: {value:?} and {back}");
        assert!(!holds(&sent, None), "what is not there is not it");
    }
}

//! Nested JSON as a line that people can read: references by their names, lists by their items.

use super::cell::{Cell, Cells};

/// What a value says on one line; `None` where it says nothing.
pub(crate) fn readable(cell: &Cell<'_>) -> Option<String> {
    let line = match cell {
        Cell::Null => return None,
        Cell::Bool(yes) => yes.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.trim().to_owned(),
        Cell::List(items) => {
            // Items that are lines of several things themselves are kept apart more clearly.
            let is_long = items.iter().any(
                |item| matches!(item, Cell::Object(inner) if name(inner).is_none() && inner.0.len() > 1),
            );
            let items: Vec<String> = items.iter().filter_map(readable).collect();
            items.join(if is_long { " ; " } else { ", " })
        }
        Cell::Object(members) => object(members),
    };
    (!line.is_empty()).then_some(line)
}

/// The name that a reference to another thing gives for it.
pub(crate) fn name<'c>(members: &'c Cells<'_>) -> Option<&'c str> {
    members.text("descriptor").or_else(|| members.text("Descriptor"))
}

fn object(members: &Cells<'_>) -> String {
    if let Some(name) = name(members) {
        return name.to_owned();
    }
    if let [(_, only)] = &members.0[..] {
        return readable(only).unwrap_or_default();
    }
    if let (Some(value), Some(currency)) = (members.get("value"), members.text("currency")) {
        return format!("{} {currency}", readable(value).unwrap_or_default());
    }
    let parts = members.0.iter().filter_map(|(name, value)| Some(format!("{name}: {}", readable(value)?)));
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_are_read_as_a_person_would() {
        for (json, line) in [
            ("null", None),
            (r#""  ""#, None),
            ("[]", None),
            ("{}", None),
            ("true", Some("true")),
            ("12.50", Some("12.5")),
            (r#"{"id": "3aa5", "descriptor": "IT", "href": "https://x"}"#, Some("IT")),
            (r#"[{"ID": [{"type": "WID", "$": "3aa5"}], "Descriptor": "Bob"}]"#, Some("Bob")),
            (r#"[{"Skill": "SQL"}, {"Skill": "Rust"}]"#, Some("SQL, Rust")),
            (
                r#"[{"Skill": "SQL", "Level": "3"}, {"Skill": "Rust", "Level": ""}]"#,
                Some("Skill: SQL, Level: 3 ; Skill: Rust"),
            ),
            (r#"{"value": 50000, "currency": "USD"}"#, Some("50000 USD")),
        ] {
            let cell: Cell<'_> = serde_json::from_str(json).expect("JSON");
            assert_eq!(readable(&cell).as_deref(), line, "{json}");
        }
    }
}

//! A row seen as cells: names and values of a JSON object, objects within it taken apart.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How deep objects are taken apart: `a.b.c` is a column, an object within it is a value.
const DEPTH: usize = 3;

/// A value of a row, as it came.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// `null`, or a text of spaces.
    Empty,
    /// Yes or no.
    Boolean(bool),
    /// A number, with all its digits.
    Number(&'a str),
    /// A text.
    Text(Cow<'a, str>),
    /// A list, or an object that is not taken apart.
    Json(&'a str),
}

impl Cell<'_> {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }

    /// As people read it.
    pub fn as_text(&self) -> &str {
        match self {
            Cell::Empty => "",
            Cell::Boolean(true) => "true",
            Cell::Boolean(false) => "false",
            Cell::Number(text) | Cell::Json(text) => text,
            Cell::Text(text) => text,
        }
    }
}

/// The cells of a row with their columns' names, in the order of the row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells<'a>(Vec<(Cow<'a, str>, Cell<'a>)>);

impl<'a> Cells<'a> {
    /// The cell of that column, which may be empty; `None` where the row has none.
    pub fn get(&self, column: &str) -> Option<&Cell<'a>> {
        self.0.iter().find(|(name, _)| name == column).map(|(_, cell)| cell)
    }

    /// Name and cell, in the order of the row.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Cell<'a>)> {
        self.0.iter().map(|(name, cell)| (name.as_ref(), cell))
    }
}

/// The cells of a row of texts, such as a line of a file: each with its column's name.
impl<'a> FromIterator<(&'a str, &'a str)> for Cells<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(texts: T) -> Cells<'a> {
        let cell = |text: &'a str| match text.trim().is_empty() {
            true => Cell::Empty,
            false => Cell::Text(Cow::Borrowed(text)),
        };
        Cells(texts.into_iter().map(|(name, text)| (Cow::Borrowed(name), cell(text))).collect())
    }
}

/// The content of a row is no JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnObject;

/// Reads the content of a row. An object within an object gives `address.city`; an empty one gives nothing.
///
/// # Errors
/// The content is no JSON object.
pub fn cells(content: &str) -> Result<Cells<'_>, NotAnObject> {
    let members: Members<'_> = serde_json::from_str(content).map_err(|_| NotAnObject)?;
    let mut cells = Cells(Vec::with_capacity(members.0.len()));
    flatten(members, None, 1, &mut cells.0);
    Ok(cells)
}

fn flatten<'a>(
    members: Members<'a>,
    within: Option<&str>,
    depth: usize,
    cells: &mut Vec<(Cow<'a, str>, Cell<'a>)>,
) {
    for (name, value) in members.0 {
        let name = match within {
            Some(outer) => Cow::Owned(format!("{outer}.{name}")),
            None => name,
        };
        let raw = value.get();
        match raw.as_bytes().first() {
            Some(b'{') if depth < DEPTH => {
                if let Ok(members) = serde_json::from_str(raw) {
                    flatten(members, Some(&name), depth + 1, cells);
                }
            }
            _ => cells.push((name, cell(raw))),
        }
    }
}

fn cell(raw: &str) -> Cell<'_> {
    match raw.as_bytes().first() {
        None | Some(b'n') => Cell::Empty,
        Some(b't') => Cell::Boolean(true),
        Some(b'f') => Cell::Boolean(false),
        Some(b'{' | b'[') => Cell::Json(raw),
        Some(b'"') => match serde_json::from_str::<Word<'_>>(raw) {
            Ok(Word(text)) if text.trim().is_empty() => Cell::Empty,
            Ok(Word(text)) => Cell::Text(text),
            // Half a surrogate pair cannot be a text; it is shown as it came.
            Err(_) => Cell::Text(Cow::Borrowed(raw)),
        },
        Some(_) => Cell::Number(raw),
    }
}

/// A text, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of an object in their order, their values as they stand there.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members<'de>, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((Word(name), value)) = map.next_entry()? {
            members.push((name, value));
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_taken_apart() {
        let content = r#"{"id": 12345678901234567890123, "a": {"b": {"c": {"d": 1}, "e": null}},
            "list": [1, {"x": 2}], "none": {}, "n": "l\u00e9", "space": "  ", "yes": true}"#;
        let seen: Vec<(String, String)> = cells(content)
            .unwrap_or_default()
            .iter()
            .map(|(name, cell)| (name.to_owned(), cell.as_text().to_owned()))
            .collect();
        let expected = [
            ("id", "12345678901234567890123"),
            ("a.b.c", "{\"d\": 1}"),
            ("a.b.e", ""),
            ("list", "[1, {\"x\": 2}]"),
            ("n", "lé"),
            ("space", ""),
            ("yes", "true"),
        ];
        assert_eq!(seen, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_row_of_texts_has_no_types() {
        let cells: Cells<'_> = [("n", "12"), ("space", " ")].into_iter().collect();
        assert_eq!(cells.get("n"), Some(&Cell::Text("12".into())));
        assert_eq!((cells.get("space"), cells.get("other")), (Some(&Cell::Empty), None));
    }

    #[test]
    fn only_an_object_is_a_row() {
        for content in ["", "[]", "1", "{\"a\":}", "{\"a\":1} x", "null"] {
            assert_eq!(cells(content).err(), Some(NotAnObject), "{content}");
        }
        assert_eq!(cells("{\"a\": \"\\ud800\"}").map(|cells| cells.iter().count()), Ok(1));
    }
}

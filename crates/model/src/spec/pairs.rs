//! Names and values as people type them: a JSON object, or a line for each.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::text::Text;

/// The pairs of a text, in its order. A text that begins with `{` is JSON; in any other, each line that
/// holds something is `name: value`.
///
/// # Errors
/// A sentence that names the line, or the name whose value is a list or an object.
pub fn pairs(text: &str) -> Result<Vec<(String, String)>, Text> {
    let text = text.trim();
    if text.starts_with('{') {
        return serde_json::from_str(text).map(|Members(pairs)| pairs).map_err(|error| not_an_object(&error));
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(pair).collect()
}

fn pair(line: &str) -> Result<(String, String), Text> {
    match line.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err(Text::new(
            format!("« {} » n'est pas de la forme « Nom: valeur ».", crate::parse::shorten(line)),
            format!("“{}” is not of the form “Name: value”.", crate::parse::shorten(line)),
        )),
    }
}

fn not_an_object(error: &serde_json::Error) -> Text {
    let (line, column) = (error.line(), error.column());
    Text::new(
        format!(
            "Ce texte n'est pas un objet JSON de valeurs simples (ligne {line}, colonne {column}). Il ressemble \
             à {{\"limit\": 1000}} ; ou écrivez une ligne « Nom: valeur » par valeur."
        ),
        format!(
            "This text is not a JSON object of plain values (line {line}, column {column}). It looks like \
             {{\"limit\": 1000}}; or write a line “Name: value” for each value."
        ),
    )
}

/// The members of an object, in order; serde's maps would sort them and drop those that come twice.
struct Members(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of plain values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some((name, Plain(value))) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A value that can be written in a header or an address.
struct Plain(String);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Plain, D::Error> {
        use serde::de::Error;
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Ok(Plain(text)),
            serde_json::Value::Null => Ok(Plain(String::new())),
            plain @ (serde_json::Value::Number(_) | serde_json::Value::Bool(_)) => {
                Ok(Plain(plain.to_string()))
            }
            _ => Err(D::Error::custom("a plain value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_and_lines() {
        for (text, expected) in [
            ("", &[][..]),
            (
                r#"{"limit": 1000, "active": true, "q": "a: b", "none": null}"#,
                &[("limit", "1000"), ("active", "true"), ("q", "a: b"), ("none", "")],
            ),
            (
                "Accept: application/json\n\n X-Version : 2:1 \r\n",
                &[("Accept", "application/json"), ("X-Version", "2:1")],
            ),
            ("a:", &[("a", "")]),
        ] {
            let expected: Vec<_> = expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
            assert_eq!(pairs(text), Ok(expected), "{text}");
        }
        for text in ["limit", ": x", "{", r#"{"a": [1]}"#, r#"{"a": {}}"#, r#"{"a": 1} x"#, "[1]"] {
            assert!(pairs(text).is_err(), "{text}");
        }
    }
}

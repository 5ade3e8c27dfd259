//! Finds values in a JSON document without making anything else of it than its letters.

use std::borrow::Cow;
use std::fmt;

use jsonpath_rust::JsonPath;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::path::{DataPath, Path, Step};
use super::texts;
use crate::error::Result;

/// A way that ends before its end.
#[derive(Debug, PartialEq)]
pub(super) struct Missing {
    /// The step that cannot be made.
    pub(super) step: Step,
    /// What there is instead: the names of an object's members, or a word for what is no object.
    pub(super) there: There,
}

/// What a way met.
#[derive(Debug, PartialEq)]
pub(super) enum There {
    Object(Vec<String>),
    List(usize),
    Scalar,
}

/// The members of an object, in order, their values as they came.
#[derive(Debug, Default)]
pub(super) struct Members<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

/// serde borrows a `Cow` only where it is told to.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Members<'de>, A::Error> {
                let mut members = Vec::with_capacity(16);
                while let Some((Key(key), value)) = map.next_entry()? {
                    members.push((key, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// The value at the end of a way.
pub(super) fn at<'a>(document: &'a RawValue, path: &Path) -> std::result::Result<&'a RawValue, Missing> {
    path.0.iter().try_fold(document, |value, step| {
        let missing = |there| Missing { step: step.clone(), there };
        match value.get().as_bytes().first() {
            Some(b'{') => {
                let members: Members = serde_json::from_str(value.get()).unwrap_or_default();
                let wanted = match step {
                    Step::Key(key) => members.0.iter().find(|(name, _)| name == key).map(|(_, value)| *value),
                    Step::Item(_) => None,
                };
                wanted.ok_or_else(|| missing(There::Object(names(&members))))
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                let wanted = match step {
                    Step::Item(place) => items.get(*place).copied(),
                    Step::Key(_) => None,
                };
                wanted.ok_or_else(|| missing(There::List(items.len())))
            }
            _ => Err(missing(There::Scalar)),
        }
    })
}

/// The text of a plain value: a string without its quotes, anything else as it is written; `None` for null,
/// an empty string, a list or an object.
pub(super) fn plain(value: &RawValue) -> Option<String> {
    let text = value.get();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok().filter(|text: &String| !text.is_empty()),
        b'{' | b'[' | b'n' => None,
        _ => Some(text.to_owned()),
    }
}

/// The rows a document holds, each a JSON object. `may_be_null` says that nothing at all is a list without
/// rows: on the first page it is rather a refusal that goes by another name.
///
/// # Errors
/// `UnexpectedReply` that tells what is there instead of rows.
pub(super) fn rows(document: &RawValue, path: &DataPath, may_be_null: bool) -> Result<Vec<String>> {
    match path {
        DataPath::At(path) => {
            let found = at(document, path).map_err(|missing| texts::nothing_there(&missing))?;
            rows_of(found, may_be_null)
        }
        DataPath::Query(query) => queried(document, query),
    }
}

fn rows_of(found: &RawValue, may_be_null: bool) -> Result<Vec<String>> {
    match found.get().as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(found.get()).unwrap_or_default();
            Ok(items.into_iter().map(row).collect())
        }
        Some(b'{') => Ok(vec![found.get().to_owned()]),
        Some(b'n') if may_be_null => Ok(Vec::new()),
        _ => Err(texts::scalar(found.get())),
    }
}

/// An object as it is, anything else as the one value of an object.
pub(super) fn row(item: &RawValue) -> String {
    let text = item.get();
    if text.starts_with('{') { text.to_owned() } else { format!("{{\"value\":{text}}}") }
}

fn queried(document: &RawValue, query: &str) -> Result<Vec<String>> {
    let parsed: Json = serde_json::from_str(document.get()).unwrap_or_default();
    let found = parsed.query(query).map_err(|_| texts::no_path(query))?;
    let raw = |value: &Json| RawValue::from_string(value.to_string()).ok();
    match found.as_slice() {
        // A filter may leave nothing over; a plain way that finds nothing is wrong.
        [] if query.contains('?') => Ok(Vec::new()),
        [] => {
            let members: Members = serde_json::from_str(document.get()).unwrap_or_default();
            Err(texts::nothing_found(query, &names(&members)))
        }
        [one @ Json::Array(_)] => raw(one).map_or(Ok(Vec::new()), |one| rows_of(&one, false)),
        all => Ok(all.iter().filter_map(|value| raw(value)).map(|value| row(&value)).collect()),
    }
}

fn names(members: &Members) -> Vec<String> {
    members.0.iter().map(|(name, _)| name.clone().into_owned()).collect()
}

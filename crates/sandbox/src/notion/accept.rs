//! Which values a property accepts, and the form in which it keeps them.
//!
//! Kept are: rich text as it is read; options, users and pages by id; all else as it is written.

mod dates;
mod files;
mod lists;
mod options;

use serde_json::{Map, Value, json};

use super::rich_text::{self, longest};
use super::state::{Column, SourceState, World};
use super::{Choice, PropertyType, Refusal};

/// The types whose values can be written, by the key of the value.
const WRITABLE: [&str; 16] = [
    "title",
    "rich_text",
    "number",
    "select",
    "multi_select",
    "status",
    "date",
    "checkbox",
    "people",
    "relation",
    "url",
    "email",
    "phone_number",
    "files",
    "place",
    "verification",
];
/// The others, which a client may try.
const COMPUTED: [&str; 8] = [
    "formula",
    "rollup",
    "created_time",
    "last_edited_time",
    "created_by",
    "last_edited_by",
    "unique_id",
    "button",
];

/// What a write comes to, if it is accepted as a whole.
#[derive(Debug, Default)]
pub(super) struct Accepted {
    /// New cells by property id.
    pub(super) cells: Map<String, Value>,
    /// Options to be made, by property id.
    pub(super) choices: Vec<(String, Choice)>,
}

/// A write to one data source.
pub(super) struct Draft<'w> {
    pub(super) world: &'w World,
    pub(super) source: &'w SourceState,
    /// From the inside: what the API only computes can be set too, and limits do not hold.
    pub(super) inside: bool,
}

impl Draft<'_> {
    /// Checks all properties of a write.
    ///
    /// # Errors
    /// The refusal of the first property that is wrong.
    pub(super) fn properties(&self, given: &Map<String, Value>) -> Result<Accepted, Refusal> {
        let mut accepted = Accepted::default();
        for (key, value) in given {
            let (kind, value) = shape(key, value, self.inside)?;
            let place = format!("body.properties.{key}.{kind}");
            // The form of a value is checked before the schema is looked at.
            self.form(kind, value, &place)?;
            let column = self.source.column(key).ok_or_else(|| Refusal::unknown_property(key))?;
            if column.kind.name() != kind {
                return Err(Refusal::expected(&column.name, column.kind.name()));
            }
            let cell = self.cell(column, value, &place, &mut accepted)?;
            accepted.cells.insert(column.id.clone(), cell);
        }
        Ok(accepted)
    }

    fn form(&self, kind: &str, value: &Value, place: &str) -> Result<(), Refusal> {
        let ok = match kind {
            "title" | "rich_text" | "multi_select" | "people" | "relation" | "files" => {
                return lists::form(value, place, self.inside);
            }
            "number" => value.is_number() || value.is_null(),
            "checkbox" => value.is_boolean(),
            "url" | "email" | "phone_number" => value.is_string() || value.is_null(),
            _ => value.is_object() || value.is_null(),
        };
        let should = match kind {
            "number" => "be a number or `null`",
            "checkbox" => "be a boolean",
            "url" | "email" | "phone_number" => "be a string or `null`",
            _ => "be an object or `null`",
        };
        if ok { Ok(()) } else { Err(Refusal::body(place, should, Some(value))) }
    }

    fn cell(
        &self,
        column: &Column,
        value: &Value,
        place: &str,
        accepted: &mut Accepted,
    ) -> Result<Value, Refusal> {
        use PropertyType as T;
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        match &column.kind {
            T::Title | T::RichText => rich_text::read(self.world, list, place),
            T::Select(choices) => options::one(column, choices, value, true, accepted),
            T::Status(choices) => options::one(column, choices, value, self.inside, accepted),
            T::MultiSelect(choices) => {
                let ids = list.iter().map(|value| options::one(column, choices, value, true, accepted));
                ids.collect::<Result<Vec<_>, _>>().map(Value::Array)
            }
            T::Date => dates::date(value, place),
            T::People => lists::people(self.world, list, place),
            T::Relation { source, .. } => lists::relation(self.world, *source, list, place),
            T::Files => files::files(list, place),
            T::Url | T::Email | T::PhoneNumber => {
                let text = value.as_str().unwrap_or_default();
                if value.is_string() && text.is_empty() {
                    return Err(Refusal::body(place, "be populated", Some(&json!(""))));
                }
                longest(text, if column.kind == T::Url { 2000 } else { 200 }, place)?;
                Ok(value.clone())
            }
            _ => Ok(value.clone()),
        }
    }
}

/// The one type that a written value has, and the value.
fn shape<'v>(key: &str, given: &'v Value, inside: bool) -> Result<(&'static str, &'v Value), Refusal> {
    let place = format!("body.properties.{key}");
    let Some(object) = given.as_object() else {
        return Err(Refusal::body(&place, "be an object", Some(given)));
    };
    let find =
        |names: &[&'static str]| names.iter().find_map(|name| object.get(*name).map(|value| (*name, value)));
    if let Some(found) = find(&WRITABLE) {
        return Ok(found);
    }
    match find(&COMPUTED) {
        Some(found) if inside => Ok(found),
        // The text is unverified.
        Some((kind, value)) => Err(Refusal::body(&format!("{place}.{kind}"), "be not present", Some(value))),
        None => {
            let kind = object.get("type").and_then(Value::as_str).unwrap_or("title");
            Err(Refusal::body(&format!("{place}.{kind}"), "be defined", None))
        }
    }
}

//! Which values a cell accepts, and in which form they are stored.
//!
//! Source: airtable.com/developers/web/api/field-model and …/create-records for `typecast`. Nothing is changed
//! here: options and records that `typecast` calls for are noted in the [`Draft`] and made only when
//! the whole request is good, because a batch is all or nothing.

mod choices;
mod files;
mod moments;
mod numbers;
mod references;

use serde_json::{Map, Value, json};

use super::field_type::Choice;
use super::state::{BaseState, People, TableState};
use super::{FieldType, Id, Refusal};

/// Longest text of a cell (unverified).
const LONGEST_TEXT: usize = 100_000;

/// A write being checked.
pub(super) struct Draft<'a> {
    pub(super) base: &'a BaseState,
    pub(super) table: &'a TableState,
    pub(super) people: &'a People,
    pub(super) rng: &'a mut fastrand::Rng,
    pub(super) typecast: bool,
    /// Whether fields the API refuses to write are stored all the same: for test data.
    pub(super) read_only_too: bool,
    pub(super) wanted: Wanted,
}

/// What has to be made before the cells can be stored.
#[derive(Default)]
pub(super) struct Wanted {
    /// Options, by slot.
    pub(super) choices: Vec<(usize, Choice)>,
    /// Records in linked tables, by their primary value.
    pub(super) records: Vec<(Id, Id, String)>,
}

/// A cell as it is to be stored; `Err` with nothing means that the type does not accept the value.
type Accepted = Result<Value, Option<Refusal>>;

impl Draft<'_> {
    /// Checks the `fields` of a record. `current` is the record's stored cell in a slot.
    ///
    /// # Errors
    /// The API's refusal of the first bad field.
    pub(super) fn fields(
        &mut self,
        fields: &Map<String, Value>,
        current: impl Fn(usize) -> Value,
    ) -> Result<Vec<(usize, Value)>, Refusal> {
        let mut cells = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let slot = self.table.slot(key).ok_or_else(|| Refusal::unknown_field(key))?;
            cells.push((slot, self.cell(slot, value, &current(slot))?));
        }
        Ok(cells)
    }

    fn cell(&mut self, slot: usize, value: &Value, current: &Value) -> Result<Value, Refusal> {
        let table = self.table;
        let Some(column) = table.column(slot) else {
            return Ok(Value::Null);
        };
        let kind = &column.kind;
        if kind.is_read_only() {
            let stored = self.read_only_too && !kind.is_computed();
            return if stored { Ok(value.clone()) } else { Err(Refusal::computed_field(&column.name)) };
        }
        if value.is_null() {
            return Ok(Value::Null);
        }
        // With typecast an empty text empties any cell; without, it is a value like any other.
        if self.typecast && value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Ok(Value::Null);
        }
        let accepted = self.typed(slot, kind, value, current);
        accepted.map_err(|refusal| refusal.unwrap_or_else(|| Refusal::invalid_value(&column.name)))
    }

    fn typed(&mut self, slot: usize, kind: &FieldType, value: &Value, current: &Value) -> Accepted {
        use FieldType as T;
        match kind {
            T::SingleLineText | T::Email | T::Url | T::PhoneNumber | T::MultilineText | T::RichText => {
                self.text(value)
            }
            T::Number { .. } | T::Currency { .. } => numbers::number(value, self.typecast),
            T::Percent { .. } => numbers::percent(value, self.typecast),
            T::Duration { .. } => numbers::duration(value, self.typecast),
            T::Rating { max } => numbers::rating(value, *max, self.typecast),
            T::Checkbox => self.checkbox(value),
            T::Date { format } => moments::day(value, format, self.typecast),
            T::DateTime { time_zone, .. } => moments::moment(value, time_zone),
            T::SingleSelect { choices } => self.single_select(slot, choices, value),
            T::MultipleSelects { choices } => self.multiple_selects(slot, choices, value),
            T::SingleCollaborator => self.person(value),
            T::MultipleCollaborators => self.several_people(value),
            T::MultipleRecordLinks(link) => self.link(link.table, value),
            T::MultipleAttachments => files::files(value, current, self.rng),
            T::Barcode => barcode(value),
            _ => Err(None),
        }
    }

    fn text(&self, value: &Value) -> Accepted {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) if self.typecast => value.to_string(),
            _ => return Err(None),
        };
        match text.chars().count() {
            0 => Ok(Value::Null),
            length if length > LONGEST_TEXT => Err(None),
            _ => Ok(json!(text)),
        }
    }

    fn checkbox(&self, value: &Value) -> Accepted {
        let checked = match value {
            Value::Bool(checked) => *checked,
            Value::Number(number) if self.typecast => number.as_f64() != Some(0.0),
            Value::String(text) if self.typecast => {
                ["true", "1", "yes", "checked"].contains(&text.trim().to_lowercase().as_str())
            }
            _ => return Err(None),
        };
        Ok(if checked { json!(true) } else { Value::Null })
    }
}

fn barcode(value: &Value) -> Accepted {
    let text = value["text"].as_str().ok_or(None)?;
    match &value["type"] {
        Value::Null => Ok(json!({ "text": text })),
        Value::String(kind) => Ok(json!({"text": text, "type": kind})),
        _ => Err(None),
    }
}

/// An array, emptied to nothing.
fn array(items: Vec<Value>) -> Value {
    if items.is_empty() { Value::Null } else { Value::Array(items) }
}

//! The service's types of fields, and what their values are: nearly always texts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use model::{FieldKey, Record, StreamField, Value, ValueKind};

use crate::common::cell::{Cell, Cells};
use crate::common::readable::readable;

/// What the service says for a day that is not set.
const NO_DAY: &str = "0000-00-00";

/// Where a row names what is withheld of it.
const WITHHELD: &str = "_restrictedFields";

/// A field of a stream, of the service's type of that name; a type that is not known is text.
pub(super) fn field(id: String, name: Option<String>, native: Option<&str>) -> StreamField {
    StreamField {
        name: name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone()),
        id,
        kind: kind(native.unwrap_or_default()),
        native_type: native.unwrap_or("text").to_owned(),
        writable: false,
        options: Vec::new(),
        makes_options: false,
        stands_for: BTreeMap::new(),
    }
}

/// Fields whose names are all different, as people tell them apart: a name that comes again bears its id.
pub(super) fn distinct(mut fields: Vec<StreamField>) -> Vec<StreamField> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for field in &fields {
        *times.entry(field.name.clone()).or_default() += 1;
    }
    for field in fields.iter_mut().filter(|field| times.get(&field.name).is_some_and(|times| *times > 1)) {
        field.name = format!("{} ({})", field.name, field.id);
    }
    fields
}

/// The list of types is open, and was never published whole.
fn kind(native: &str) -> ValueKind {
    match native {
        "date" | "history_date" => ValueKind::Date,
        "int" | "integer" | "float" => ValueKind::Number,
        "bool" | "checkbox" => ValueKind::Bool,
        "list" | "options" | "status" | "gender" | "marital_status" | "country" | "state" | "pay_type" => {
            ValueKind::Choice
        }
        _ => ValueKind::Text,
    }
}

/// The fields that are read of every row.
pub(super) struct Columns(Vec<Column>);

struct Column {
    key: FieldKey,
    kind: ValueKind,
    native: String,
}

impl Columns {
    pub(super) fn of(fields: &[StreamField]) -> Columns {
        let column = |field: &StreamField| Column {
            key: Arc::from(field.id.as_str()),
            kind: field.kind,
            native: field.native_type.clone(),
        };
        Columns(fields.iter().map(column).collect())
    }

    /// A row as a record. What the key's user may not see is not in the row, or is named among what is withheld: it
    /// cannot be read, which is not the same as empty.
    pub(super) fn record(&self, id: String, row: &Cells<'_>) -> Record {
        let held = |column: &Column| {
            let cell = row.get(&column.key).filter(|_| !is_withheld(row, &column.key));
            let unreadable = || Value::Unreadable(column.native.clone());
            (Arc::clone(&column.key), cell.map_or_else(unreadable, |cell| value(cell, column.kind)))
        };
        Record { id, modified_at: None, fields: self.0.iter().map(held).collect() }
    }
}

/// Whether the row says that the key's user may not see that field of it.
fn is_withheld(row: &Cells<'_>, key: &str) -> bool {
    let Some(Cell::List(names)) = row.get(WITHHELD) else { return false };
    names.iter().any(|name| matches!(name, Cell::Text(name) if name == key))
}

/// What a cell of that kind holds; what does not fit the kind is told as text.
pub(super) fn value(cell: &Cell<'_>, kind: ValueKind) -> Value {
    let Some(text) = readable(cell).filter(|text| text != NO_DAY) else { return Value::Empty };
    let fitting = match kind {
        ValueKind::Date => NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().map(Value::Date),
        ValueKind::Number => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number),
        ValueKind::Bool => yes_or_no(&text).map(Value::Bool),
        _ => None,
    };
    fitting.unwrap_or(Value::Text(text))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" | "on" => Some(true),
        "no" | "false" | "0" | "off" => Some(false),
        _ => None,
    }
}

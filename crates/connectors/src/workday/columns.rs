//! The columns of rows, and what their cells hold.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use model::{FieldKey, Record, StreamField, Value, ValueKind};

use crate::common::cell::{Cell, Cells};
use crate::common::readable::{name, readable};

/// A column. Nothing is ever written into one.
pub(super) fn field(name: String, kind: ValueKind, native_type: String) -> StreamField {
    StreamField {
        id: name.clone(),
        name,
        kind,
        native_type,
        writable: false,
        options: Vec::new(),
        makes_options: false,
        stands_for: BTreeMap::new(),
    }
}

/// The cells of a row by their columns. With `takes_apart`, objects that are more than a reference give a column
/// for each member, under a dotted name.
pub(super) fn cells<'c, 'a>(row: &'c Cells<'a>, takes_apart: bool) -> Vec<(String, &'c Cell<'a>)> {
    let mut cells = Vec::with_capacity(row.0.len());
    add("", row, takes_apart, &mut cells);
    cells
}

fn add<'c, 'a>(
    within: &str,
    members: &'c Cells<'a>,
    takes_apart: bool,
    cells: &mut Vec<(String, &'c Cell<'a>)>,
) {
    for (member, cell) in &members.0 {
        let column = format!("{within}{member}");
        match cell {
            Cell::Object(inner) if takes_apart && !is_reference(inner) => {
                if name(inner).is_some() {
                    cells.push((column.clone(), cell));
                }
                add(&format!("{column}."), inner, takes_apart, cells);
            }
            // Of what is taken apart, the name stands under the object's own, and ids and links are of no use.
            _ if !within.is_empty() && matches!(&**member, "id" | "descriptor" | "href") => {}
            cell => cells.push((column, cell)),
        }
    }
}

/// Whether an object only says which thing is meant.
fn is_reference(members: &Cells<'_>) -> bool {
    name(members).is_some()
        && members
            .0
            .iter()
            .all(|(name, _)| matches!(&**name, "id" | "ID" | "descriptor" | "Descriptor" | "href"))
}

/// The columns that some rows show, in the order they come.
pub(super) fn shown(rows: &[Cells<'_>], takes_apart: bool) -> Vec<StreamField> {
    let mut names: Vec<String> = Vec::new();
    let mut kinds: HashMap<String, Option<ValueKind>> = HashMap::new();
    for (name, cell) in rows.iter().flat_map(|row| cells(row, takes_apart)) {
        let kind = kind_of(cell);
        match kinds.get_mut(&name) {
            Some(known) => *known = common(*known, kind),
            None => {
                names.push(name.clone());
                kinds.insert(name, kind);
            }
        }
    }
    let kind = |name: &String| kinds.get(name).copied().flatten().unwrap_or(ValueKind::Text);
    names
        .into_iter()
        .map(|name| (kind(&name), name))
        .map(|(kind, name)| field(name, kind, String::new()))
        .collect()
}

/// The kind that holds values of both.
fn common(one: Option<ValueKind>, other: Option<ValueKind>) -> Option<ValueKind> {
    match (one, other) {
        (None, kind) | (kind, None) => kind,
        (Some(one), Some(other)) if one == other => Some(one),
        _ => Some(ValueKind::Text),
    }
}

fn kind_of(cell: &Cell<'_>) -> Option<ValueKind> {
    match cell {
        Cell::Bool(_) => Some(ValueKind::Bool),
        Cell::Number(_) => Some(ValueKind::Number),
        Cell::Text(text) if day(text).is_some() => Some(ValueKind::Date),
        Cell::Text(text) if DateTime::parse_from_rfc3339(text).is_ok() => Some(ValueKind::DateTime),
        cell => readable(cell).map(|_| ValueKind::Text),
    }
}

/// The fields that are read of every row.
pub(super) struct Columns {
    fields: Vec<(FieldKey, ValueKind)>,
    takes_apart: bool,
}

impl Columns {
    pub(super) fn of(fields: &[StreamField], takes_apart: bool) -> Columns {
        let fields = fields.iter().map(|field| (Arc::from(field.id.as_str()), field.kind)).collect();
        Columns { fields, takes_apart }
    }

    /// A row as a record; a column that the service leaves out is empty.
    pub(super) fn record(&self, id: String, row: &Cells<'_>) -> Record {
        let cells = cells(row, self.takes_apart);
        let held: HashMap<&str, &Cell<'_>> =
            cells.iter().map(|(name, cell)| (name.as_str(), *cell)).collect();
        let value = |(key, kind): &(FieldKey, ValueKind)| {
            (Arc::clone(key), held.get(&**key).map_or(Value::Empty, |cell| value(cell, *kind)))
        };
        Record { id, modified_at: None, fields: self.fields.iter().map(value).collect() }
    }
}

/// What a cell of that kind holds; what does not fit the kind is told as text.
pub(super) fn value(cell: &Cell<'_>, kind: ValueKind) -> Value {
    let Some(text) = readable(cell) else { return Value::Empty };
    let fitting = match (kind, cell) {
        (ValueKind::Date, _) => day(&text).map(Value::Date),
        (ValueKind::DateTime, _) => DateTime::parse_from_rfc3339(&text).ok().map(Value::DateTime),
        (ValueKind::Number, Cell::Number(number)) => Some(Value::Number(*number)),
        (ValueKind::Number, _) => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
        }
        (ValueKind::Bool, _) => match &*text {
            "1" | "true" => Some(Value::Bool(true)),
            "0" | "false" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    };
    fitting.unwrap_or(Value::Text(text))
}

/// A day, with or without the offset that XML dates may bear: `2024-05-01-07:00`.
fn day(text: &str) -> Option<NaiveDate> {
    let (day, offset) = text.split_at_checked(10)?;
    let is_offset = match offset.as_bytes() {
        [] | b"Z" => true,
        [b'+' | b'-', hours @ .., b':', minute, second] => {
            hours.len() == 2 && [hours, &[*minute, *second]].concat().iter().all(u8::is_ascii_digit)
        }
        _ => false,
    };
    is_offset.then(|| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()).flatten()
}

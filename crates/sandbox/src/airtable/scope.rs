//! A record seen through its table and base: what formulas, rendering and sorting look at.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::formula::{Cells, Val, parse_moment};
use super::state::{BaseState, Column, People, RecordState, TableState, linked};
use super::{FieldType, Id};

/// Formulas and lookups that refer to each other in a circle end here.
const DEEPEST: u8 = 12;

/// A record and everything its computed fields may need.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) base: &'a BaseState,
    pub(super) table: &'a TableState,
    pub(super) record: &'a RecordState,
    pub(super) people: &'a People,
    pub(super) now: DateTime<Utc>,
    depth: u8,
    /// The rollup being computed.
    rollup: Option<usize>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        base: &'a BaseState,
        table: &'a TableState,
        record: &'a RecordState,
        people: &'a People,
        now: DateTime<Utc>,
    ) -> Self {
        Self { base, table, record, people, now, depth: 0, rollup: None }
    }

    /// The same view of the records linked in a cell.
    pub(super) fn linked(&self, link: Id) -> impl Iterator<Item = Scope<'a>> + use<'a> {
        let scope = *self;
        let slot = self.table.slot(link.as_str());
        let cell = slot.map_or(&Value::Null, |slot| self.record.cell(slot));
        // Lookups of each other's lookups end like formulas in a circle.
        let slot = slot.filter(|_| self.depth <= DEEPEST);
        let other = slot.and_then(|slot| match &self.table.column(slot)?.kind {
            FieldType::MultipleRecordLinks(link) => self.base.by_id(link.table),
            _ => None,
        });
        linked(cell).into_iter().filter_map(move |id| {
            let table = other?;
            Some(Scope { table, record: table.get(id)?, depth: scope.depth + 1, rollup: None, ..scope })
        })
    }

    /// What a lookup or a rollup gathers: the target's value in every linked record.
    pub(super) fn gathered(&self, link: Id, target: Id) -> Vec<Val> {
        let values = self
            .linked(link)
            .map(|other| other.table.slot(target.as_str()).map_or(Val::Error, |slot| other.cell(slot)));
        values
            .flat_map(|value| match value {
                Val::List(items) => items,
                Val::Blank => Vec::new(),
                one => vec![one],
            })
            .collect()
    }

    /// The name a record goes by: its primary field as text.
    pub(super) fn title(&self) -> String {
        self.table.primary().map_or_else(String::new, |(slot, _)| self.cell(slot).to_text())
    }

    /// The result of a formula or rollup column.
    pub(super) fn computed(&self, slot: usize, column: &Column) -> Val {
        if self.depth > DEEPEST {
            return Val::Error;
        }
        let inner = Self { depth: self.depth + 1, rollup: Some(slot), ..*self };
        column.formula.as_ref().map_or(Val::Error, |formula| formula.value(&inner))
    }

    /// Slots of the fields a last-modified field watches.
    pub(super) fn watched(&self, of: &[Id]) -> Vec<usize> {
        of.iter().filter_map(|id| self.table.slot(id.as_str())).collect()
    }
}

impl Cells for Scope<'_> {
    fn cell(&self, slot: usize) -> Val {
        use FieldType as T;
        let Some(column) = self.table.column(slot) else {
            return Val::Error;
        };
        let stored = self.record.cell(slot);
        let person = |id: &str| self.people.get(id).map_or(Val::Blank, |person| Val::text(&person.name));
        match &column.kind {
            T::Formula { .. } | T::Rollup { .. } => self.computed(slot, column),
            T::MultipleLookupValues { link, target } => Val::List(self.gathered(*link, *target)),
            T::Count { link } => Val::Number(self.linked(*link).count() as f64),
            T::CreatedTime => Val::Moment(self.record.created),
            T::LastModifiedTime { of } => Val::Moment(self.record.modified_of(&self.watched(of))),
            T::CreatedBy => person(self.record.created_by.as_str()),
            T::LastModifiedBy => person(self.record.modified_by.as_str()),
            T::MultipleRecordLinks(_) => {
                let titles: Vec<String> = self.linked(column.id).map(|other| other.title()).collect();
                if titles.is_empty() { Val::Blank } else { Val::Text(titles.join(", ")) }
            }
            kind => match stored {
                Value::Null => Val::Blank,
                Value::Bool(bool) => Val::Bool(*bool),
                Value::Number(number) => number.as_f64().map_or(Val::Error, Val::Number),
                Value::String(text) => match kind {
                    T::Date { .. } | T::DateTime { .. } => parse_moment(text).map_or(Val::Error, Val::Moment),
                    T::SingleCollaborator => person(text),
                    _ => Val::text(option_name(kind, text)),
                },
                Value::Array(items) => {
                    let names = items.iter().map(|item| match (kind, item) {
                        (T::MultipleCollaborators, Value::String(id)) => person(id).to_text(),
                        (_, Value::String(id)) => option_name(kind, id).to_owned(),
                        (_, file) => format!("{} ({})", text_of(&file["filename"]), text_of(&file["url"])),
                    });
                    Val::Text(names.collect::<Vec<_>>().join(", "))
                }
                Value::Object(_) => Val::text(
                    ["text", "value", "label"].iter().map(|key| text_of(&stored[key])).collect::<String>(),
                ),
            },
        }
    }

    fn rolled_up(&self) -> Val {
        match self.rollup.and_then(|slot| self.table.column(slot)).map(|column| &column.kind) {
            Some(FieldType::Rollup { link, target, .. }) => Val::List(self.gathered(*link, *target)),
            _ => Val::Blank,
        }
    }

    fn record_id(&self) -> Id {
        self.record.id
    }

    fn created(&self) -> DateTime<Utc> {
        self.record.created
    }

    fn modified(&self, slots: &[usize]) -> DateTime<Utc> {
        self.record.modified_of(slots)
    }

    fn now(&self) -> DateTime<Utc> {
        self.now
    }
}

/// The name shown for a stored option id; any other text is itself.
pub(super) fn option_name<'a>(kind: &'a FieldType, stored: &'a str) -> &'a str {
    let choices = kind.choices().map(Vec::as_slice).unwrap_or_default();
    choices.iter().find(|choice| choice.id == *stored).map_or(stored, |choice| &choice.name)
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A formula result as the API shows it; `None` when empty.
pub(super) fn val_json(value: &Val) -> Option<Value> {
    Some(match value {
        Val::Blank => return None,
        Val::Text(text) if text.is_empty() => return None,
        Val::Text(text) => json!(text),
        Val::Number(number) if number.is_nan() => json!({"specialValue": "NaN"}),
        Val::Number(number) if number.is_infinite() => json!({"specialValue": "Infinity"}),
        Val::Number(number) => number_json(*number),
        Val::Bool(bool) => json!(u8::from(*bool)),
        Val::Moment(moment) => json!(super::formula::iso(*moment)),
        Val::List(items) if items.is_empty() => return None,
        Val::List(items) => items.iter().filter_map(val_json).collect(),
        Val::Error => json!({"error": "#ERROR!"}),
    })
}

/// Whole numbers without a decimal point, as JavaScript writes them.
#[allow(clippy::cast_possible_truncation, reason = "checked to be a whole number in range")]
pub(super) fn number_json(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}

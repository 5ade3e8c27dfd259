//! Records as the API shows them.
//!
//! Empty cells (`""`, `[]`, `false`, null) are left out, as Airtable does.

use std::fmt::Write;

use serde_json::{Value, json};

use super::FieldType;
use super::formula::{Cells, iso};
use super::scope::{Scope, option_name, val_json};
use super::spoken::{Locale, spoken};
use super::state::{BaseState, People, TableState, linked};

/// Which fields are shown, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shape {
    /// Slots to show; `None` shows all.
    pub(super) fields: Option<Vec<usize>>,
    /// Keys are field ids instead of names.
    pub(super) by_id: bool,
    /// `cellFormat=string`.
    pub(super) spoken: Option<Locale>,
    /// `recordMetadata=commentCount`.
    pub(super) comment_count: bool,
}

impl Shape {
    pub(super) fn by_id(by_id: bool) -> Self {
        Self { by_id, ..Self::default() }
    }
}

/// One cell; `None` when it is left out.
pub(super) fn cell(scope: &Scope<'_>, slot: usize) -> Option<Value> {
    use FieldType as T;
    let column = scope.table.column(slot)?;
    let stored = scope.record.cell(slot);
    let person = |id: &str| scope.people.get(id).map(super::state::Person::json);
    match &column.kind {
        T::Formula { .. } | T::Rollup { .. } | T::MultipleLookupValues { .. } => val_json(&scope.cell(slot)),
        T::Count { link } => Some(json!(scope.linked(*link).count())),
        T::CreatedTime => Some(json!(iso(scope.record.created))),
        T::LastModifiedTime { of } => Some(json!(iso(scope.record.modified_of(&scope.watched(of))))),
        T::CreatedBy => person(scope.record.created_by.as_str()),
        T::LastModifiedBy => person(scope.record.modified_by.as_str()),
        T::SingleCollaborator => person(stored.as_str()?),
        T::MultipleCollaborators => {
            let people: Vec<Value> =
                stored.as_array()?.iter().filter_map(|id| person(id.as_str()?)).collect();
            (!people.is_empty()).then(|| json!(people))
        }
        T::MultipleRecordLinks(link) => {
            // A table linked to itself has no other side that forgets deleted records.
            let other = scope.base.by_id(link.table)?;
            let ids: Vec<_> = linked(stored).into_iter().filter(|id| other.has(*id)).collect();
            (!ids.is_empty()).then(|| json!(ids))
        }
        kind @ (T::SingleSelect { .. } | T::ExternalSyncSource { .. }) => {
            Some(json!(option_name(kind, stored.as_str()?)))
        }
        kind @ T::MultipleSelects { .. } => {
            let names =
                stored.as_array()?.iter().filter_map(|id| Some(json!(option_name(kind, id.as_str()?))));
            Some(names.collect())
        }
        _ => (!is_empty(stored)).then(|| stored.clone()),
    }
}

/// Whether Airtable leaves a value out.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The cells of a record by name or id, as a JSON object.
pub(super) fn fields(scope: &Scope<'_>, shape: &Shape) -> serde_json::Map<String, Value> {
    let shown = scope
        .table
        .columns()
        .filter(|(slot, _)| shape.fields.as_ref().is_none_or(|shown| shown.contains(slot)));
    shown
        .filter_map(|(slot, column)| {
            let value = match &shape.spoken {
                Some(locale) => spoken(scope, slot, locale).map(Value::String),
                None => cell(scope, slot),
            };
            let key = if shape.by_id { column.id.to_string() } else { column.name.clone() };
            Some((key, value?))
        })
        .collect()
}

/// A whole record.
pub(super) fn record(scope: &Scope<'_>, shape: &Shape) -> String {
    let mut text =
        format!("{{\"id\":\"{}\",\"createdTime\":\"{}\",", scope.record.id, iso(scope.record.created));
    if shape.comment_count {
        text.push_str("\"commentCount\":0,");
    }
    let fields = Value::Object(fields(scope, shape));
    // Writing to a string cannot fail.
    let _ = write!(text, "\"fields\":{fields}}}");
    text
}

/// A whole record in the usual shape, from the cache when it is good.
pub(super) fn cached<'a>(scope: &'a Scope<'_>, shape: &Shape, fresh: &'a mut String) -> &'a str {
    match &scope.record.cached {
        Some((version, text)) if *shape == Shape::default() && *version == scope.base.schema_version => text,
        _ => {
            *fresh = record(scope, shape);
            fresh
        }
    }
}

/// Prepares the cache of these records, if their table allows it.
pub(super) fn warm(
    base: &mut BaseState,
    table: super::Id,
    people: &People,
    places: &[u64],
    now: chrono::DateTime<chrono::Utc>,
) {
    let version = base.schema_version;
    let Some(owner) = base.by_id(table).filter(|table| TableState::is_local(table)) else {
        return;
    };
    let stale = places
        .iter()
        .filter_map(|place| owner.at(*place))
        .filter(|record| record.cached.as_ref().is_none_or(|(cached, _)| *cached != version));
    let fresh: Vec<_> = stale
        .map(|stale| (stale.id, record(&Scope::new(base, owner, stale, people, now), &Shape::default())))
        .collect();
    let Some(owner) = base.by_id_mut(table) else {
        return;
    };
    for (id, text) in fresh {
        if let Some(record) = owner.get_mut(id) {
            record.cached = Some((version, text.into_boxed_str()));
        }
    }
}

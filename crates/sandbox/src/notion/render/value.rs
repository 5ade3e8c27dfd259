//! The value of a property of a page.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{rollup, user};
use crate::notion::moments::shown;
use crate::notion::state::{Column, PageState, SourceState, World};
use crate::notion::{Choice, Id, PropertyType};

/// Most references that a page shows of one property.
pub(in crate::notion) const INLINE: usize = 25;

/// One property of one page.
#[derive(Clone, Copy)]
pub(in crate::notion) struct Cell<'a> {
    pub(in crate::notion) world: &'a World,
    pub(in crate::notion) source: &'a SourceState,
    pub(in crate::notion) page: &'a PageState,
    pub(in crate::notion) column: &'a Column,
    pub(in crate::notion) now: DateTime<Utc>,
    pub(in crate::notion) with_email: bool,
}

/// The property as a page object shows it.
pub(in crate::notion) fn cell(cell: &Cell<'_>) -> Value {
    let kind = cell.column.kind.name();
    let mut object = json!({"id": cell.column.shown_id(), "type": kind});
    let mut value = cell.value(INLINE);
    if let Some(list) = value.as_array_mut()
        && matches!(kind, "title" | "rich_text" | "people" | "relation")
    {
        if kind == "relation" {
            object["has_more"] = (list.len() > INLINE).into();
        }
        list.truncate(INLINE);
    }
    object[kind] = value;
    object
}

impl Cell<'_> {
    /// The value under the key of its type. Lists are whole; a rollup reads `most` related pages.
    pub(in crate::notion) fn value(&self, most: usize) -> Value {
        use PropertyType as T;
        let stored = self.page.cell(&self.column.id);
        match &self.column.kind {
            T::Title | T::RichText | T::MultiSelect(_) | T::People | T::Relation { .. } | T::Files => {
                let list = stored.as_array().map(Vec::as_slice).unwrap_or_default();
                list.iter().map(|item| self.item(item)).collect()
            }
            T::Select(choices) | T::Status(choices) => option(choices, stored),
            T::Checkbox => json!(stored.as_bool().unwrap_or_default()),
            T::Rollup { relation, target, function } => {
                let related = self.related(relation);
                rollup(self, &related[..related.len().min(most)], target, function)
            }
            T::Formula { .. } if stored.is_null() => json!({"type": "string", "string": null}),
            T::CreatedTime => shown(self.page.created.at).into(),
            T::LastEditedTime => shown(self.page.edited.at).into(),
            T::CreatedBy => self.user(self.page.created.by),
            T::LastEditedBy => self.user(self.page.edited.by),
            T::UniqueId { prefix } => json!({"prefix": prefix, "number": self.page.number}),
            T::Verification if stored.is_null() => {
                json!({"state": "unverified", "verified_by": null, "date": null})
            }
            T::Button => json!({}),
            _ => stored.clone(),
        }
    }

    /// The pages of a relation of the same page.
    pub(in crate::notion) fn related(&self, relation: &str) -> Vec<Id> {
        let column = self.source.column(relation);
        let list = column.and_then(|column| self.page.cell(&column.id).as_array());
        let ids = list.into_iter().flatten().filter_map(|id| Id::parse(id.as_str()?));
        ids.filter(|id| self.world.page(*id).is_some_and(|(_, page)| !page.in_trash)).collect()
    }

    fn item(&self, stored: &Value) -> Value {
        match &self.column.kind {
            PropertyType::MultiSelect(choices) => option(choices, stored),
            PropertyType::People => {
                stored.as_str().and_then(Id::parse).map_or(Value::Null, |id| self.user(id))
            }
            PropertyType::Relation { .. } => json!({ "id": stored }),
            PropertyType::Files if stored["type"] == "file" => {
                // Addresses of uploaded files are good for an hour.
                let mut file = stored.clone();
                file["file"]["expiry_time"] = shown(self.now + TimeDelta::hours(1)).into();
                file
            }
            _ => stored.clone(),
        }
    }

    fn user(&self, id: Id) -> Value {
        match self.world.user(id) {
            Some(found) => user(found, self.with_email),
            None => json!({"object": "user", "id": id}),
        }
    }
}

fn option(choices: &[Choice], stored: &Value) -> Value {
    let choice = choices.iter().find(|choice| *stored == choice.id);
    choice.map_or(Value::Null, |choice| json!({"id": choice.id, "name": choice.name, "color": choice.color}))
}

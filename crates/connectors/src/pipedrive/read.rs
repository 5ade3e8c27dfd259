//! Which fields are read, and a record made of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Record, StreamField, Value};

use super::decode::{decode, moment, whole};
use super::entity::Entity;
use super::people::User;
use super::schema::{Column, Holds, Model};
use crate::common::ahead::Identified;
use crate::common::cell::{Cell, Cells};

/// The fields that are read.
pub(super) struct Columns {
    model: Arc<Model>,
    columns: Vec<Column>,
    /// Names of users; empty where they are hidden.
    users: HashMap<i64, String>,
}

/// A record, and the links whose names are still to be asked for.
pub(super) struct Row {
    pub(super) record: Record,
    pub(super) links: Vec<Link>,
    /// A custom field of which nothing was said, not even that it is empty.
    pub(super) lacks: bool,
}

/// A link to another record.
pub(super) struct Link {
    pub(super) key: FieldKey,
    pub(super) to: Entity,
    pub(super) id: i64,
}

impl Identified for Row {
    fn id(&self) -> &str {
        &self.record.id
    }
}

impl Columns {
    /// # Errors
    /// The name of a field that the stream does not have.
    pub(super) fn of(model: &Arc<Model>, fields: &[StreamField]) -> Result<Columns, String> {
        let column = |field: &StreamField| model.column(&field.id).cloned().ok_or(field.name.clone());
        let columns = fields.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        Ok(Columns { model: Arc::clone(model), columns, users: HashMap::new() })
    }

    /// Whether the names of users are needed.
    pub(super) fn has_people(&self) -> bool {
        self.columns.iter().any(|column| column.holds == Holds::Person)
    }

    pub(super) fn set_users(&mut self, users: &[User]) {
        self.users = users.iter().map(|user| (user.id, user.name.clone())).collect();
    }

    /// The first of the fields that a model does not have.
    pub(super) fn missing_in(&self, model: &Model) -> Option<&str> {
        let missing = self.columns.iter().find(|column| model.column(&column.key).is_none());
        missing.map(|column| column.name.as_str())
    }

    /// The record an answer tells of.
    pub(super) fn row(&self, cells: &Cells) -> Row {
        let id = cells.get("id").and_then(whole).unwrap_or_default().to_string();
        let custom = match cells.get("custom_fields") {
            Some(Cell::Object(custom)) => Some(custom),
            _ => None,
        };
        let (mut fields, mut links, mut lacks) = (BTreeMap::new(), Vec::new(), false);
        for column in &self.columns {
            let cell = match custom {
                Some(custom) if column.is_custom => custom.get(&column.key),
                _ => cells.get(&column.key),
            };
            let value = match cell {
                // An empty custom field may be left out.
                None if column.is_custom => {
                    lacks = true;
                    Value::Empty
                }
                None => Value::Unreadable(column.native.clone()),
                Some(cell) => self.value(column, cell, cells),
            };
            if let (Holds::Link(to), Some(id)) = (&column.holds, cell.and_then(whole)) {
                links.push(Link { key: Arc::clone(&column.key), to: *to, id });
            }
            fields.insert(Arc::clone(&column.key), value);
        }
        let modified_at = moment(cells, "update_time").or_else(|| moment(cells, "add_time"));
        Row { record: Record { id, modified_at, fields }, links, lacks }
    }

    fn value(&self, column: &Column, cell: &Cell, cells: &Cells) -> Value {
        let unreadable = || Value::Unreadable(column.native.clone());
        let named = |name: Option<&str>| name.map_or_else(unreadable, |name| Value::Text(name.to_owned()));
        match (&column.holds, cell) {
            (Holds::Stage, cell) => self.model.stages.label(cells.text("status"), whole(cell)),
            (Holds::Person | Holds::Link(_) | Holds::Pipeline, Cell::Null) => Value::Empty,
            (Holds::Person, cell) => {
                named(whole(cell).and_then(|id| self.users.get(&id)).map(String::as_str))
            }
            (Holds::Pipeline, cell) => {
                named(whole(cell).and_then(|id| self.model.stages.pipelines().get(&id).copied()))
            }
            // Its name comes with the page.
            (Holds::Link(_), _) => unreadable(),
            (_, cell) => decode(column, cell),
        }
    }
}

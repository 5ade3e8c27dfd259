//! Which fields are read, and a record made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono_tz::Tz;
use model::{Record, StreamField, Value};

use super::decode::{decode, linked};
use super::listing::WRITTEN;
use super::moment;
use super::schema::{Column, Holds, Model};
use super::streams::{LEADS, ORDER_ID, PARTNER, PARTNER_NAME};
use crate::common::ahead::Identified;
use crate::common::cell::{Cell, Cells};

/// The fields that are read.
pub(super) struct Columns {
    own: Vec<Column>,
    /// Those of the order a line belongs to.
    pub(super) of_order: Vec<Column>,
    is_lead: bool,
    pub(super) zone: Tz,
}

/// A record, and the order it belongs to.
pub(super) struct Row {
    pub(super) record: Record,
    pub(super) order: Option<i64>,
}

impl Identified for Row {
    fn id(&self) -> &str {
        &self.record.id
    }
}

impl Columns {
    /// # Errors
    /// The id of a field that the model does not have.
    pub(super) fn of(model: &Model, fields: &[StreamField], zone: Tz) -> Result<Columns, String> {
        let column = |field: &StreamField| model.column(&field.id).cloned().ok_or(field.id.clone());
        let all = fields.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let (of_order, own) = all.into_iter().partition(|column| column.key.contains('.'));
        Ok(Columns { own, of_order, is_lead: model.id == LEADS, zone })
    }

    /// What to ask for.
    pub(super) fn asked(&self) -> Vec<String> {
        let read = self.own.iter().filter(|column| column.holds != Holds::Other);
        let mut asked: BTreeSet<&str> = read.map(|column| &*column.key).collect();
        asked.insert(WRITTEN);
        if !self.of_order.is_empty() {
            asked.insert(ORDER_ID);
        }
        if self.is_lead && asked.contains(PARTNER) {
            asked.insert(PARTNER_NAME);
        }
        asked.into_iter().map(str::to_owned).collect()
    }

    /// The record an answer tells of.
    pub(super) fn row(&self, id: i64, cells: &Cells) -> Row {
        let mut fields = BTreeMap::new();
        for column in &self.own {
            let value = match cells.get(&column.key) {
                Some(Cell::Bool(false)) if self.is_lead && *column.key == *PARTNER => company_name(cells),
                Some(cell) => decode(column, cell, self.zone),
                None => Value::Unreadable(column.native.clone()),
            };
            fields.insert(Arc::clone(&column.key), value);
        }
        for column in &self.of_order {
            // Never taken for the value, should the order not come.
            fields.insert(Arc::clone(&column.key), Value::Unreadable(column.native.clone()));
        }
        let modified_at = cells.text(WRITTEN).and_then(moment::utc);
        let order = linked(cells.get(ORDER_ID)).filter(|_| !self.of_order.is_empty());
        Row { record: Record { id: id.to_string(), modified_at, fields }, order }
    }
}

/// An opportunity of somebody who is no contact yet has only the name of a company.
fn company_name(cells: &Cells) -> Value {
    cells.text(PARTNER_NAME).map_or(Value::Empty, |name| Value::Text(name.to_owned()))
}

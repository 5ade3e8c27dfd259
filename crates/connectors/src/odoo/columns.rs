//! A record as a row of text cells.
//!
//! Columns bear the technical names of the fields. What leads to another record makes two: `country_id`
//! holds its id, by which rows find each other, and `country_id.name` its name. The fields of the order a
//! line belongs to stand after `order_id.`.

use std::collections::{BTreeSet, HashMap};

use chrono_tz::Tz;
use model::Value;
use model::fold::fold;
use model::table::TextRows;
use serde_json::{Map, Value as Json};

use super::decode::{decode, linked};
use super::listing::WRITTEN;
use super::schema::{Column, Holds};
use super::streams::ORDER_ID;
use super::tables::{STATE, Table};
use crate::common::ahead::Identified;
use crate::common::cell::Cells;

/// Fields of a customisation that become columns, at most.
const MOST_OWN: usize = 50;

/// The columns of a table.
pub(super) struct Columns {
    own: Vec<Told>,
    of_order: Vec<Told>,
    zone: Tz,
}

/// One column.
struct Told {
    name: String,
    field: Column,
    /// What of a link it tells: the id, or else the name.
    is_id: bool,
}

/// A record, and the order it belongs to.
pub(super) struct Line {
    id: String,
    pub(super) number: i64,
    pub(super) order: Option<i64>,
    /// Its cells: one row.
    cells: TextRows,
}

impl Identified for Line {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What the lines of an order take from it.
pub(super) struct Order {
    /// Whether its lines are sales: it is confirmed and not taken back.
    counts: bool,
    cells: TextRows,
}

/// The orders of some lines, by id.
pub(super) type Orders = HashMap<i64, Order>;

impl Columns {
    /// From what `fields_get` tells of the model, and of orders where they are needed.
    pub(super) fn of(
        table: &Table,
        fields: &Map<String, Json>,
        orders: &Map<String, Json>,
        zone: Tz,
    ) -> Columns {
        let standard = table.fields.iter().filter_map(|key| Some((*key, fields.get(*key)?)));
        let mut own: Vec<Told> = standard.flat_map(|(key, told)| Told::of(key, key, told)).collect();
        let customised = customised(table, fields);
        own.extend(customised.into_iter().flat_map(|(key, told)| Told::of(key, key, told)));
        let of_order = table.of_order.iter().filter_map(|key| Some((*key, orders.get(*key)?)));
        let of_order =
            of_order.flat_map(|(key, told)| Told::of(&format!("{ORDER_ID}.{key}"), key, told)).collect();
        Columns { own, of_order, zone }
    }

    /// Their names, in order.
    pub(super) fn names(&self) -> Vec<String> {
        self.own.iter().chain(&self.of_order).map(|told| told.name.clone()).collect()
    }

    /// What to ask for.
    pub(super) fn asked(&self) -> Vec<String> {
        asked(&self.own, WRITTEN)
    }

    /// What to ask of orders.
    pub(super) fn asked_of_order(&self) -> Vec<String> {
        asked(&self.of_order, STATE)
    }

    /// A record of the table.
    pub(super) fn line(&self, number: i64, cells: &Cells) -> Line {
        let order = linked(cells.get(ORDER_ID));
        Line { id: number.to_string(), number, order, cells: self.cells(&self.own, cells) }
    }

    /// An order, as its lines need it.
    pub(super) fn order(&self, cells: &Cells) -> Order {
        let counts = matches!(cells.text(STATE), Some("sale" | "done"));
        Order { counts, cells: self.cells(&self.of_order, cells) }
    }

    fn cells(&self, columns: &[Told], cells: &Cells) -> TextRows {
        let mut row = TextRows::default();
        for told in columns {
            match cells.get(&told.field.key) {
                Some(cell) if told.is_id => {
                    row.cell(&linked(Some(cell)).map(|id| id.to_string()).unwrap_or_default());
                }
                Some(cell) => row.cell(&text(decode(&told.field, cell, self.zone))),
                None => row.cell(""),
            }
        }
        row.end_row(0);
        row
    }

    /// The rows of some records. The numbers of a line whose order does not count are 0: it may have
    /// been a sale when it was read before.
    pub(super) fn rows(&self, lines: &[Line], orders: &Orders) -> TextRows {
        let mut rows = TextRows::default();
        for line in lines {
            let order = line.order.and_then(|order| orders.get(&order));
            let counts = self.of_order.is_empty() || order.is_some_and(|order| order.counts);
            for (told, cell) in self.own.iter().zip(line.cells.iter().flat_map(|row| row.cells())) {
                rows.cell(if counts || told.field.holds != Holds::Number { cell } else { "0" });
            }
            let mut given =
                order.into_iter().flat_map(|order| order.cells.iter().flat_map(|row| row.cells()));
            for _ in &self.of_order {
                rows.cell(given.next().unwrap_or_default());
            }
            rows.end_row(line.number.unsigned_abs());
        }
        rows
    }
}

impl Told {
    /// The columns of a field.
    fn of(name: &str, key: &str, told: &Json) -> Vec<Told> {
        let field = Column::read(key, told, false);
        let column = |name: String, is_id| Told { name, field: field.clone(), is_id };
        match field.holds {
            // Its name is a field of the order.
            Holds::Link(_) if name == ORDER_ID => vec![column(name.to_owned(), true)],
            Holds::Link(_) => vec![column(name.to_owned(), true), column(format!("{name}.name"), false)],
            _ => vec![column(name.to_owned(), false)],
        }
    }
}

/// The fields of a customisation, and of further applications where they are called as a canonical field:
/// simple ones that the database holds, in the order of their names.
fn customised<'f>(table: &Table, fields: &'f Map<String, Json>) -> Vec<(&'f str, &'f Json)> {
    let called: BTreeSet<String> = table.entity.fields().iter().flat_map(|field| field.names()).collect();
    let mut found: Vec<(&str, &Json)> = fields
        .iter()
        .map(|(key, told)| (key.as_str(), told))
        .filter(|(key, _)| !table.fields.contains(key) && !table.misleading.contains(key))
        .filter(|(key, _)| key.starts_with("x_") || called.contains(&fold(key)))
        .filter(|(key, told)| told["store"] == true && Column::read(key, told, false).holds != Holds::Other)
        .collect();
    found.sort_unstable_by_key(|(key, _)| *key);
    found.truncate(MOST_OWN);
    found
}

fn asked(columns: &[Told], besides: &str) -> Vec<String> {
    let asked: BTreeSet<&str> = columns.iter().map(|told| &*told.field.key).chain([besides]).collect();
    asked.into_iter().map(str::to_owned).collect()
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        // The user's own day, and nothing of the zone.
        Value::DateTime(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        value => value.to_text().unwrap_or_default(),
    }
}

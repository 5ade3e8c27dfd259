//! A rollup as the answers to the question for it tell of it.
//!
//! Beside the list, each answer holds the result so far; only the last one is over all pages
//! (developers.notion.com/reference/property-item-object). The list itself is of the pages behind the
//! rollup or of their values, which Notion does not say.

use model::Value;

use super::decode::{self, Held};
use crate::common::cell::{Cell, Cells};

/// What is known of a rollup.
#[derive(Default)]
pub(super) struct Rolled {
    /// How many things the lists held.
    count: usize,
    /// Some of them are no pages: they are the values.
    are_values: bool,
    /// The lists, as values; `None` when one of them cannot be read.
    listed: Option<Held>,
    /// The values beside the lists, and how many they are.
    beside: Option<(Held, usize)>,
    /// One result over all pages.
    result: Option<Held>,
}

impl Rolled {
    /// `None` for a result that cannot be read.
    pub(super) fn read(items: &[Cell], answer: &Cells) -> Option<Rolled> {
        let is_page =
            |item: &Cell| matches!(item, Cell::Object(item) if item.text("type") == Some("relation"));
        let mut rolled = Rolled {
            count: items.len(),
            are_values: !items.iter().all(is_page),
            listed: decode::several(items),
            ..Rolled::default()
        };
        let Some(Cell::Object(described)) = answer.get("property_item") else { return None };
        let Some(Cell::Object(result)) = described.get("rollup") else { return None };
        match (result.text("type")?, result.get("array")) {
            // Not over all pages yet.
            ("incomplete", _) => {}
            ("array", Some(Cell::List(values))) => {
                rolled.beside = Some((decode::several(values)?, values.len()));
            }
            _ => rolled.result = Some(decode::rollup(result)?),
        }
        Some(rolled)
    }

    pub(super) fn append(&mut self, more: Rolled) {
        self.listed = match (self.listed.take(), more.listed) {
            (Some(mut all), Some(listed)) => {
                all.append(listed);
                Some(all)
            }
            (None, listed) if self.count == 0 => listed,
            _ => None,
        };
        self.beside = match (self.beside.take(), more.beside) {
            (Some((mut all, count)), Some((held, further))) => {
                all.append(held);
                Some((all, count + further))
            }
            (all, beside) => all.or(beside),
        };
        self.count += more.count;
        self.are_values |= more.are_values;
        self.result = more.result;
    }

    /// The value; `None` when what came is not certainly all of it.
    pub(super) fn finish(self) -> Option<Held> {
        if self.result.is_some() {
            return self.result;
        }
        match self.beside {
            _ if self.count == 0 => Some(Held::whole(Value::Empty)),
            Some((values, count)) if count == self.count => Some(values),
            _ if self.are_values => self.listed,
            _ => None,
        }
    }
}

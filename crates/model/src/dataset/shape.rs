//! The columns of rows, gathered while the rows pass by.

use std::collections::HashMap;

use super::cells::Cells;
use super::column::Column;
use super::evidence::Evidence;
use crate::parse::shorten;

/// How many values a column shows as examples.
const EXAMPLES: usize = 3;

/// What is known of the columns so far. Rows are taken one by one and not kept.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    columns: Vec<Gathered>,
    places: HashMap<String, usize>,
    rows: u64,
}

#[derive(Clone, Debug)]
struct Gathered {
    name: String,
    evidence: Evidence,
    filled: u64,
    examples: Vec<String>,
    /// The row that was counted last: a name that stands twice in a row counts once.
    counted: u64,
}

impl Shape {
    /// Takes a row. With `are_texts` its texts are looked into for numbers, days and yes or no.
    pub fn take(&mut self, cells: &Cells<'_>, are_texts: bool) {
        self.rows += 1;
        for (expected, (name, cell)) in cells.iter().enumerate() {
            let place = self.place(name, expected);
            let column = &mut self.columns[place];
            if cell.is_empty() || column.counted == self.rows {
                continue;
            }
            column.counted = self.rows;
            column.filled += 1;
            column.evidence.add(Evidence::of(cell, are_texts));
            if column.examples.len() < EXAMPLES {
                let shown = shorten(cell.as_text());
                if !column.examples.contains(&shown) {
                    column.examples.push(shown);
                }
            }
        }
    }

    /// How many rows were taken.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The columns, in the order in which they were first met.
    pub fn columns(&self) -> Vec<Column> {
        // `address` of a row without one stands for nothing beside `address.city`.
        let is_object = |name: &str| {
            let within = format!("{name}.");
            self.columns.iter().any(|other| other.name.starts_with(&within))
        };
        let shown = |column: &&Gathered| column.filled > 0 || !is_object(&column.name);
        self.columns.iter().filter(shown).map(Gathered::column).collect()
    }

    /// Most rows have their columns in the same order: a column is looked for where it is expected.
    fn place(&mut self, name: &str, expected: usize) -> usize {
        if self.columns.get(expected).is_some_and(|column| column.name == name) {
            return expected;
        }
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.columns.len();
        self.places.insert(name.to_owned(), place);
        self.columns.push(Gathered {
            name: name.to_owned(),
            evidence: Evidence::default(),
            filled: 0,
            examples: Vec::new(),
            counted: 0,
        });
        place
    }
}

impl Gathered {
    fn column(&self) -> Column {
        Column {
            name: self.name.clone(),
            kind: self.evidence.kind(),
            filled: self.filled,
            comma: self.evidence.comma(),
            examples: self.examples.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ColumnType, cells};
    use super::*;

    fn columns(rows: &[&str], are_texts: bool) -> Vec<Column> {
        let mut shape = Shape::default();
        for row in rows {
            shape.take(&cells(row).unwrap_or_default(), are_texts);
        }
        shape.columns()
    }

    /// The type of one column that holds these values.
    fn kind(values: &[&str], are_texts: bool) -> ColumnType {
        let rows: Vec<String> = values.iter().map(|value| format!("{{\"c\": {value}}}")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        columns(&rows, are_texts)[0].kind
    }

    #[test]
    fn types_of_what_a_program_sends() {
        use ColumnType::{Boolean, Date, DateTime, Integer, Json, Number, Text};
        for (values, expected) in [
            (&["true", "false"][..], Boolean),
            (&["1", "-2", "null"], Integer),
            (&["9223372036854775807"], Integer),
            (&["9223372036854775808"], Text),
            (&["1", "2.5"], Number),
            // A double would lose the last digit.
            (&["9007199254740993", "2.5"], Text),
            (&["1e400"], Text),
            (&["\"12\""], Text),
            (&["12", "\"12\""], Text),
            (&["\"2026-11-21\"", "\"\""], Date),
            (&["\"2026-02-30\""], Text),
            (&["\"21/11/2026\""], Text),
            (
                &["\"2026-11-21T08:30:00Z\"", "\"2026-11-21T08:30:00.000+0000\"", "\"2026-11-21 08:30:00\""],
                DateTime,
            ),
            (&["\"2026-11-21\"", "\"2026-11-21T08:30:00Z\""], Text),
            (&["[1]", "[]"], Json),
            (&["[1]", "1"], Text),
            (&["true", "1"], Text),
            (&["null"], Text),
        ] {
            assert_eq!(kind(values, false), expected, "{values:?}");
        }
    }

    #[test]
    fn types_of_what_people_typed() {
        use ColumnType::{Boolean, Date, DateTime, Integer, Number, Text};
        for (values, expected) in [
            (&["12", "-3", ""][..], Integer),
            (&["007", "12"], Text),
            (&["12", "1.5"], Number),
            (&["12", "1,5"], Number),
            (&["1.5", "1,5"], Text),
            (&["1,234"], Text),
            (&["oui", "Non"], Boolean),
            (&["TRUE", "false"], Boolean),
            (&["21/11/2026", "2026-11-21"], Date),
            (&["11/21/2026"], Text),
            (&["2026-11-21 08:30"], DateTime),
            (&["99999999999999999999"], Text),
        ] {
            let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            assert_eq!(kind(&values, true), expected, "{values:?}");
        }
        assert!(columns(&["{\"c\": \"1,5\"}"], true)[0].comma);
    }

    #[test]
    fn columns_as_they_are_met() {
        let rows = [r#"{"id": 1, "at": null}"#, r#"{"at": {"city": "Lyon"}, "id": 2, "id": 3}"#];
        let seen: Vec<(String, u64)> =
            columns(&rows, false).into_iter().map(|column| (column.name, column.filled)).collect();
        assert_eq!(seen, [("id".to_owned(), 2), ("at.city".to_owned(), 1)]);
        assert_eq!(columns(&rows, false)[0].examples, ["1", "2"]);
    }
}

//! The table of figures.

use serde::{Deserialize, Serialize};

/// A figure and what is promised of it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Row {
    what: String,
    measured: f64,
    unit: String,
    promise: Option<Promise>,
}

/// A bound of a figure.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Promise {
    AtLeast(f64),
    AtMost(f64),
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, measured: f64, unit: &str, promise: Promise) -> Row {
        Row { what: what.into(), measured, unit: unit.to_owned(), promise: Some(promise) }
    }

    /// A figure nothing is promised of.
    pub(crate) fn note(what: impl Into<String>, measured: f64, unit: &str) -> Row {
        Row { what: what.into(), measured, unit: unit.to_owned(), promise: None }
    }

    pub(crate) fn kept(&self) -> bool {
        match self.promise {
            None => true,
            Some(Promise::AtLeast(bound)) => self.measured >= bound,
            Some(Promise::AtMost(bound)) => self.measured <= bound,
        }
    }
}

/// The figures, a line each.
pub(crate) fn render(rows: &[Row]) -> String {
    let widest = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or_default();
    let mut text = format!("\n{:<widest$} {:>12}  {:<9} {:>14}\n", "what", "measured", "unit", "promised");
    for row in rows {
        let (promise, mark) = match row.promise {
            None => (String::new(), ""),
            Some(Promise::AtLeast(bound)) => (format!(">= {}", number(bound)), verdict(row)),
            Some(Promise::AtMost(bound)) => (format!("<= {}", number(bound)), verdict(row)),
        };
        let measured = number(row.measured);
        text.push_str(&format!(
            "{:<widest$} {measured:>12}  {:<9} {promise:>14}  {mark}\n",
            row.what, row.unit
        ));
    }
    text
}

fn verdict(row: &Row) -> &'static str {
    if row.kept() { "ok" } else { "MISSED" }
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 || value >= 1_000.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

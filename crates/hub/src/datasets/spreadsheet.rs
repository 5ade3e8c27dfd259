//! Rows of a dataset as a file that spreadsheets open: numbers and days as the reader's language writes them.

use std::fmt::Write;

use chrono::Datelike;
use model::Lang;
use model::dataset::{Cell, Column, DataValue, cells, value};
use model::spreadsheet::{LINE_END, MARK, text};

/// The first line: the columns' names.
pub(super) fn head(columns: &[Column]) -> String {
    let mut line = String::from(MARK);
    for (place, column) in columns.iter().enumerate() {
        if place > 0 {
            line.push(';');
        }
        text(&column.name, &mut line);
    }
    line.push_str(LINE_END);
    line
}

/// A row.
pub(super) fn line(columns: &[Column], content: &str, lang: Lang, out: &mut String) {
    // Only objects are stored.
    let cells = cells(content).unwrap_or_default();
    for (place, column) in columns.iter().enumerate() {
        if place > 0 {
            out.push(';');
        }
        if let Some(found) = cells.get(&column.name) {
            cell(column, found, lang, out);
        }
    }
    out.push_str(LINE_END);
}

fn cell(column: &Column, cell: &Cell<'_>, lang: Lang, out: &mut String) {
    let french = lang == Lang::Fr;
    // Writing to a String cannot fail.
    let _ = match value(column, cell) {
        None => Ok(()),
        Some(DataValue::Boolean(yes)) => {
            out.push_str(match (french, yes) {
                (true, true) => "oui",
                (true, false) => "non",
                (false, true) => "yes",
                (false, false) => "no",
            });
            Ok(())
        }
        Some(DataValue::Integer(number)) => write!(out, "{number}"),
        // The digits as they came.
        Some(DataValue::Number(_)) => {
            let (from, to) = if french { (".", ",") } else { (",", ".") };
            write!(out, "{}", cell.as_text().trim().replace(from, to))
        }
        Some(DataValue::Date(day)) if french => {
            write!(out, "{:02}/{:02}/{}", day.day(), day.month(), day.year())
        }
        Some(DataValue::Date(day)) => write!(out, "{day}"),
        Some(DataValue::DateTime(at)) => write!(out, "{}", at.format("%Y-%m-%d %H:%M:%S")),
        Some(DataValue::Text(words)) => {
            text(&words, out);
            Ok(())
        }
        Some(DataValue::Json(json)) => {
            text(json, out);
            Ok(())
        }
    };
}

#[cfg(test)]
mod tests {
    use model::dataset::Shape;

    use super::*;

    #[test]
    fn rows_by_their_types() {
        let row = r#"{"n": 1.50, "i": -3, "d": "2026-11-21", "at": "2026-11-21T08:30:00+01:00", "t": "=1+1",
                      "ok": true, "l": [1, 2], "e": null, "phone": "+33 1", "a": {"b": "x;y"}}"#;
        let mut shape = Shape::default();
        shape.take(&cells(row).unwrap_or_default(), false);
        let columns = shape.columns();
        let written = |lang| {
            let mut out = String::new();
            line(&columns, row, lang, &mut out);
            out
        };
        assert_eq!(head(&columns), "\u{feff}n;i;d;at;t;ok;l;e;phone;a.b\r\n");
        assert_eq!(
            written(Lang::Fr),
            "1,50;-3;21/11/2026;2026-11-21 07:30:00;'=1+1;oui;[1, 2];;'+33 1;\"x;y\"\r\n"
        );
        assert_eq!(
            written(Lang::En),
            "1.50;-3;2026-11-21;2026-11-21 07:30:00;'=1+1;yes;[1, 2];;'+33 1;\"x;y\"\r\n"
        );
    }
}

//! Rows of a canonical table as a file that spreadsheets open: UTF-8 with its mark, parted by semicolons,
//! numbers and days as the reader's language writes them.

use std::fmt::Write;

use hub::{DataRow, DataValue};
use model::canonical::{Entity, Field, FieldType};
use model::notation::typed;
use model::spreadsheet::{LINE_END, MARK, text};
use model::{Lang, Money};

/// The first line: what each column means.
pub(crate) fn head(entity: Entity, lang: Lang) -> String {
    let mut line = String::from(MARK);
    text("source", &mut line);
    for field in entity.fields() {
        line.push(';');
        text(&app::heading(field, lang), &mut line);
    }
    line.push_str(LINE_END);
    line
}

/// Some rows.
pub(crate) fn lines(entity: Entity, rows: &[DataRow], lang: Lang) -> String {
    let mut out = String::with_capacity(rows.len() * 200);
    for row in rows {
        text(&row.source, &mut out);
        for (field, value) in entity.fields().iter().zip(&row.values) {
            out.push(';');
            cell(field, value, lang, &mut out);
        }
        out.push_str(LINE_END);
    }
    out
}

fn cell(field: &Field, value: &DataValue, lang: Lang, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = match (field.kind, value) {
        (_, DataValue::Empty) => Ok(()),
        (FieldType::Money, DataValue::Int(cents)) => {
            write!(out, "{}", typed(Money::from_cents(*cents), lang))
        }
        (FieldType::Date, DataValue::Text(day)) if lang == Lang::Fr => {
            let mut parts = day.rsplitn(3, '-');
            let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
            let (day, month, year) = (part(parts.next()), part(parts.next()), part(parts.next()));
            write!(out, "{day}/{month}/{year}")
        }
        (_, DataValue::Text(words)) => {
            text(words, out);
            Ok(())
        }
        (_, DataValue::Int(number)) => write!(out, "{number}"),
        (_, DataValue::Real(number)) => write!(out, "{}", typed(number, lang)),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, value: DataValue, lang: Lang) -> String {
        let mut out = String::new();
        cell(Entity::SalesLines.field(name).unwrap(), &value, lang, &mut out);
        out
    }

    #[test]
    fn cells_by_their_type() {
        for (name, value, fr, en) in [
            ("unit_price_cents", DataValue::Int(-123_405), "-1234,05", "-1234.05"),
            ("quantity", DataValue::Real(2.5), "2,5", "2.5"),
            ("quantity", DataValue::Real(-12.0), "-12", "-12"),
            ("sold_on", DataValue::Text("2026-11-21".into()), "21/11/2026", "2026-11-21"),
            ("channel", DataValue::Empty, "", ""),
            ("channel", DataValue::Text("a;\"b\"\nc".into()), "\"a;\"\"b\"\"\nc\"", "\"a;\"\"b\"\"\nc\""),
        ] {
            assert_eq!(written(name, value.clone(), Lang::Fr), fr, "{name}");
            assert_eq!(written(name, value, Lang::En), en, "{name}");
        }
    }
}

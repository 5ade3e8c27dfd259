//! Rows of a canonical table as a file that spreadsheets open: UTF-8 with its mark, parted by semicolons,
//! numbers and days as the reader's language writes them.

use std::fmt::Write;

use hub::{DataRow, DataValue};
use model::Lang;
use model::canonical::{Entity, Field, FieldType};

/// What tells a spreadsheet that the file is UTF-8.
const MARK: char = '\u{feff}';

/// The first line: what each column means.
pub(crate) fn head(entity: Entity, lang: Lang) -> String {
    let mut line = String::from(MARK);
    text("source", &mut line);
    for field in entity.fields() {
        line.push(';');
        text(&app::heading(field, lang), &mut line);
    }
    line.push_str("\r\n");
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
        out.push_str("\r\n");
    }
    out
}

fn cell(field: &Field, value: &DataValue, lang: Lang, out: &mut String) {
    let point = if lang == Lang::Fr { ',' } else { '.' };
    // Writing to a String cannot fail.
    let _ = match (field.kind, value) {
        (_, DataValue::Empty) => Ok(()),
        (FieldType::Money, DataValue::Int(cents)) => {
            let (sign, size) = (if *cents < 0 { "-" } else { "" }, cents.unsigned_abs());
            write!(out, "{sign}{}{point}{:02}", size / 100, size % 100)
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
        (_, DataValue::Real(number)) => {
            let number = number.to_string();
            write!(out, "{}", if point == ',' { number.replace('.', ",") } else { number })
        }
    };
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it, and is then shown as it
/// is: whoever filled the source in must not be able to have something worked out on the reader's machine.
fn text(words: &str, out: &mut String) {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_quoted = words.contains([';', '"', '\n', '\r']);
    if is_quoted {
        out.push('"');
    }
    if is_formula {
        out.push('\'');
    }
    if is_quoted {
        out.push_str(&words.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(words);
    }
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

    #[test]
    fn nothing_is_worked_out() {
        for formula in ["=1+1", "+33 1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            let out = written("channel", DataValue::Text(formula.into()), Lang::Fr);
            assert!(out.trim_start_matches('"').starts_with('\''), "{out}");
        }
        let quoted = written("channel", DataValue::Text("=HYPERLINK(\"x\";\"y\")".into()), Lang::Fr);
        assert_eq!(quoted, "\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"");
        assert_eq!(written("channel", DataValue::Text("a=b".into()), Lang::Fr), "a=b");
    }
}

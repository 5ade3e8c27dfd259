//! Values of a dataset as people write them, cut to what a cell can show.

use leptos::prelude::*;
use model::Lang;
use model::dataset::{Cell, Column, ColumnType, DataValue, value};

use crate::api::sync::server_time;
use crate::format;

/// How much of a value a cell holds, in characters.
const SHOWN: usize = 80;
/// How much of it one sees who points at the cell.
const TOLD: usize = 2_000;

/// The value of a cell by its column's type; what is not of that type as it came.
pub(super) fn shown(column: &Column, cell: &Cell<'_>, lang: Lang) -> String {
    match value(column, cell) {
        None => cell.as_text().trim().to_owned(),
        Some(DataValue::Boolean(yes)) => {
            let word = if yes { model::Text::fixed("oui", "yes") } else { model::Text::fixed("non", "no") };
            word.get(lang).to_owned()
        }
        // The digits as they came: a whole number may as well be a code.
        Some(DataValue::Integer(_)) => cell.as_text().trim().to_owned(),
        Some(DataValue::Number(_)) => {
            let (from, to) = if lang == Lang::Fr { (".", ",") } else { (",", ".") };
            cell.as_text().trim().replace(from, to)
        }
        Some(DataValue::Date(day)) => format::day(&day.to_string(), lang),
        Some(DataValue::DateTime(at)) => {
            let (day, time) = server_time(&at.to_rfc3339());
            format::moment(&day, &time, lang)
        }
        Some(DataValue::Text(text)) => text.into_owned(),
        Some(DataValue::Json(json)) => json.to_owned(),
    }
}

/// A text in a cell, with more of it for whoever points at it when it had to be cut.
pub(super) fn cut(text: String) -> AnyView {
    let Some(short) = shortened(&text, SHOWN) else { return text.into_any() };
    let told = shortened(&text, TOLD).unwrap_or(text);
    view! { <span title=told>{short}</span> }.into_any()
}

/// The beginning of a text that is longer than so many characters.
fn shortened(text: &str, longest: usize) -> Option<String> {
    text.char_indices().nth(longest).map(|(end, _)| format!("{}…", &text[..end]))
}

/// Whether the column's values stand under each other at their end.
pub(super) fn is_number(column: &Column) -> bool {
    matches!(column.kind, ColumnType::Integer | ColumnType::Number)
}

#[cfg(test)]
mod tests {
    use model::dataset::{Shape, cells};

    use super::*;

    #[test]
    fn values_as_people_write_them() {
        for (json, fr, en) in [
            ("true", "oui", "yes"),
            ("75001", "75001", "75001"),
            ("1234.50", "1234,50", "1234.50"),
            ("\"2026-11-21\"", "21/11/2026", "21 Nov 2026"),
            ("\" Élan \"", " Élan ", " Élan "),
            ("[1, 2]", "[1, 2]", "[1, 2]"),
            ("null", "", ""),
        ] {
            let row = format!("{{\"c\": {json}, \"other\": 1}}");
            let cells = cells(&row).unwrap_or_default();
            let mut shape = Shape::default();
            shape.take(&cells, false);
            let column = shape.columns().into_iter().find(|column| column.name == "c").expect(json);
            let cell = cells.get("c").expect(json);
            assert_eq!(shown(&column, cell, Lang::Fr), fr, "{json}");
            assert_eq!(shown(&column, cell, Lang::En), en, "{json}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(shortened(&"é".repeat(80), 80), None);
        assert_eq!(shortened(&"é".repeat(81), 80), Some(format!("{}…", "é".repeat(80))));
    }
}

//! Whether a record that was found holds what was sent.

use std::collections::BTreeSet;

use super::moment;
use super::schema::{Column, Holds};
use crate::common::cell::Cell;
use crate::common::number;

/// Whether a cell holds what was sent, but for what the way there and back makes of it.
pub(super) fn holds(column: Option<&Column>, sent: &str, read: Option<&Cell<'_>>) -> bool {
    let read = match read {
        Some(Cell::Text(text)) => text.as_ref(),
        _ => "",
    };
    match column.map(|column| &column.holds) {
        Some(Holds::Number) => match (sent.parse(), read.parse()) {
            (Ok(sent), Ok(read)) => number::same(sent, read),
            _ => sent == read,
        },
        Some(Holds::Date) => moment::day(sent) == moment::day(read),
        Some(Holds::DateTime) => moment::instant(sent) == moment::instant(read),
        Some(Holds::Choices(_)) => {
            let each = |text: &str| -> BTreeSet<String> {
                text.split(';').filter(|value| !value.is_empty()).map(str::to_owned).collect()
            };
            each(sent) == each(read)
        }
        // Blanks at the ends are cut, and addresses come back in small letters.
        Some(Holds::Text) => sent.trim().to_lowercase() == read.trim().to_lowercase(),
        _ => sent == read,
    }
}

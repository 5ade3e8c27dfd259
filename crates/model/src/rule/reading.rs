//! How the values that rules speak of are written.

use crate::dataset::{Cell, ColumnType, DataValue, read};
use crate::decimal::{self, Mark};
use crate::parse;

/// How values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the rows of a dataset: a text is a number where no digit of it can be misread.
    #[default]
    Data,
    /// As people type them into files, and as the canonical tables read them (`1 234,50 €`, `1/2/2026`). The
    /// decimal mark is that of the file, where it is known.
    Typed(Option<Mark>),
}

impl Reading {
    /// Whether a cell that holds something is a value of that type.
    pub(super) fn fits(self, of: ColumnType, cell: &Cell<'_>) -> bool {
        let text = cell.as_text();
        let is_typed = |mark| match of {
            ColumnType::Number => decimal::read(text, mark).is_ok(),
            ColumnType::Integer => decimal::read(text, mark).is_ok_and(|number| number.integer().is_some()),
            ColumnType::Date => parse::date(text.trim()).is_ok(),
            _ => read(of, false, cell).is_some(),
        };
        match self {
            Reading::Data => [false, true].into_iter().any(|comma| read(of, comma, cell).is_some()),
            Reading::Typed(mark) => is_typed(mark),
        }
    }

    /// The number that a cell holds; `None` where it is none.
    pub(super) fn number(self, cell: &Cell<'_>) -> Option<f64> {
        let in_data = |comma| match read(ColumnType::Number, comma, cell)? {
            DataValue::Number(number) => Some(number),
            _ => None,
        };
        match self {
            Reading::Data => in_data(false).or_else(|| in_data(true)),
            Reading::Typed(mark) => decimal::read(cell.as_text(), mark).ok().map(decimal::Decimal::as_f64),
        }
    }
}

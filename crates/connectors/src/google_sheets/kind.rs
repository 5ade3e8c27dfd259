//! What kind of values a column holds, found out from its first cells.

use model::ValueKind;

use super::wire::{CellData, ExtendedValue, NumberFormat};

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    Number,
    Bool,
    /// A number that is shown as a day.
    Date,
    /// A number that is shown as a day and a time, in the spreadsheet's zone.
    DateTime,
    /// A number that is shown as a time.
    Time,
}

/// What the first cells of a column show.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sampled {
    pub(super) kind: CellKind,
    /// How its moments are shown, to show new ones alike.
    pub(super) format: Option<NumberFormat>,
    /// Formulas make its cells: nothing is written there.
    pub(super) is_computed: bool,
    /// Any of them holds something.
    pub(super) is_used: bool,
}

/// How many cells there are of each kind.
#[derive(Default)]
struct Tally {
    texts: usize,
    numbers: usize,
    bools: usize,
    dates: usize,
    moments: usize,
    times: usize,
}

impl Sampled {
    /// Looks at the cells below a header.
    pub(super) fn of<'a>(header: &str, cells: impl Iterator<Item = &'a CellData> + Clone) -> Sampled {
        let mut filled = Tally::default();
        let mut formatted = Tally::default();
        let (mut is_computed, mut is_used, mut format) = (false, false, None);
        for cell in cells {
            let shown = cell.effective_format.number_format.as_ref();
            let shape = shown.map(|format| format.r#type.as_str()).unwrap_or_default();
            if matches!(shape, "DATE" | "DATE_TIME" | "TIME") && format.is_none() {
                format = shown.cloned();
            }
            let Some(value) = &cell.effective_value else {
                formatted.count_format(shape);
                continue;
            };
            is_used = true;
            is_computed |= matches!(&cell.user_entered_value, None | Some(ExtendedValue::Formula(_)));
            filled.count(value, shape);
        }
        let kind = filled.kind().or_else(|| formatted.kind()).unwrap_or_else(|| expected(header));
        Sampled { kind, format, is_computed, is_used }
    }
}

impl Tally {
    fn count(&mut self, value: &ExtendedValue, shape: &str) {
        match value {
            ExtendedValue::Text(_) => self.texts += 1,
            ExtendedValue::Bool(_) => self.bools += 1,
            ExtendedValue::Number(_) => match shape {
                "DATE" => self.dates += 1,
                "DATE_TIME" => self.moments += 1,
                "TIME" => self.times += 1,
                _ => self.numbers += 1,
            },
            // What a formula in error would have been is not known.
            ExtendedValue::Error(_) | ExtendedValue::Formula(_) => {}
        }
    }

    /// Empty cells of a column that somebody has prepared.
    fn count_format(&mut self, shape: &str) {
        match shape {
            "DATE" => self.dates += 1,
            "DATE_TIME" => self.moments += 1,
            "TIME" => self.times += 1,
            "NUMBER" | "CURRENCY" | "PERCENT" | "SCIENTIFIC" => self.numbers += 1,
            "TEXT" => self.texts += 1,
            _ => {}
        }
    }

    /// The kind that fits; `None` where there is nothing to go by. Numbers among texts are read as texts; texts
    /// among more dates stay apart, so that « à définir » does not make a text of every date.
    fn kind(&self) -> Option<CellKind> {
        let days = self.dates + self.moments;
        let all = days + self.texts + self.numbers + self.bools + self.times;
        Some(match () {
            () if all == 0 => return None,
            () if self.bools == all => CellKind::Bool,
            () if self.numbers == all => CellKind::Number,
            () if self.times == all => CellKind::Time,
            () if days > self.texts + self.numbers + self.bools + self.times => {
                if self.moments > 0 {
                    CellKind::DateTime
                } else {
                    CellKind::Date
                }
            }
            () => CellKind::Text,
        })
    }
}

/// What an empty column is for, by the words of its header: a first export then writes real numbers and dates.
fn expected(header: &str) -> CellKind {
    const AMOUNTS: [&str; 8] = ["montant", "amount", "prix", "price", "total", "value", "valeur", "ca"];
    const DATES: [&str; 6] = ["date", "échéance", "echeance", "due", "deadline", "clôture"];
    let lower = header.to_lowercase();
    let has = |known: &[&str]| lower.split(|c: char| !c.is_alphabetic()).any(|word| known.contains(&word));
    match () {
        () if has(&DATES) => CellKind::Date,
        () if has(&AMOUNTS) => CellKind::Number,
        () => CellKind::Text,
    }
}

impl CellKind {
    /// The kind of value that is read.
    pub(super) fn value_kind(self) -> ValueKind {
        match self {
            CellKind::Text | CellKind::Time => ValueKind::Text,
            CellKind::Number => ValueKind::Number,
            CellKind::Bool => ValueKind::Bool,
            CellKind::Date => ValueKind::Date,
            CellKind::DateTime => ValueKind::DateTime,
        }
    }

    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            CellKind::Text => "text",
            CellKind::Number => "number",
            CellKind::Bool => "checkbox",
            CellKind::Date => "date",
            CellKind::DateTime => "date_time",
            CellKind::Time => "time",
        }
    }
}

//! Cells as text, as `cellFormat=string` shows them.
//!
//! The exact texts depend on settings of the interface that the API does not tell; this is close
//! enough for a client that must not mistake text for values.

use chrono_tz::Tz;
use serde_json::Value;

use super::FieldType;
use super::formula::{Cells, Val};
use super::scope::Scope;

/// The reader's time zone and language.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Locale {
    pub(super) zone: Tz,
    /// Such as `fr` or `en-gb`.
    pub(super) language: String,
}

/// A cell as text; `None` when empty.
pub(super) fn spoken(scope: &Scope<'_>, slot: usize, locale: &Locale) -> Option<String> {
    use FieldType as T;
    let column = scope.table.column(slot)?;
    let stored = scope.record.cell(slot);
    let fixed = |precision: u8, factor: f64| {
        stored.as_f64().map(|number| format!("{:.*}", usize::from(precision), number * factor))
    };
    let text = match &column.kind {
        T::Number { precision } => fixed(*precision, 1.0)?,
        T::Percent { precision } => fixed(*precision, 100.0)? + "%",
        T::Currency { precision, symbol } => symbol.clone() + &fixed(*precision, 1.0)?,
        T::Duration { .. } => {
            let seconds = stored.as_i64()?;
            format!("{}:{:02}", seconds / 3600, seconds / 60 % 60)
        }
        T::Checkbox => (*stored == Value::Bool(true)).then(|| "checked".to_owned())?,
        kind => match scope.cell(slot) {
            Val::Moment(moment) => {
                let day_only = matches!(kind, T::Date { .. });
                // A day has no time zone: shifting it could change it.
                let local = moment.with_timezone(if day_only { &Tz::UTC } else { &locale.zone });
                let day = if locale.language.eq_ignore_ascii_case("en")
                    || locale.language.eq_ignore_ascii_case("en-us")
                {
                    "%-m/%-d/%Y"
                } else {
                    "%d/%m/%Y"
                };
                local.format(&if day_only { day.to_owned() } else { format!("{day} %H:%M") }).to_string()
            }
            value => value.to_text(),
        },
    };
    (!text.is_empty()).then_some(text)
}

//! What is sent for a value, by its property's type.

use chrono_tz::Tz;
use model::{Text, Value};

use super::labels::Labels;
use super::moment;
use super::schema::{Column, Holds};
use super::streams::PIPELINE;
use super::texts;
use crate::common::number::json_number;

/// The properties that a value is written into, and their texts; an empty text clears.
///
/// # Errors
/// Why the property cannot take this value.
pub(super) fn encode(column: &Column, value: &Value, zone: Tz) -> Result<Vec<(String, String)>, Text> {
    let text = match value {
        Value::Empty => Some(String::new()),
        value => plain(column, value, zone)?,
    };
    let text = text.ok_or_else(|| texts::cannot_take(&column.name, &column.native))?;
    let mut sent = Vec::with_capacity(2);
    // A stage is one of its pipeline's: alone, it would be looked for in the one the deal is in.
    if let Holds::Stage(stages) = &column.holds
        && let Some(pipeline) = stages.pipeline(&text)
    {
        sent.push((PIPELINE.to_owned(), pipeline.to_owned()));
    }
    sent.push((column.key.to_string(), text));
    Ok(sent)
}

fn plain(column: &Column, value: &Value, zone: Tz) -> Result<Option<String>, Text> {
    Ok(match (&column.holds, value) {
        (Holds::Text, Value::List(_) | Value::Unreadable(_)) => None,
        (Holds::Text, value) => value.to_text(),
        (Holds::Number, Value::Number(number)) => json_number(*number).map(|number| number.to_string()),
        (Holds::Bool, Value::Bool(yes)) => Some(yes.to_string()),
        (Holds::Date, Value::Date(day)) => Some(day.to_string()),
        (Holds::Date, Value::DateTime(at)) => Some(at.date_naive().to_string()),
        (Holds::DateTime, Value::DateTime(at)) => Some(moment::write(at)),
        (Holds::DateTime, Value::Date(day)) => Some(moment::write(&moment::start_of_day(*day, zone))),
        (Holds::Choice(labels) | Holds::Owner(labels), Value::Text(label)) => {
            Some(chosen(column, labels, label)?.to_owned())
        }
        (Holds::Stage(stages), Value::Text(label)) => Some(chosen(column, &stages.labels, label)?.to_owned()),
        (Holds::Choices(labels), Value::Text(label)) => Some(chosen(column, labels, label)?.to_owned()),
        (Holds::Choices(labels), Value::List(several)) => {
            let each = several.iter().map(|one| match one {
                Value::Text(label) => chosen(column, labels, label),
                _ => Err(texts::cannot_take(&column.name, &column.native)),
            });
            Some(each.collect::<Result<Vec<_>, _>>()?.join(";"))
        }
        _ => None,
    })
}

fn chosen<'a>(column: &Column, labels: &'a Labels, label: &str) -> Result<&'a str, Text> {
    labels.value(label).ok_or_else(|| texts::no_such_option(&column.name, label, &labels.all()))
}

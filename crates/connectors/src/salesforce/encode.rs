//! A value of the product, made into what the service takes.

use chrono::NaiveTime;
use model::{Text, Value, spec};
use serde_json::{Value as Json, json};

use super::choices::Choices;
use super::directory::{Found, Names, is_id};
use super::links::Link;
use super::schema::{Column, Holds};
use super::{moment, texts};
use crate::common::number::json_number;

/// What is sent for a value; `null` clears the field.
///
/// # Errors
/// Why it does not fit the field.
pub(super) fn encode(column: &Column, value: &Value, names: &Names) -> Result<Json, Text> {
    let misfit = || texts::misfit(column, value);
    match (&column.holds, value) {
        (Holds::Other, _) => Err(texts::read_only(column)),
        (_, Value::Unreadable(_)) => Err(misfit()),
        // There is no third state of yes and no.
        (Holds::Bool, Value::Empty) => Ok(json!(false)),
        (_, Value::Empty) if !column.nillable => Err(texts::required(column)),
        (_, Value::Empty) => Ok(Json::Null),
        (Holds::Text, value) => value.to_text().map(Json::String).ok_or_else(misfit),
        (Holds::Number, value) => number(value).and_then(json_number).ok_or_else(misfit),
        (Holds::Whole, value) => {
            number(value).filter(|number| number.fract() == 0.0).and_then(json_number).ok_or_else(misfit)
        }
        (Holds::Bool, Value::Bool(yes)) => Ok(json!(yes)),
        (Holds::Bool, Value::Text(text)) => Ok(json!(spec::is_on(text))),
        (Holds::Day, Value::Date(day)) => Ok(json!(day.to_string())),
        (Holds::Day, Value::DateTime(at)) => Ok(json!(at.date_naive().to_string())),
        (Holds::Moment, Value::DateTime(at)) => Ok(json!(moment::write(at.to_utc()))),
        // Read back in UTC, it is the same day.
        (Holds::Moment, Value::Date(day)) => Ok(json!(moment::write(day.and_time(NaiveTime::MIN).and_utc()))),
        (Holds::Choice(choices), value) => chosen(column, choices, value).map(Json::String),
        (Holds::Several(choices), Value::List(values)) => {
            let values = values.iter().map(|value| chosen(column, choices, value));
            Ok(json!(values.collect::<Result<Vec<_>, _>>()?.join(";")))
        }
        (Holds::Several(choices), value) => chosen(column, choices, value).map(Json::String),
        (Holds::Link(link), value) => linked(column, link, value, names),
        _ => Err(misfit()),
    }
}

fn chosen(column: &Column, choices: &Choices, value: &Value) -> Result<String, Text> {
    let text = value.to_text().ok_or_else(|| texts::misfit(column, value))?;
    choices.value(&text).map(str::to_owned).ok_or_else(|| texts::no_choice(column, &text))
}

fn linked(column: &Column, link: &Link, value: &Value, names: &Names) -> Result<Json, Text> {
    let text = value.to_text().ok_or_else(|| texts::misfit(column, value))?;
    let name = text.trim();
    if is_id(name) {
        return Ok(json!(name));
    }
    match link.target().and_then(|target| names.get(target, name)) {
        Some(Found::One(id)) => Ok(json!(id)),
        Some(Found::Several) => Err(texts::several(column, name)),
        None => Err(texts::nobody(column, name)),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number).filter(|number| number.is_finite()),
        Value::Text(text) => {
            text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}

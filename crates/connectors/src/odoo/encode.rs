//! A value of the product, made into what Odoo takes. Links to other records are not among them.

use chrono_tz::Tz;
use model::{Text, Value, spec};
use serde_json::{Value as Json, json};

use super::schema::{Column, Holds};
use super::{html, moment};
use crate::common::number::json_number;

/// What is sent for a value.
///
/// # Errors
/// Why it does not fit the field.
pub(super) fn encode(column: &Column, value: &Value, zone: Tz) -> Result<Json, Text> {
    let misfit = || misfit(column, value);
    match (&column.holds, value) {
        (_, Value::Unreadable(_)) => Err(misfit()),
        // Odoo knows no empty number and no third state of yes and no.
        (Holds::Whole | Holds::Number, Value::Empty) => Ok(json!(0)),
        (_, Value::Empty) if column.required => Err(required(column)),
        (_, Value::Empty) => Ok(json!(false)),
        (Holds::Text, value) => value.to_text().map(Json::String).ok_or_else(misfit),
        (Holds::Html, value) => value.to_text().map(|text| json!(html::from_text(&text))).ok_or_else(misfit),
        (Holds::Number, value) => number(value).and_then(json_number).ok_or_else(misfit),
        (Holds::Whole, value) => {
            number(value).filter(|number| number.fract() == 0.0).and_then(json_number).ok_or_else(misfit)
        }
        (Holds::Bool, Value::Bool(yes)) => Ok(json!(yes)),
        (Holds::Bool, Value::Text(text)) => Ok(json!(spec::is_on(text))),
        (Holds::Day, Value::Date(day)) => Ok(json!(day.to_string())),
        (Holds::Day, Value::DateTime(at)) => Ok(json!(at.date_naive().to_string())),
        (Holds::Moment, Value::DateTime(at)) => Ok(json!(moment::write(at.to_utc()))),
        (Holds::Moment, Value::Date(day)) => Ok(json!(moment::write(moment::midnight(*day, zone)))),
        (Holds::Choice(options), value) => {
            let key = choose(options, value, |(key, label)| [key.as_str(), label.as_str()]);
            key.map(|(key, _)| json!(key)).ok_or_else(|| no_option(column, value, labels(options)))
        }
        (Holds::Stage(stages), value) => {
            let stage = choose(stages, value, |(_, name)| [name.as_str(), name.as_str()]);
            let names = || stages.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
            stage.map(|(id, _)| json!(id)).ok_or_else(|| no_option(column, value, names()))
        }
        _ => Err(misfit()),
    }
}

/// The option that a text names: exactly first, then without its case.
fn choose<'a, T>(options: &'a [T], value: &Value, words: impl Fn(&T) -> [&str; 2]) -> Option<&'a T> {
    let text = value.to_text()?;
    let text = text.trim();
    // Labels before keys: a key such as `1` may be somebody's label.
    options.iter().find(|option| words(option)[1] == text).or_else(|| {
        let lower = text.to_lowercase();
        options.iter().find(|option| words(option).iter().rev().any(|word| word.to_lowercase() == lower))
    })
}

fn labels(options: &[(String, String)]) -> String {
    options.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(", ")
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

fn misfit(column: &Column, value: &Value) -> Text {
    let (name, native) = (&column.name, &column.native);
    let held = value.to_text().unwrap_or_default();
    Text::new(
        format!("« {held} » ne convient pas au champ « {name} » ({native}) d'Odoo."),
        format!("“{held}” does not fit Odoo's field “{name}” ({native})."),
    )
}

fn required(column: &Column) -> Text {
    let name = &column.name;
    Text::new(
        format!("Le champ « {name} » d'Odoo ne peut pas être vide."),
        format!("Odoo's field “{name}” cannot be empty."),
    )
}

fn no_option(column: &Column, value: &Value, options: String) -> Text {
    let (name, held) = (&column.name, value.to_text().unwrap_or_default());
    Text::new(
        format!("« {held} » n'est pas une option du champ « {name} » d'Odoo. Les options sont : {options}."),
        format!("“{held}” is not an option of Odoo's field “{name}”. The options are: {options}."),
    )
}

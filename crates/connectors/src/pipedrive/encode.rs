//! A value of the product, made into what Pipedrive takes. Links and people are not among them.

use model::{Text, Value};
use serde_json::{Map, Value as Json, json};

use super::schema::{Column, Holds};
use super::stages::{Stages, Stand};
use crate::common::number::json_number;

/// What is sent for a value. Of money only the amount is known here, of contacts only what they are:
/// [`super::keep`] adds what the record holds besides.
///
/// # Errors
/// Why it does not fit the field.
pub(super) fn encode(column: &Column, value: &Value) -> Result<Json, Text> {
    let misfit = || misfit(column, value);
    match (&column.holds, value) {
        (_, Value::Unreadable(_)) => Err(misfit()),
        (_, Value::Empty) if column.needed => Err(needed(column)),
        (Holds::Contacts, Value::Empty) => Ok(json!([])),
        // An empty list is refused for options.
        (_, Value::Empty) => Ok(Json::Null),
        (Holds::Text(longest), value) => line(column, value, *longest).map(Json::String),
        (Holds::Number, value) => number(value).and_then(json_number).ok_or_else(misfit),
        (Holds::Whole, value) => {
            number(value).filter(|number| number.fract() == 0.0).and_then(json_number).ok_or_else(misfit)
        }
        (Holds::Money, value) => {
            let amount = number(value).and_then(json_number).ok_or_else(misfit)?;
            Ok(json!({ "value": amount }))
        }
        (Holds::Day, Value::Date(day)) => Ok(json!(day.to_string())),
        (Holds::Day, Value::DateTime(at)) => Ok(json!(at.date_naive().to_string())),
        (Holds::Choice(options), value) => {
            let label = value.to_text().ok_or_else(misfit)?;
            option(column, options, &label).map(|id| json!(id))
        }
        (Holds::Choices(options), value) => {
            let ids = texts(value)
                .iter()
                .map(|label| option(column, options, label))
                .collect::<Result<Vec<_>, _>>();
            ids.map(|ids| json!(ids))
        }
        (Holds::Contacts, value) => {
            let contacts = texts(value).into_iter().map(|contact| json!({ "value": contact.trim() }));
            Ok(contacts.collect())
        }
        (Holds::Address, value) => Ok(json!({ "value": value.to_text().ok_or_else(misfit)? })),
        _ => Err(misfit()),
    }
}

/// The stage and the status that a label stands for.
///
/// # Errors
/// There is no such label, or none at all: a deal always stands somewhere.
pub(super) fn stand(
    column: &Column,
    stages: &Stages,
    value: &Value,
    body: &mut Map<String, Json>,
) -> Result<(), Text> {
    let label = match value {
        Value::Text(label) => label,
        Value::Empty => return Err(needed(column)),
        _ => return Err(misfit(column, value)),
    };
    let status = match stages.find(label) {
        Some(Stand::Open(stage)) => {
            body.insert(column.key.to_string(), json!(stage));
            "open"
        }
        Some(Stand::Won) => "won",
        Some(Stand::Lost) => "lost",
        None => return Err(unknown(column, label, &stages.labels())),
    };
    body.insert("status".to_owned(), json!(status));
    Ok(())
}

/// The texts of one value or several.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::List(values) => values.iter().filter_map(Value::to_text).collect(),
        value => value.to_text().into_iter().collect(),
    }
}

fn line(column: &Column, value: &Value, longest: usize) -> Result<String, Text> {
    let text = value.to_text().ok_or_else(|| misfit(column, value))?;
    if text.chars().count() > longest {
        let name = &column.name;
        return Err(Text::new(
            format!(
                "La valeur est trop longue pour le champ « {name} » : Pipedrive accepte {longest} caractères. Raccourcissez-la."
            ),
            format!(
                "The value is too long for the field “{name}”: Pipedrive takes {longest} characters. Shorten it."
            ),
        ));
    }
    Ok(text)
}

/// The option with this label, compared exactly first and then without case.
fn option(column: &Column, options: &[(i64, String)], label: &str) -> Result<i64, Text> {
    let label = label.trim();
    let exactly = options.iter().find(|(_, known)| known == label);
    let lower = label.to_lowercase();
    let found = exactly.or_else(|| options.iter().find(|(_, known)| known.to_lowercase() == lower));
    let labels = || options.iter().map(|(_, known)| known.clone()).collect::<Vec<_>>();
    found.map(|(id, _)| *id).ok_or_else(|| unknown(column, label, &labels()))
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

pub(super) fn misfit(column: &Column, value: &Value) -> Text {
    let (name, native) = (&column.name, &column.native);
    let held = value.to_text().unwrap_or_default();
    Text::new(
        format!("« {held} » ne convient pas au champ « {name} » ({native}) de Pipedrive."),
        format!("“{held}” does not fit Pipedrive's field “{name}” ({native})."),
    )
}

pub(super) fn needed(column: &Column) -> Text {
    let name = &column.name;
    Text::new(
        format!("Le champ « {name} » de Pipedrive ne peut pas être vide."),
        format!("Pipedrive's field “{name}” cannot be empty."),
    )
}

fn unknown(column: &Column, label: &str, known: &[String]) -> Text {
    let (name, known) = (&column.name, known.join(", "));
    Text::new(
        format!(
            "« {label} » n'existe pas dans le champ « {name} » de Pipedrive, qui connaît : {known}. Ajoutez-le dans Pipedrive ou corrigez la valeur."
        ),
        format!(
            "“{label}” does not exist in Pipedrive's field “{name}”, which knows: {known}. Add it in Pipedrive or correct the value."
        ),
    )
}

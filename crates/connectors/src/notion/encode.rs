//! Writes a value for a property, by the property's real type.

use model::{Text, Value};
use serde_json::{Value as Json, json};

use super::dates::Span;
use super::options;
use super::people::{self, User};
use super::schema::{Holds, Property};
use super::split::split;
use crate::common::number::json_number;

/// The most options or people one property takes in a request
/// (developers.notion.com/reference/request-limits).
const MOST: usize = 100;

/// What must be known besides the value.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// The people of the workspace, where a property for people is written.
    pub(super) users: &'a [User],
    /// Options that do not exist are made.
    pub(super) create_options: bool,
}

/// The JSON that gives a property this value, `{<type>:…}`; [`Value::Empty`] clears it.
///
/// # Errors
/// Why the property cannot take it, and what to do.
pub(super) fn encode(property: &Property, value: &Value, known: Known) -> Result<Json, Text> {
    let native = property.native_type.as_str();
    let inner = match (&property.holds, value) {
        (_, Value::Unreadable(_)) => Err(unfit(property)),
        (Holds::Text | Holds::MultiSelect | Holds::People, Value::Empty) => Ok(json!([])),
        // A checkbox knows no third state.
        (Holds::Checkbox, Value::Empty) => Ok(json!(false)),
        (_, Value::Empty) => Ok(Json::Null),
        (Holds::Text, value) => text(property, value),
        (Holds::Line(longest), value) => line(property, value, *longest),
        (Holds::Number, Value::Number(number)) => json_number(*number).ok_or_else(|| unfit(property)),
        (Holds::Checkbox, Value::Bool(yes)) => Ok(json!(yes)),
        (Holds::Date, value) => Span::of(value).map(|span| span.json()).ok_or_else(|| unfit(property)),
        (Holds::Select | Holds::Status, Value::Text(label)) => {
            options::choose(property, label, known.create_options)
        }
        (Holds::MultiSelect, value) => {
            several(property, value, |label| options::choose(property, label, known.create_options))
        }
        (Holds::People, value) => several(property, value, |name| {
            let id = people::find(known.users, name, &property.name)?;
            Ok(json!({ "object": "user", "id": id }))
        }),
        _ => Err(unfit(property)),
    };
    Ok(json!({ native: inner? }))
}

fn text(property: &Property, value: &Value) -> Result<Json, Text> {
    let text = value.to_text().unwrap_or_default();
    let pieces = split(&text).ok_or_else(|| {
        let name = &property.name;
        Text::new(
            format!("Le texte est trop long pour la propriété « {name} » : Notion accepte 200 000 caractères. Raccourcissez-le."),
            format!("The text is too long for the property “{name}”: Notion takes 200,000 characters. Shorten it."),
        )
    })?;
    Ok(pieces.into_iter().map(|piece| json!({ "type": "text", "text": { "content": piece } })).collect())
}

fn line(property: &Property, value: &Value, longest: usize) -> Result<Json, Text> {
    let text = value.to_text().ok_or_else(|| unfit(property))?;
    if text.encode_utf16().count() > longest {
        let name = &property.name;
        return Err(Text::new(
            format!(
                "La valeur est trop longue pour la propriété « {name} » : Notion accepte {longest} caractères. Raccourcissez-la."
            ),
            format!(
                "The value is too long for the property “{name}”: Notion takes {longest} characters. Shorten it."
            ),
        ));
    }
    Ok(json!(text))
}

fn several(
    property: &Property,
    value: &Value,
    one: impl Fn(&str) -> Result<Json, Text>,
) -> Result<Json, Text> {
    let labels = match value {
        Value::List(values) => values.iter().map(Value::to_text).collect::<Option<Vec<_>>>(),
        value => value.to_text().map(|label| vec![label]),
    };
    let labels = labels.ok_or_else(|| unfit(property))?;
    if labels.len() > MOST {
        let name = &property.name;
        return Err(Text::new(
            format!("La propriété « {name} » de Notion accepte {MOST} valeurs au plus."),
            format!("The property “{name}” of Notion takes {MOST} values at most."),
        ));
    }
    labels.iter().map(|label| one(label)).collect::<Result<Vec<_>, _>>().map(Json::from)
}

fn unfit(property: &Property) -> Text {
    let (name, native) = (&property.name, &property.native_type);
    Text::new(
        format!("La propriété « {name} » ({native}) ne peut pas recevoir cette valeur."),
        format!("The property “{name}” ({native}) cannot take this value."),
    )
}

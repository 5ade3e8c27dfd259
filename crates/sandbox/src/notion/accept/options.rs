//! Values that name an option.

use serde_json::{Value, json};

use super::Accepted;
use crate::notion::state::Column;
use crate::notion::{Choice, PropertyType, Refusal};

/// The option that a value names; made if there is none and the property lets it.
pub(super) fn one(
    column: &Column,
    choices: &[Choice],
    value: &Value,
    makes: bool,
    accepted: &mut Accepted,
) -> Result<Value, Refusal> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    let key = value["id"].as_str().or(value["name"].as_str()).ok_or_else(|| {
        let place = format!("body.properties.{}.{}.name", column.name, column.kind.name());
        Refusal::body(&place, "be defined", value.get("name"))
    })?;
    if let Some(choice) = choices.iter().find(|choice| choice.is(key)) {
        return Ok(json!(choice.id));
    }
    let is_name = value["id"].as_str().is_none();
    if !makes || !is_name {
        let kind = if matches!(column.kind, PropertyType::Status(_)) { "status" } else { "select" };
        // The stray quotation mark is Notion's own.
        let title = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        return Err(Refusal::validation(format!(
            "Invalid {kind} option. {title} option \"{key}\" does not exist\"."
        )));
    }
    if key.contains(',') {
        return Err(Refusal::validation(format!("Invalid select option, commas not allowed: {key}")));
    }
    if key.is_empty() || key.encode_utf16().count() > 100 {
        let place = format!("body.properties.{}.{}.name.length", column.name, column.kind.name());
        let should = if key.is_empty() { "be ≥ `1`" } else { "be ≤ `100`" };
        return Err(Refusal::body(&place, should, Some(&json!(key.encode_utf16().count()))));
    }
    let choice = Choice::new(key);
    let id = json!(choice.id);
    let known = accepted.choices.iter().any(|(owner, other)| *owner == column.id && *other == choice);
    if !known {
        accepted.choices.push((column.id.clone(), choice));
    }
    Ok(id)
}

//! Which values a field accepts. Version 2 is strict about types; how it words that is unverified.

use chrono::{DateTime, NaiveDate, NaiveTime};
use serde_json::{Map, Value};

use super::Entity;
use super::contacts;
use super::field::{Field, Form};
use super::refusal::Refusal;
use super::state::World;

/// What is left of a cleared field.
const NOTHING: Value = Value::Null;

/// The values of a body, custom and built-in ones by their codes.
///
/// # Errors
/// The refusal of the first value that is wrong.
pub(super) fn body(
    world: &World,
    entity: Entity,
    given: &Map<String, Value>,
    inside: bool,
) -> Result<Map<String, Value>, Refusal> {
    let mut accepted = Map::new();
    for (code, value) in given {
        if code != "custom_fields" {
            let field = find(world, entity, code, false)?;
            accepted.insert(code.clone(), one(world, field, value, inside)?);
            continue;
        }
        let custom = value.as_object().ok_or_else(|| Refusal::invalid(code, "must be an object"))?;
        for (code, value) in custom {
            let field = find(world, entity, code, true)?;
            accepted.insert(code.clone(), one(world, field, value, inside)?);
        }
    }
    Ok(accepted)
}

/// That a name nothing is known by is refused, and not passed over, is unverified.
fn find<'w>(world: &'w World, entity: Entity, code: &str, is_custom: bool) -> Result<&'w Field, Refusal> {
    let field = world.set(entity).field(code).filter(|field| field.is_custom == is_custom);
    field.ok_or_else(|| Refusal::invalid(code, "is not a known field"))
}

fn one(world: &World, field: &Field, value: &Value, inside: bool) -> Result<Value, Refusal> {
    let wrong = |why: &str| Refusal::invalid(&field.code, why);
    if !field.is_writable && !inside {
        return Err(wrong("is read-only"));
    }
    if value.is_null() {
        return if field.is_needed { Err(wrong("must not be null")) } else { Ok(NOTHING) };
    }
    let fits = match field.form {
        Form::Text(longest) => {
            let text = value.as_str().ok_or_else(|| wrong("must be a string"))?;
            if text.chars().count() > longest {
                return Err(wrong(&format!("must be at most {longest} characters")));
            }
            if text.trim().is_empty() && field.is_needed {
                return Err(wrong("must not be empty"));
            }
            true
        }
        Form::Number => value.is_number(),
        Form::Whole => value.is_i64(),
        Form::Money => has_number(value, "value") && value["currency"].as_str().is_some_and(is_currency),
        Form::Currency => value.as_str().is_some_and(is_currency),
        Form::Choice => is_option(field, value)?,
        Form::Choices => {
            let list = value.as_array().ok_or_else(|| wrong("must be an array"))?;
            if list.is_empty() {
                return Err(wrong("must contain at least 1 item"));
            }
            for option in list {
                is_option(field, option)?;
            }
            true
        }
        Form::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Form::Day => is_day(value),
        Form::Days => is_day(&value["value"]) && (value["until"].is_null() || is_day(&value["until"])),
        Form::Time => is_time(&value["value"]),
        Form::Times => is_time(&value["value"]) && is_time(&value["until"]),
        Form::Moment => value.as_str().is_some_and(|text| DateTime::parse_from_rfc3339(text).is_ok()),
        Form::Address => value["value"].is_string(),
        Form::Contacts => return contacts::read(value).ok_or_else(|| wrong("is invalid")),
        Form::Link(target) => {
            let id = value.as_i64().ok_or_else(|| wrong("must be a number"))?;
            if !world.has(target, id) {
                return Err(wrong("does not exist"));
            }
            true
        }
        Form::Made => inside,
    };
    if fits { Ok(value.clone()) } else { Err(wrong("has an invalid value")) }
}

fn is_option(field: &Field, value: &Value) -> Result<bool, Refusal> {
    let id = value.as_i64().ok_or_else(|| Refusal::invalid(&field.code, "must be a number"))?;
    if field.options.iter().any(|option| option.id == id) {
        return Ok(true);
    }
    Err(Refusal::invalid(&field.code, &format!("option {id} does not exist")))
}

fn has_number(value: &Value, key: &str) -> bool {
    value[key].is_number()
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_day(value: &Value) -> bool {
    value.as_str().is_some_and(|day| day.len() == 10 && day.parse::<NaiveDate>().is_ok())
}

fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|time| time.parse::<NaiveTime>().is_ok())
}

//! Bodies and parameters, read as strictly as the service reads them.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::entered::Entering;
use super::refusal::Refusal;
use super::render::Rendering;
use crate::service::Asked;

/// `DataFilter`: by range in one of two notations.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DataFilter {
    #[serde(rename = "a1Range")]
    pub(super) a1: Option<String>,
    pub(super) grid_range: Option<super::range::GridRange>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct GetByDataFilter {
    pub(super) data_filters: Vec<DataFilter>,
    pub(super) include_grid_data: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct BatchGetByDataFilter {
    pub(super) data_filters: Vec<DataFilter>,
    pub(super) major_dimension: Option<String>,
    pub(super) value_render_option: Option<String>,
    pub(super) date_time_render_option: Option<String>,
}

/// `ValueRange`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct ValueRange {
    pub(super) range: Option<String>,
    pub(super) major_dimension: Option<String>,
    pub(super) values: Vec<Vec<Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct BatchUpdateValues {
    pub(super) value_input_option: Option<String>,
    pub(super) data: Vec<ValueRange>,
    pub(super) include_values_in_response: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BatchClear {
    pub(super) ranges: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct BatchUpdate {
    pub(super) requests: Vec<Value>,
    pub(super) include_spreadsheet_in_response: bool,
}

/// A body of that form; no body is an empty one.
///
/// # Errors
/// The service's words for a body that has another form.
pub(super) fn body<T: DeserializeOwned + Default>(asked: &Asked) -> Result<T, Refusal> {
    let bytes = asked.body.as_deref().unwrap_or_default();
    if bytes.trim_ascii().is_empty() {
        return Ok(T::default());
    }
    let mut body: Value = serde_json::from_slice(bytes).map_err(|error| unreadable(&error, ""))?;
    drop_nulls(&mut body);
    part(&body, "")
}

/// A member that is null is a member that is left out; a null among values is not.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// A part of a body of that form.
pub(super) fn part<T: DeserializeOwned>(value: &Value, at: &str) -> Result<T, Refusal> {
    T::deserialize(value).map_err(|error| unreadable(&error, at))
}

fn unreadable(error: &serde_json::Error, at: &str) -> Refusal {
    let said = error.to_string();
    let place = if at.is_empty() { String::new() } else { format!(" at '{at}'") };
    match said.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
        Some(name) => Refusal::body(
            at,
            format!("Invalid JSON payload received. Unknown name \"{name}\"{place}: Cannot find field."),
        ),
        None if error.is_data() => Refusal::body(at, format!("Invalid value{place} ({said})")),
        None => Refusal::invalid(format!("Invalid JSON payload received. {said}")),
    }
}

/// The parameters of the query that the service knows everywhere.
const COMMON: [&str; 5] = ["fields", "alt", "prettyPrint", "quotaUser", "key"];

/// Parameters by name.
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// # Errors
    /// For a parameter that the service does not know there.
    pub(super) fn read(asked: &Asked, known: &[&str]) -> Result<Self, Refusal> {
        let pairs = asked.pairs();
        let is_unknown = |name: &str| !known.contains(&name) && !COMMON.contains(&name);
        match pairs.iter().find(|(name, _)| is_unknown(name)) {
            Some((name, _)) => Err(Refusal::body(
                name,
                format!(
                    "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter."
                ),
            )),
            None => Ok(Self(pairs)),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is_on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }
}

pub(super) fn rendering(option: Option<&str>) -> Result<Rendering, Refusal> {
    Ok(match option {
        None | Some("FORMATTED_VALUE") => Rendering::Formatted,
        Some("UNFORMATTED_VALUE") => Rendering::Unformatted,
        Some("FORMULA") => Rendering::Formula,
        Some(other) => return Err(wrong_word("value_render_option", other)),
    })
}

pub(super) fn dates_as_text(option: Option<&str>) -> Result<bool, Refusal> {
    Ok(match option {
        None | Some("SERIAL_NUMBER") => false,
        Some("FORMATTED_STRING") => true,
        Some(other) => return Err(wrong_word("date_time_render_option", other)),
    })
}

pub(super) fn entering(option: Option<&str>) -> Result<Entering, Refusal> {
    Ok(match option {
        Some("RAW") => Entering::Raw,
        Some("USER_ENTERED") => Entering::UserEntered,
        None | Some("INPUT_VALUE_OPTION_UNSPECIFIED") => {
            return Err(Refusal::invalid("'valueInputOption' is required but not specified"));
        }
        Some(other) => return Err(wrong_word("value_input_option", other)),
    })
}

/// Whether the lists are columns.
pub(super) fn by_columns(dimension: Option<&str>) -> Result<bool, Refusal> {
    Ok(match dimension {
        None | Some("ROWS") => false,
        Some("COLUMNS") => true,
        Some(other) => return Err(wrong_word("major_dimension", other)),
    })
}

fn wrong_word(field: &str, word: &str) -> Refusal {
    Refusal::body(
        field,
        format!("Invalid value at '{field}' (type.googleapis.com/google.apps.sheets.v4), \"{word}\""),
    )
}

//! Whether a record takes what it is given.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Value;

use super::property::{Property, PropertyType};
use super::refusal::Refusal;
use super::state::{Object, World, moment};

/// The longest value (unverified).
const LONGEST: usize = 65_536;

/// Properties as they are sent.
pub(super) type Given = BTreeMap<String, Value>;

/// A value that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Invalid {
    pub(super) property: String,
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// The values a record holds once it is given these; `held` is what it held before.
///
/// An empty text clears. Nothing is stored when one value does not fit.
pub(super) fn accept(
    world: &World,
    object: &Object,
    given: &Given,
    held: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut values = held.clone();
    let mut faults = Vec::new();
    for (name, value) in given {
        match one(world, object, name, value) {
            Ok(None) => {
                values.remove(name);
            }
            Ok(Some(text)) => {
                values.insert(name.clone(), text);
            }
            Err((code, message)) => faults.push(Invalid { property: name.clone(), code, message }),
        }
    }
    if faults.is_empty() && given.contains_key("dealstage") {
        faults.extend(in_pipeline(world, &mut values).err());
    }
    if faults.is_empty() { Ok(values) } else { Err(Refusal::values(&faults)) }
}

type Fault = (&'static str, String);

fn one(world: &World, object: &Object, name: &str, value: &Value) -> Result<Option<String>, Fault> {
    let property = object
        .property(name)
        .ok_or_else(|| ("PROPERTY_DOESNT_EXIST", format!("Property \"{name}\" does not exist")))?;
    if property.is_read_only {
        return Err((
            "READ_ONLY_VALUE",
            format!("\"{name}\" is a read only property; its value cannot be set."),
        ));
    }
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => {
            return Err((
                "INVALID_VALUE",
                format!("Property \"{name}\" takes a text, a number or a boolean"),
            ));
        }
    };
    // Without a stage a deal is in no pipeline, which the service does not allow (code unverified).
    if text.is_empty() && matches!(property.kind, PropertyType::Stage | PropertyType::Pipeline) {
        return Err(("REQUIRED_FIELD", format!("Property \"{name}\" must have a value")));
    }
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST {
        return Err(("PROPERTY_VALUE_TOO_LONG", format!("The value of \"{name}\" is longer than {LONGEST}")));
    }
    typed(world, property, &text).map(Some)
}

fn typed(world: &World, property: &Property, text: &str) -> Result<String, Fault> {
    match &property.kind {
        PropertyType::Text | PropertyType::LongText | PropertyType::Phone => Ok(text.to_owned()),
        PropertyType::Email
            if text.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.')) =>
        {
            Ok(text.to_lowercase())
        }
        PropertyType::Email => Err(("INVALID_EMAIL", format!("Email address {text} is invalid"))),
        PropertyType::Number => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(text.to_owned()),
            _ => Err(("INVALID_LONG", format!("{text} was not a valid number."))),
        },
        PropertyType::Date => date(text).map(|day| day.to_string()).ok_or_else(|| no_date(text)),
        PropertyType::DateTime => instant(text).map(moment).ok_or_else(|| no_date(text)),
        PropertyType::Owner => {
            let known = world.owners.iter().any(|owner| !owner.is_archived && owner.id.to_string() == text);
            if known {
                Ok(text.to_owned())
            } else {
                Err(("INVALID_OWNER_ID", format!("{text} is not an owner")))
            }
        }
        PropertyType::Choices(_) => {
            let options = property.options(&world.pipelines);
            let chosen = text.split(';').filter(|chosen| !chosen.is_empty());
            let each: Result<Vec<&str>, Fault> = chosen.map(|chosen| option(&options, chosen)).collect();
            each.map(|each| each.join(";"))
        }
        PropertyType::Choice(_) | PropertyType::Bool | PropertyType::Stage | PropertyType::Pipeline => {
            option(&property.options(&world.pipelines), text).map(str::to_owned)
        }
    }
}

/// A deal's stage is one of its pipeline; without one the deal is in the first.
fn in_pipeline(world: &World, values: &mut BTreeMap<String, String>) -> Result<(), Invalid> {
    let first = world.pipelines.first().map(|pipeline| pipeline.id.clone()).unwrap_or_default();
    let pipeline = values.entry("pipeline".to_owned()).or_insert(first).clone();
    let stage = values.get("dealstage").cloned().unwrap_or_default();
    let stages = world.pipelines.iter().filter(|known| known.id == pipeline).flat_map(|known| &known.stages);
    if stages.into_iter().any(|known| known.id == stage) {
        return Ok(());
    }
    // The code is unverified.
    let message = format!("{stage} is not a valid pipeline stage ID for pipeline {pipeline}");
    Err(Invalid { property: "dealstage".to_owned(), code: "INVALID_OPTION", message })
}

fn option<'a>(options: &[(String, String)], text: &'a str) -> Result<&'a str, Fault> {
    if options.iter().any(|(value, _)| value == text) {
        return Ok(text);
    }
    let known: Vec<String> =
        options.iter().map(|(value, label)| format!("label: {label}, value: {value}")).collect();
    Err(("INVALID_OPTION", format!("{text} was not one of the allowed options: [{}]", known.join("; "))))
}

fn no_date(text: &str) -> Fault {
    ("INVALID_DATE", format!("{text} was not a valid date."))
}

/// A day, or the milliseconds of its midnight.
fn date(text: &str) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day);
    }
    let at = DateTime::from_timestamp_millis(text.parse().ok()?)?;
    (at.time() == NaiveTime::MIN).then(|| at.date_naive())
}

/// An instant, or its milliseconds.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    match text.parse() {
        Ok(millis) => DateTime::from_timestamp_millis(millis),
        Err(_) => Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc()),
    }
}

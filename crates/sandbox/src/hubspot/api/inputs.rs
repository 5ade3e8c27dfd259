//! What a batch is given, and how what became of it is told.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::BATCH;
use crate::faults::Answer;
use crate::hubspot::accept::Given;
use crate::hubspot::refusal::Refusal;
use crate::hubspot::state::World;
use crate::hubspot::state::moment;
use crate::service::Job;

#[derive(Deserialize)]
pub(super) struct Inputs<T> {
    inputs: Vec<T>,
}

/// A new record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct New {
    pub(super) properties: Given,
    #[serde(default)]
    pub(super) associations: Vec<Association>,
    pub(super) object_write_trace_id: Option<String>,
}

/// What a new record is associated with.
#[derive(Deserialize)]
pub(super) struct Association {
    pub(super) to: Id,
    pub(super) types: Vec<AssociationType>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssociationType {
    pub(super) association_type_id: u32,
}

#[derive(Deserialize)]
pub(super) struct Id {
    pub(super) id: String,
}

/// A change to a record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Change {
    pub(super) id: String,
    pub(super) properties: Given,
    pub(super) object_write_trace_id: Option<String>,
}

/// A record by a value that no other has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Keyed {
    pub(super) id: String,
    pub(super) id_property: String,
    pub(super) properties: Given,
    pub(super) object_write_trace_id: Option<String>,
}

/// The records of a batch: some, and not too many.
pub(super) fn checked<T>(asked: Inputs<T>) -> Result<Vec<T>, Refusal> {
    match asked.inputs.len() {
        0 => Err(Refusal::invalid("There must be at least one input")),
        1..=BATCH => Ok(asked.inputs),
        many => Err(Refusal::invalid(format!("The maximum number of inputs is {BATCH}, {many} were given"))),
    }
}

/// Whether each input can be told apart, so that some may fail alone.
///
/// # Errors
/// When two inputs have the same mark.
pub(super) fn are_marked<'a>(marks: impl Iterator<Item = Option<&'a str>>) -> Result<bool, Refusal> {
    let mut seen = HashSet::new();
    let mut all = true;
    for mark in marks {
        match mark {
            Some(mark) if !seen.insert(mark) => {
                return Err(Refusal::invalid("objectWriteTraceId must be unique within a batch"));
            }
            Some(_) => {}
            None => all = false,
        }
    }
    Ok(all)
}

/// The mark of one input, as an error tells it.
pub(super) fn marked(mark: Option<&str>) -> Value {
    json!({"objectWriteTraceId": [mark.unwrap_or_default()]})
}

/// What became of a batch. The results come in no particular order: here, the last comes first.
pub(super) fn told(job: &Job<'_, World>, good: u16, mut results: Vec<Value>, errors: Vec<Value>) -> Answer {
    results.reverse();
    let now = moment(job.now);
    let mut body = json!({
        "status": "COMPLETE", "results": results, "requestedAt": now, "startedAt": now, "completedAt": now,
    });
    if errors.is_empty() {
        return Answer::json(good, &body);
    }
    body["numErrors"] = json!(errors.len());
    body["errors"] = json!(errors);
    Answer::json(207, &body)
}

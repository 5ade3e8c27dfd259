//! What Salesforce means by an answer with an error status: a list of errors, each with its code.

use serde::Deserialize;

use super::texts;
use crate::error::{Error, Retry};
use crate::http::{Failure, Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "Salesforce";

/// The cursor of a query is too old, or too many were opened since.
pub(super) const CURSOR_GONE: &str = "INVALID_QUERY_LOCATOR";
/// A field asked for or written does not exist, or is hidden from the user.
pub(super) const NO_FIELD: &str = "INVALID_FIELD";
/// An object does not exist, or is hidden from the user.
const NO_OBJECT: [&str; 2] = ["INVALID_TYPE", "NOT_FOUND"];
/// Somebody else is writing the record, or one it belongs to.
pub(super) const LOCKED: &str = "UNABLE_TO_LOCK_ROW";
/// The record to change is deleted, never was, or its id is none.
pub(super) const GONE: [&str; 4] =
    ["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND", "MALFORMED_ID"];

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    #[serde(default)]
    error_code: String,
    #[serde(default)]
    message: String,
}

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let all: Vec<Said> = serde_json::from_slice(reply.body).unwrap_or_default();
    let Said { error_code, message } = all.into_iter().next().unwrap_or_default();
    let said = reply.redacted(sentence(&message));
    let is_concurrency = message.contains("Concurrent");
    let error = match (reply.status, error_code.as_str()) {
        (401, _) if message.contains("not valid for use with the REST API") => texts::not_for_the_api(),
        (401, _) => texts::session_over(),
        // Seen in production, although not documented: the service's edge, not its application.
        (406 | 420, _) => Error { maybe_applied: false, ..for_status(SERVICE, 503) },
        (429, _) => for_status(SERVICE, 429),
        (_, "REQUEST_LIMIT_EXCEEDED") if is_concurrency => for_status(SERVICE, 429),
        (_, "REQUEST_LIMIT_EXCEEDED") => texts::quota_used_up(),
        (_, "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED") => texts::no_api(),
        (403, _) => texts::forbidden(&said),
        (_, LOCKED) => texts::busy(),
        (_, "QUERY_TIMEOUT") => texts::too_slow(),
        (_, code) if code == NO_FIELD || NO_OBJECT.contains(&code) => texts::not_found(&said),
        (400, _) => texts::rejected(&said),
        (status, _) => for_status(SERVICE, status),
    };
    Refusal { code: error_code, said, committed: None, error }
}

/// What is said of a query stands behind the query and the place in it.
fn sentence(message: &str) -> &str {
    let behind = message.rsplit_once("ERROR at Row:").and_then(|(_, behind)| behind.split_once('\n'));
    behind.map_or(message, |(_, sentence)| sentence)
}

/// Whether a request failed because the object it is about is not there.
pub(super) fn is_no_object(failure: &Failure) -> bool {
    NO_OBJECT.contains(&failure.code.as_str())
}

/// Whether what is not there is the field that makes creations repeatable.
pub(super) fn is_no_external_id(failure: &Failure) -> bool {
    failure.said.contains("external ID field")
}

/// The field that a query or a write names and that is not there.
pub(super) fn missing_field(failure: &Failure) -> Option<&str> {
    (failure.code == NO_FIELD).then(|| failure.said.split('\'').nth(1)).flatten()
}

/// Another one of the same kind, for a record that was refused in the place of the whole.
pub(super) fn of_record(code: &str, said: String) -> Failure {
    let error = texts::not_found(&said).retry(Retry::Never);
    Failure { code: code.to_owned(), said, committed: None, error: Box::new(error) }
}

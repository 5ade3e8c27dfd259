//! What Odoo means by a refusal: an exception's name and message, in JSON-2 with a status, in JSON-RPC
//! inside an answer of status 200.

use model::Text;
use serde_json::Value as Json;

use super::texts;
use crate::error::{Error, ErrorKind, Retry};
use crate::http::{Failure, Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "Odoo";

/// The record is gone, or one that it leads to.
const MISSING: &str = "MissingError";
/// The model is not there: its application is not installed.
const NO_MODEL: &str = "no_model";
/// A field asked for or written does not exist.
const NO_FIELD: &str = "no_field";
/// The database does not exist.
const NO_DATABASE: &str = "no_database";

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body: Json = serde_json::from_slice(reply.body).unwrap_or_default();
    let told = match &body["error"] {
        Json::Null => &body,
        error if error["data"].is_object() => &error["data"],
        error => error,
    };
    let text = |key: &str| told[key].as_str().unwrap_or_default();
    let (name, message) = (text("name"), text("message"));
    let short = name.rsplit('.').next().unwrap_or_default();
    let said = reply.redacted(message);
    // What has no name comes from before the application.
    let status = if reply.status < 400 { 500 } else { reply.status };
    let code = precisely(short, message);
    let error = match (code, status) {
        (_, 429) => for_status(SERVICE, 429),
        ("Unauthorized" | "AccessDenied" | "SessionExpiredException", _) | (_, 401) => texts::bad_key(),
        ("AccessError", _) => texts::forbidden(&said),
        (NO_DATABASE, _) => texts::no_database(&reply.redacted(quoted(message))),
        (NO_MODEL | MISSING | "NotFound", _) => not_found(&said),
        ("OperationalError" | "InterfaceError" | "PoolError", _) => for_status(SERVICE, 503),
        ("LockError" | "SerializationFailure" | "LockNotAvailable" | "DeadlockDetected", _) => texts::busy(),
        ("", status) => for_status(SERVICE, status),
        // The transaction was undone: the same would be refused again.
        _ => rejected(&said),
    };
    Refusal { code: code.to_owned(), said, committed: None, error }
}

/// What an exception is about, where its name alone does not tell.
fn precisely<'a>(name: &'a str, message: &str) -> &'a str {
    let no_model = (name == "NotFound" && message.starts_with("the model "))
        || (name == "UserError" && message.starts_with("Object ") && message.contains("exist"));
    if no_model {
        NO_MODEL
    } else if name == "OperationalError" && message.contains("database \"") {
        NO_DATABASE
    } else if matches!(name, "ValueError" | "KeyError") && message.contains("Invalid field") {
        NO_FIELD
    } else {
        name
    }
}

/// The first word in quotation marks.
pub(super) fn quoted(said: &str) -> &str {
    said.split(['"', '\'']).nth(1).unwrap_or(said)
}

fn not_found(said: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Odoo ne trouve pas ce qui est demandé : {said}"),
            format!("Odoo does not find what was asked for: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez que l'application et l'enregistrement existent encore dans Odoo.",
        "Check that the application and the record are still in Odoo.",
    ))
}

/// Odoo understood and says no.
fn rejected(said: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(format!("Odoo refuse la demande : {said}"), format!("Odoo refuses the request: {said}")),
    )
    .hint(Text::fixed(
        "Corrigez la valeur, ou demandez la raison à l'administrateur d'Odoo.",
        "Correct the value, or ask Odoo's administrator for the reason.",
    ))
    .retry(Retry::Never)
}

/// What a single record was refused for.
pub(super) fn record_rejected(said: &str) -> Text {
    Text::new(format!("Odoo refuse cet enregistrement : {said}"), format!("Odoo refuses this record: {said}"))
}

/// Whether a code is an exception of Odoo's: whatever answers, it is Odoo.
pub(super) fn is_known(code: &str) -> bool {
    !code.is_empty() && code != "NotFound"
}

pub(super) fn is_missing(failure: &Failure) -> bool {
    failure.code == MISSING
}

pub(super) fn is_no_model(failure: &Failure) -> bool {
    failure.code == NO_MODEL
}

pub(super) fn is_no_field(failure: &Failure) -> bool {
    failure.code == NO_FIELD
}

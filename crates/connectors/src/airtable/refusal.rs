//! What Airtable means by an answer with an error status.
//!
//! Three envelopes are in use: `{"error":{"type","message"}}`, `{"error":"TYPE"}` and
//! `{"errors":[{"error","message"}]}`.

use model::Text;
use serde_json::Value as Json;

use super::texts;
use crate::error::{Error, ErrorKind};
use crate::http::{Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "Airtable";

/// The paging token is unknown or has expired.
pub(super) const OFFSET_GONE: &str = "LIST_RECORDS_ITERATOR_NOT_AVAILABLE";
/// A field asked for or written does not exist.
pub(super) const UNKNOWN_FIELD: &str = "UNKNOWN_FIELD_NAME";
/// A record to update does not exist.
pub(super) const RECORD_GONE: &str = "ROW_DOES_NOT_EXIST";
/// A base has as many webhooks as it may have; what an OAuth application is told goes on from here.
pub(super) const TOO_MANY_WEBHOOKS: &str = "TOO_MANY_WEBHOOKS_IN_BASE";
/// The role of the token's user is too low; other missing rights look like missing things.
pub(super) const ROLE_TOO_LOW: &str = "INVALID_PERMISSIONS";

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body: Json = serde_json::from_slice(reply.body).unwrap_or_default();
    let (code, said) = code_and_message(&body);
    let said = reply.redacted(said);
    let error = match (reply.status, code) {
        (401, _) => texts::bad_token(),
        (_, "PUBLIC_API_BILLING_LIMIT_EXCEEDED") => texts::quota_used_up(),
        (503, "RETRIABLE_ERROR") => Error { maybe_applied: false, ..for_status(SERVICE, 503) },
        (422, _) => rejected(code, &said),
        (status, _) => for_status(SERVICE, status),
    };
    Refusal { code: code.to_owned(), said, committed: None, error }
}

fn code_and_message(body: &Json) -> (&str, &str) {
    let first = &body["errors"][0];
    let (code, message) = match &body["error"] {
        Json::String(code) => (Some(code.as_str()), None),
        Json::Object(error) => {
            (error.get("type").and_then(Json::as_str), error.get("message").and_then(Json::as_str))
        }
        _ => (first["error"].as_str(), first["message"].as_str()),
    };
    (code.unwrap_or_default(), message.unwrap_or_default())
}

/// Airtable understood and says no.
fn rejected(code: &str, said: &str) -> Error {
    let text = explain(code, said).unwrap_or_else(|| {
        Text::new(
            format!("Airtable refuse la demande : {said}"),
            format!("Airtable refuses the request: {said}"),
        )
    });
    Error::new(ErrorKind::Rejected, text).hint(Text::fixed(
        "Vérifiez que la table n'a pas changé, puis réessayez.",
        "Check that the table has not changed, then try again.",
    ))
}

/// What a single record was refused for, and what to do.
pub(super) fn record_rejected(code: &str, said: &str) -> Text {
    explain(code, said).unwrap_or_else(|| {
        Text::new(
            format!("Airtable refuse cet enregistrement : {said}"),
            format!("Airtable refuses this record: {said}"),
        )
    })
}

/// The reason in plain words, where its code is a known one.
fn explain(code: &str, said: &str) -> Option<Text> {
    let thing = quoted(said);
    let text = match code {
        _ if thing.is_empty() => return None,
        "INVALID_VALUE_FOR_COLUMN" if said.contains("computed") => Text::new(
            format!("Airtable calcule le champ « {thing} » : rien ne peut y être écrit."),
            format!("Airtable computes the field “{thing}”: nothing can be written into it."),
        ),
        "INVALID_VALUE_FOR_COLUMN" => Text::new(
            format!("Airtable : le champ « {thing} » n'accepte pas cette valeur."),
            format!("Airtable: the field “{thing}” does not accept this value."),
        ),
        "INVALID_MULTIPLE_CHOICE_OPTIONS" => Text::new(
            format!(
                "L'option « {thing} » n'existe pas dans Airtable. Ajoutez-la au champ, puis relancez l'export."
            ),
            format!(
                "The option “{thing}” does not exist in Airtable. Add it to the field, then export again."
            ),
        ),
        _ => return None,
    };
    Some(text)
}

/// What a sentence puts in quotation marks: the field or the option it is about.
pub(super) fn quoted(said: &str) -> &str {
    said.split('"').nth(1).unwrap_or_default()
}

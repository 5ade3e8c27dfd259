//! What the service says when it says no.

use serde_json::{Value, json};

use super::accept::Invalid;
use crate::faults::Answer;

/// An answer that refuses.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Its kind, such as `VALIDATION_ERROR`; the oldest answers have none.
    pub category: Option<&'static str>,
    /// The sentence.
    pub message: String,
    /// What else stands in the answer.
    pub(super) more: Value,
}

/// The same for every answer: whoever wants to tell them apart has the log.
const CORRELATION: &str = "aeb5f871-7f07-4993-9211-075dc63e7cbf";

impl Refusal {
    pub(super) fn new(status: u16, category: Option<&'static str>, message: impl Into<String>) -> Self {
        Self { status, category, message: message.into(), more: json!({}) }
    }

    fn with(mut self, more: Value) -> Self {
        self.more = more;
        self
    }

    pub(super) fn unauthenticated() -> Self {
        let message = "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can \
                       find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview";
        Self::new(401, Some("INVALID_AUTHENTICATION"), message)
    }

    pub(super) fn expired() -> Self {
        let message = "The OAuth token used to make this call expired 12 minute(s) ago.";
        Self::new(401, Some("EXPIRED_AUTHENTICATION"), message)
    }

    pub(super) fn missing_scope(scope: &str) -> Self {
        let message = "This app hasn't been granted all required scopes to make this call. Read more about required \
                       scopes here: https://developers.hubspot.com/scopes.";
        Self::new(403, Some("MISSING_SCOPES"), message).with(json!({
            "errors": [{
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": [scope]},
            }],
            "links": {"scopes": "https://developers.hubspot.com/scopes"},
        }))
    }

    pub(super) fn rate(name: &str, policy: &str) -> Self {
        let message = format!("You have reached your {name} limit.");
        Self::new(429, None, message).with(json!({
            "errorType": "RATE_LIMIT", "policyName": policy, "requestId": "f9b2f1a3-94a3-4dc0-a9a9-4e0fd1a8f9b2",
        }))
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, None, "resource not found")
    }

    pub(super) fn object_not_found() -> Self {
        Self::new(404, Some("OBJECT_NOT_FOUND"), "Object not found.  objectId are usually numeric.")
    }

    pub(super) fn unknown_object(word: &str) -> Self {
        Self::new(400, None, format!("Unable to infer object type from: {word}"))
    }

    pub(super) fn json(error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = format!("Invalid input JSON on line {line}, column {column}: {error}");
        Self::new(400, Some("VALIDATION_ERROR"), message)
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, Some("VALIDATION_ERROR"), message)
    }

    pub(super) fn conflict(existing: u64) -> Self {
        Self::new(409, Some("CONFLICT"), format!("Contact already exists. Existing ID: {existing}"))
    }

    /// Values that do not fit their properties.
    pub(super) fn values(faults: &[Invalid]) -> Self {
        let told: Vec<Value> = faults
            .iter()
            .map(|fault| {
                json!({
                    "isValid": false, "message": fault.message, "error": fault.code, "name": fault.property,
                    "localizedErrorMessage": fault.message,
                })
            })
            .collect();
        let errors: Vec<Value> = faults
            .iter()
            .map(|fault| {
                let context = json!({"propertyName": [fault.property]});
                json!({"message": fault.message, "code": fault.code, "context": context})
            })
            .collect();
        let message = format!("Property values were not valid: {}", Value::from(told));
        Self::invalid(message).with(json!({"errors": errors}))
    }

    /// The refusal of one input among those of a batch.
    pub(super) fn of_input(&self, context: Value) -> Value {
        let mut told = json!({"status": "error", "message": self.message, "context": context});
        if let Some(category) = self.category {
            told["category"] = json!(category);
        }
        if let Some(errors) = self.more.get("errors") {
            told["errors"] = errors.clone();
        }
        told
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let mut body = refusal.more;
        body["status"] = json!("error");
        body["message"] = json!(refusal.message);
        body["correlationId"] = json!(CORRELATION);
        if let Some(category) = refusal.category {
            body["category"] = json!(category);
        }
        Answer::json(refusal.status, &body).header("x-hubspot-correlation-id", CORRELATION)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.message)
    }
}

impl std::error::Error for Refusal {}

//! Every refusal of the Notion API, with its status and its text.
//!
//! Source: developers.notion.com/reference/status-codes, and bodies in public reports.

mod dialect;

use std::time::Duration;

use serde_json::{Value, json};

pub(super) use dialect::NotionDialect;

use super::Id;
use crate::faults::Answer;

/// A refused request.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// `code` of the body.
    pub code: &'static str,
    /// `message` of the body.
    pub message: String,
    /// `additional_data` of the body, if any.
    pub additional: Option<Value>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.message)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// A refusal in Notion's envelope.
    #[must_use]
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), additional: None, retry_after: None }
    }

    /// 400: the request does not fit the schema or the rules.
    #[must_use]
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new(400, "validation_error", message)
    }

    /// 400: a place in the body is not what it should be.
    #[must_use]
    pub fn body(place: &str, should: &str, instead: Option<&Value>) -> Self {
        let instead = instead.map_or_else(|| "undefined".into(), Value::to_string);
        Self::validation(format!("body failed validation: {place} should {should}, instead was `{instead}`."))
    }

    /// 400: no `Notion-Version`.
    #[must_use]
    pub fn missing_version() -> Self {
        let message = "Notion-Version header failed validation: Notion-Version header should be defined, instead \
                       was `undefined`.";
        Self::new(400, "missing_version", message)
    }

    /// 400: a version that is not spoken here.
    #[must_use]
    pub fn unknown_version(given: &str) -> Self {
        Self::validation(format!(
            "Notion-Version header failed validation: Notion-Version header should be `\"2025-09-03\"` or \
             `\"2026-03-11\"`, instead was `\"{given}\"`."
        ))
    }

    /// 400: the body is not JSON.
    #[must_use]
    pub fn invalid_json() -> Self {
        Self::new(400, "invalid_json", "Error parsing JSON body.")
    }

    /// 400: no such route.
    #[must_use]
    pub fn invalid_url() -> Self {
        Self::new(400, "invalid_request_url", "Invalid request URL.")
    }

    /// 400: the body is too large (text unverified).
    #[must_use]
    pub fn too_large() -> Self {
        Self::validation("body failed validation: body should be ≤ `512000` bytes.")
    }

    /// 400: no such property, in a write.
    #[must_use]
    pub fn unknown_property(name: &str) -> Self {
        Self::validation(format!("{name} is not a property that exists."))
    }

    /// 400: no such property, in a filter or a sort.
    #[must_use]
    pub fn unknown_filter_property(name: &str) -> Self {
        Self::validation(format!("Could not find property with name or id: {name}"))
    }

    /// 400: a value of another type.
    #[must_use]
    pub fn expected(name: &str, kind: &str) -> Self {
        Self::validation(format!("{name} is expected to be {kind}."))
    }

    /// 400: a cursor that is unknown or has expired.
    #[must_use]
    pub fn invalid_cursor(cursor: &str) -> Self {
        Self::validation(format!("The start_cursor provided is invalid: {cursor}"))
    }

    /// 400: the page lies in the trash.
    #[must_use]
    pub fn archived() -> Self {
        Self::validation("Can't edit block that is archived. You must unarchive the block before editing.")
    }

    /// 401: no token, or one that is unknown or revoked.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(401, "unauthorized", "API token is invalid.")
    }

    /// 403: the integration lacks the capability.
    #[must_use]
    pub fn restricted() -> Self {
        Self::new(403, "restricted_resource", "API token does not have access to this resource.")
    }

    /// 404: not there, of another kind, or not shared. Not told apart.
    #[must_use]
    pub fn not_found(what: &str, id: Id) -> Self {
        let message = format!(
            "Could not find {what} with ID: {id}. Make sure the relevant pages and databases are shared with your \
             integration."
        );
        Self::new(404, "object_not_found", message)
    }

    /// 429: too many requests.
    #[must_use]
    pub fn rate_limited() -> Self {
        let message = "You have been rate limited. Please try again in a few minutes.";
        let reason = json!({"rate_limit_reason": "public_api_request_rate_limit"});
        Self { additional: Some(reason), ..Self::new(429, "rate_limited", message) }
    }

    /// 429 of the limiter, which knows how long it lasts.
    #[must_use]
    pub fn rate_limited_for(wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let reason =
            json!({"rate_limit_reason": "public_api_request_rate_limit", "retry_after": seconds.to_string()});
        Self { additional: Some(reason), retry_after: Some(seconds), ..Self::rate_limited() }
    }

    /// The answer.
    pub(super) fn answer(&self, request_id: Id) -> Answer {
        let mut body = json!({
            "object": "error", "status": self.status, "code": self.code, "message": self.message,
            "request_id": request_id,
        });
        if let Some(additional) = &self.additional {
            body["additional_data"] = additional.clone();
        }
        let answer = Answer::json(self.status, &body).header("x-notion-request-id", request_id.to_string());
        match self.retry_after {
            Some(seconds) => answer.header("retry-after", seconds.to_string()),
            None => answer,
        }
    }
}

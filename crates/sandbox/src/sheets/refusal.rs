//! What the service says when it says no.

use serde_json::{Value, json};

use crate::faults::Answer;

/// A refusal in the form of google.rpc.Status.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) code: u16,
    pub(super) status: &'static str,
    pub(super) message: String,
    details: Option<Value>,
}

impl Refusal {
    fn new(code: u16, status: &'static str, message: impl Into<String>) -> Self {
        Self { code, status, message: message.into(), details: None }
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "INVALID_ARGUMENT", message)
    }

    /// A body that is not what the service documents.
    pub(super) fn body(field: &str, description: impl Into<String>) -> Self {
        let description = description.into();
        let violation = json!({"field": field, "description": description});
        let bad =
            json!({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]});
        Self { details: Some(json!([bad])), ..Self::invalid(description) }
    }

    /// What is wrong with one request of a `batchUpdate`.
    pub(super) fn request(place: usize, kind: &str, why: &str) -> Self {
        Self::invalid(format!("Invalid requests[{place}].{kind}: {why}"))
    }

    pub(super) fn unparsable(range: &str) -> Self {
        Self::invalid(format!("Unable to parse range: {range}"))
    }

    pub(super) fn outside(range: &str, rows: usize, columns: usize) -> Self {
        Self::invalid(format!(
            "Range ({range}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
        ))
    }

    pub(super) fn unauthenticated(is_missing: bool) -> Self {
        let what = if is_missing {
            "is missing required authentication credential"
        } else {
            "had invalid authentication credentials"
        };
        Self::new(
            401,
            "UNAUTHENTICATED",
            format!(
                "Request {what}. Expected OAuth 2 access token, login cookie or other valid authentication \
                 credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
            ),
        )
    }

    pub(super) fn not_shared() -> Self {
        Self::new(403, "PERMISSION_DENIED", "The caller does not have permission")
    }

    pub(super) fn scope() -> Self {
        let refusal = Self::new(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.");
        Self {
            details: Some(reason(
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                &json!({"service": "sheets.googleapis.com"}),
            )),
            ..refusal
        }
    }

    pub(super) fn disabled() -> Self {
        let refusal = Self::new(
            403,
            "PERMISSION_DENIED",
            "Google Sheets API has not been used in project 1 before or it is disabled. Enable it by visiting \
             https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1 then retry.",
        );
        Self {
            details: Some(reason(
                "SERVICE_DISABLED",
                &json!({"service": "sheets.googleapis.com", "consumer": "projects/1"}),
            )),
            ..refusal
        }
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "Requested entity was not found.")
    }

    pub(super) fn quota(writes: bool) -> Self {
        let (kind, metric) = if writes { ("Write", "write") } else { ("Read", "read") };
        let refusal = Self::new(
            429,
            "RESOURCE_EXHAUSTED",
            format!(
                "Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute per user' of \
                 service 'sheets.googleapis.com' for consumer 'project_number:1'."
            ),
        );
        let metadata = json!({
            "service": "sheets.googleapis.com", "quota_metric": format!("sheets.googleapis.com/{metric}_requests"),
            "quota_limit": format!("{kind}RequestsPerMinutePerUser"), "consumer": "projects/1",
        });
        Self { details: Some(reason("RATE_LIMIT_EXCEEDED", &metadata)), ..refusal }
    }

    pub(super) fn server(code: u16) -> Self {
        match code {
            503 => Self::new(503, "UNAVAILABLE", "The service is currently unavailable."),
            code => Self::new(code, "INTERNAL", "Internal error encountered."),
        }
    }

    pub(super) fn answer(&self) -> Answer {
        let mut error = json!({"code": self.code, "message": self.message, "status": self.status});
        if let Some(details) = &self.details {
            error["details"] = details.clone();
        }
        let answer = Answer::json(self.code, &json!({"error": error}));
        if self.code == 401 {
            answer.header(
                "www-authenticate",
                "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"",
            )
        } else {
            answer
        }
    }
}

fn reason(reason: &str, metadata: &Value) -> Value {
    json!([{
        "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com",
        "metadata": metadata,
    }])
}

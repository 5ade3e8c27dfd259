//! Every refusal of the Airtable API, with its status and its exact body.
//!
//! Source: airtable.com/developers/web/api/errors, and bodies in public reports. Airtable uses three envelopes:
//! `{"error":{"type","message"}}`, `{"error":"TYPE"}` and `{"errors":[{"error","message"}]}`.

use serde_json::{Value, json};

use crate::faults::{Answer, Dialect};

/// A refused request: status and body.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: Value,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.body)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::json(refusal.status, &refusal.body)
    }
}

impl Refusal {
    /// The usual envelope.
    #[must_use]
    pub fn new(status: u16, kind: &str, message: &str) -> Self {
        Self { status, body: json!({"error": {"type": kind, "message": message}}) }
    }

    /// The envelope with a bare word.
    #[must_use]
    pub fn bare(status: u16, kind: &str) -> Self {
        Self { status, body: json!({ "error": kind }) }
    }

    /// The envelope with a list, used by the gateway in front of the API.
    #[must_use]
    pub fn listed(status: u16, kind: &str, message: &str) -> Self {
        Self { status, body: json!({"errors": [{"error": kind, "message": message}]}) }
    }

    /// 401: no token, or one that is unknown, revoked or expired.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(401, "AUTHENTICATION_REQUIRED", "Authentication required")
    }

    /// 403: the token lacks scope or base, or the base or table does not exist. Not told apart.
    #[must_use]
    pub fn no_permission_or_model() -> Self {
        Self::new(
            403,
            "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
            "Invalid permissions, or the requested model was not found. Check that both your user and your token \
             have the required permissions, and that the model names and/or ids are correct.",
        )
    }

    /// 403: the role of the token's user is too low.
    #[must_use]
    pub fn role_too_low() -> Self {
        Self::new(403, "INVALID_PERMISSIONS", "You are not permitted to perform this operation")
    }

    /// 404: no such route or record.
    #[must_use]
    pub fn not_found() -> Self {
        Self::bare(404, "NOT_FOUND")
    }

    /// 404 as also observed: an object without message.
    #[must_use]
    pub fn not_found_object() -> Self {
        Self { status: 404, body: json!({"error": {"type": "NOT_FOUND"}}) }
    }

    /// 404 as also observed.
    #[must_use]
    pub fn model_id_not_found() -> Self {
        Self::bare(404, "MODEL_ID_NOT_FOUND")
    }

    /// 413: the body is too large (text unverified).
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(413, "REQUEST_TOO_LARGE", "Request body is too large")
    }

    /// 422: the request has not the expected form.
    #[must_use]
    pub fn invalid_request() -> Self {
        Self::new(
            422,
            "INVALID_REQUEST_UNKNOWN",
            "Invalid request: parameter validation failed. Check your request data.",
        )
    }

    /// 422: no `fields`.
    #[must_use]
    pub fn missing_fields() -> Self {
        Self::new(
            422,
            "INVALID_REQUEST_MISSING_FIELDS",
            "Could not find field \"fields\" in the request body",
        )
    }

    /// 422: no field of that name or id.
    #[must_use]
    pub fn unknown_field(name: &str) -> Self {
        Self::new(422, "UNKNOWN_FIELD_NAME", &format!("Unknown field name: \"{name}\""))
    }

    /// 422: no view of that name or id (type and text unverified).
    #[must_use]
    pub fn unknown_view(name: &str) -> Self {
        Self::new(422, "VIEW_NAME_NOT_FOUND", &format!("View {name} not found"))
    }

    /// 422: the value has not the field's type.
    #[must_use]
    pub fn invalid_value(field: &str) -> Self {
        Self::new(
            422,
            "INVALID_VALUE_FOR_COLUMN",
            &format!("Field \"{field}\" cannot accept the provided value"),
        )
    }

    /// 422: the field is computed.
    #[must_use]
    pub fn computed_field(field: &str) -> Self {
        Self::new(
            422,
            "INVALID_VALUE_FOR_COLUMN",
            &format!("Field \"{field}\" cannot accept a value because the field is computed"),
        )
    }

    /// 422: no such option, and none may be made without `typecast`.
    #[must_use]
    pub fn unknown_option(option: &str) -> Self {
        Self::new(
            422,
            "INVALID_MULTIPLE_CHOICE_OPTIONS",
            &format!("Insufficient permissions to create new select option \"{option}\""),
        )
    }

    /// 422: a record named in a batch or a link does not exist.
    #[must_use]
    pub fn unknown_record(id: &str) -> Self {
        Self::new(422, "ROW_DOES_NOT_EXIST", &format!("Record ID {id} does not exist in this table"))
    }

    /// 422: more than ten records to create.
    #[must_use]
    pub fn too_many_to_create(given: usize) -> Self {
        let message =
            format!("A maximum of 10 records can be created per request but you have provided {given}.");
        Self::new(422, "INVALID_RECORDS", &message)
    }

    /// 422: more than ten records to change or delete, or records without their parts.
    #[must_use]
    pub fn invalid_records() -> Self {
        Self::new(
            422,
            "INVALID_RECORDS",
            "You must provide an array of up to 10 record objects, each with an \"id\" ID field and a \"fields\" \
             object for cell values.",
        )
    }

    /// 422: the same record twice in one batch.
    #[must_use]
    pub fn record_twice() -> Self {
        Self::new(
            422,
            "INVALID_RECORDS",
            "You cannot update the same record multiple times in a single request.",
        )
    }

    /// 422: an upsert key fits several records (type and text unverified).
    #[must_use]
    pub fn ambiguous_upsert() -> Self {
        Self::new(
            422,
            "INVALID_VALUE_FOR_COLUMN",
            "Cannot upsert: more than one record matches the values of the fields to merge on.",
        )
    }

    /// 422: the formula of `filterByFormula` cannot be read.
    #[must_use]
    pub fn invalid_formula(why: &str) -> Self {
        Self::new(
            422,
            "INVALID_FILTER_BY_FORMULA",
            &format!("The formula for filtering records is invalid: {why}"),
        )
    }

    /// 422: the paging token is unknown or expired.
    #[must_use]
    pub fn iterator_gone() -> Self {
        Self::new(
            422,
            "LIST_RECORDS_ITERATOR_NOT_AVAILABLE",
            "The requested list records iterator is not available. Please restart the listing from the beginning.",
        )
    }

    /// 422: the base has as many webhooks as it may have. Public clients look for this type; its text is
    /// unverified.
    #[must_use]
    pub fn too_many_webhooks() -> Self {
        Self::new(422, "TOO_MANY_WEBHOOKS_IN_BASE", "The base has the maximum number of webhooks")
    }

    /// 422: what a webhook is to hear of is not there (type and text unverified).
    #[must_use]
    pub fn invalid_filters() -> Self {
        Self::new(422, "INVALID_FILTERS", "The webhook's filters are invalid")
    }

    /// 422: the webhook has expired and cannot be refreshed (type and text unverified).
    #[must_use]
    pub fn webhook_expired() -> Self {
        Self::new(422, "INVALID_WEBHOOK_STATE", "The webhook has expired")
    }

    /// 429: too many requests.
    #[must_use]
    pub fn rate_limited() -> Self {
        Self::new(429, "RATE_LIMIT_REACHED", "Rate limit exceeded. Please try again later")
    }

    /// 429 in the other envelope that has been seen.
    #[must_use]
    pub fn rate_limited_listed() -> Self {
        Self::listed(429, "RATE_LIMIT_REACHED", "Rate limit exceeded. Please try again later")
    }

    /// 429: the month's calls are used up. Trying again does not help.
    #[must_use]
    pub fn quota_exceeded() -> Self {
        Self::listed(
            429,
            "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
            "API billing plan limit exceeded. Upgrade your plan to make more API calls this month.",
        )
    }

    /// 503 that says it is safe to try again.
    #[must_use]
    pub fn retriable() -> Self {
        Self::new(
            503,
            "RETRIABLE_ERROR",
            "Server encountered an error while processing your request, and it is safe to retry the request",
        )
    }
}

/// Airtable's words for the faults.
#[derive(Debug)]
pub(super) struct AirtableDialect;

impl Dialect for AirtableDialect {
    fn rate_limited(&self) -> Answer {
        Refusal::rate_limited().into()
    }

    fn quota_exceeded(&self) -> Answer {
        Refusal::quota_exceeded().into()
    }

    fn unauthorized(&self) -> Answer {
        Refusal::unauthenticated().into()
    }

    fn expired_offset(&self) -> Answer {
        Refusal::iterator_gone().into()
    }

    fn unavailable(&self) -> Answer {
        Refusal::retriable().into()
    }

    fn status(&self, status: u16) -> Answer {
        match status {
            500 => Refusal::new(500, "SERVER_ERROR", "An unexpected error occurred").into(),
            // These come from the proxy in front of the API, which speaks HTML.
            502 => Answer::html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
            503 => Answer::html(503, "<html><body><h1>503 Service Unavailable</h1></body></html>"),
            504 => Answer::html(504, "<html><body><h1>504 Gateway Time-out</h1></body></html>"),
            other => Refusal::new(other, "UNKNOWN_ERROR", "An unexpected error occurred").into(),
        }
    }
}

//! How the service says no: to a request, and to a record of a collection.

use serde_json::{Value, json};

use crate::faults::Answer;

/// A refusal, with the status it has where the record is not one of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) fields: Vec<String>,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), fields: Vec::new() }
    }

    fn on(mut self, field: &str) -> Self {
        self.fields = vec![field.to_owned()];
        self
    }

    pub(super) fn no_session() -> Self {
        Self::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    pub(super) fn no_requests_left() -> Self {
        Self::new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
    }

    pub(super) fn no_api() -> Self {
        Self::new(403, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner")
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    pub(super) fn no_external_id(field: &str) -> Self {
        let words = "Provided external ID field does not exist or is not accessible";
        Self::new(404, "NOT_FOUND", format!("{words}: {field}"))
    }

    pub(super) fn method(method: &str) -> Self {
        Self::new(405, "METHOD_NOT_ALLOWED", format!("HTTP Method '{method}' not allowed."))
    }

    pub(super) fn json(message: impl Into<String>) -> Self {
        Self::new(400, "JSON_PARSER_ERROR", message)
    }

    pub(super) fn no_column(field: &str, object: &str) -> Self {
        Self::new(400, "INVALID_FIELD", format!("No such column '{field}' on sobject of type {object}"))
    }

    pub(super) fn is_deleted() -> Self {
        Self::new(404, "ENTITY_IS_DELETED", "entity is deleted")
    }

    pub(super) fn bad_id(object: &str, id: &str) -> Self {
        Self::new(400, "MALFORMED_ID", format!("{object} ID: id value of incorrect type: {id}")).on("Id")
    }

    pub(super) fn cross_reference(field: Option<&str>) -> Self {
        let refusal = Self::new(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        field.map_or(refusal.clone(), |field| refusal.on(field))
    }

    pub(super) fn required(fields: &[&str]) -> Self {
        let message = format!("Required fields are missing: [{}]", fields.join(", "));
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        Self { fields, ..Self::new(400, "REQUIRED_FIELD_MISSING", message) }
    }

    pub(super) fn too_long(field: &str, label: &str, longest: usize, value: &str) -> Self {
        let shown: String = value.chars().take(255).collect();
        let message = format!("{label}: data value too large: {shown} (max length={longest})");
        Self::new(400, "STRING_TOO_LONG", message).on(field)
    }

    pub(super) fn bad_pick(field: &str, label: &str, value: &str) -> Self {
        let message = format!("{label}: bad value for restricted picklist field: {value}");
        Self::new(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message).on(field)
    }

    pub(super) fn read_only(field: &str) -> Self {
        let message = format!(
            "Unable to create/update fields: {field}. Please check the security settings of this field and verify \
             that it is read/write for your profile or permission set."
        );
        Self::new(400, "INVALID_FIELD_FOR_INSERT_UPDATE", message).on(field)
    }

    pub(super) fn duplicate(field: &str, other: &str) -> Self {
        let message =
            format!("duplicate value found: {field} duplicates value on record with id: {}", &other[..15]);
        Self::new(400, "DUPLICATE_VALUE", message)
    }

    pub(super) fn locked(id: &str) -> Self {
        let message = format!("unable to obtain exclusive access to this record or 1 records: {id}");
        Self::new(400, "UNABLE_TO_LOCK_ROW", message)
    }

    pub(super) fn frozen() -> Self {
        let message = "insufficient access rights on object id";
        Self::new(403, "INSUFFICIENT_ACCESS_OR_READONLY", message)
    }

    pub(super) fn rule(field: &str, words: &str) -> Self {
        Self::new(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", words).on(field)
    }

    pub(super) fn too_many(most: usize) -> Self {
        let message = format!("This operation allows up to {most} records.");
        Self::new(400, "INVALID_NUMBER_OF_RECORDS", message)
    }

    /// The answer to a request of its own: a list of one.
    pub(super) fn answer(&self) -> Answer {
        let mut error = json!({"message": self.message, "errorCode": self.code});
        if !self.fields.is_empty() {
            error["fields"] = json!(self.fields);
        }
        let answer = Answer::json(self.status, &json!([error]));
        if self.status == 401 { answer.header("www-authenticate", "Token") } else { answer }
    }

    /// What stands in the place of a record of a collection.
    pub(super) fn of_record(&self) -> Value {
        let error = json!({"statusCode": self.code, "message": self.message, "fields": self.fields});
        json!({"success": false, "errors": [error]})
    }
}

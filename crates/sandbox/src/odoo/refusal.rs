//! What the service says when it says no; each protocol wraps it in its own way.

/// An exception of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Status in JSON-2, which alone tells it by HTTP.
    pub status: u16,
    /// Full name of the exception.
    pub name: String,
    /// Its message.
    pub message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, name: &str, message: impl Into<String>) -> Self {
        Self { status, name: name.to_owned(), message: message.into() }
    }

    pub(super) fn invalid_key() -> Self {
        Self::new(401, "werkzeug.exceptions.Unauthorized", "Invalid apikey")
    }

    pub(super) fn no_key() -> Self {
        let message = "User not authenticated, use an API Key with a Bearer Authorization header.";
        Self::new(401, "werkzeug.exceptions.Unauthorized", message)
    }

    pub(super) fn access_denied() -> Self {
        Self::new(403, "odoo.exceptions.AccessDenied", "Access Denied")
    }

    pub(super) fn no_right(model: &str, operation: &str, lang: &str) -> Self {
        let message = if lang.starts_with("fr") {
            format!("Vous n'êtes pas autorisé à accéder aux enregistrements '{model}' ({operation}).")
        } else {
            let verb = match operation {
                "read" => "access",
                "write" => "modify",
                "unlink" => "delete",
                other => other,
            };
            format!("You are not allowed to {verb} '{model}' ({model}) records.")
        };
        Self::new(403, "odoo.exceptions.AccessError", message)
    }

    pub(super) fn private(method: &str) -> Self {
        let message = format!("Private methods (such as '{method}') cannot be called remotely.");
        Self::new(403, "odoo.exceptions.AccessError", message)
    }

    pub(super) fn companies() -> Self {
        Self::new(403, "odoo.exceptions.AccessError", "Access to unauthorized or invalid companies.")
    }

    pub(super) fn other_company(model: &str) -> Self {
        let message = format!("Access to records of '{model}' is restricted by a rule: company.");
        Self::new(403, "odoo.exceptions.AccessError", message)
    }

    pub(super) fn missing(model: &str, id: i64) -> Self {
        let message =
            format!("Record does not exist or has been deleted.\n(Record: {model}({id},), User: 2)");
        Self::new(404, "odoo.exceptions.MissingError", message)
    }

    pub(super) fn no_model(model: &str) -> Self {
        let message = format!("the model '{model}' does not exist");
        Self::new(404, "werkzeug.exceptions.NotFound", message)
    }

    pub(super) fn no_method(model: &str, method: &str) -> Self {
        let message = format!("The method '{model}.{method}' does not exist");
        Self::new(404, "werkzeug.exceptions.NotFound", message)
    }

    pub(super) fn no_path() -> Self {
        let message = "Did you mean POST /json/2/<model>/<method>?";
        Self::new(404, "werkzeug.exceptions.NotFound", message)
    }

    pub(super) fn no_database(name: &str) -> Self {
        let message = format!("FATAL:  database \"{name}\" does not exist\n");
        Self::new(404, "psycopg2.OperationalError", message)
    }

    pub(super) fn arguments(message: impl Into<String>) -> Self {
        Self::new(422, "werkzeug.exceptions.UnprocessableEntity", message)
    }

    pub(super) fn value(message: impl Into<String>) -> Self {
        Self::new(500, "builtins.ValueError", message)
    }

    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new(422, "odoo.exceptions.ValidationError", message)
    }

    pub(super) fn not_json(message: impl std::fmt::Display) -> Self {
        let message = format!("could not parse the body as json: {message}");
        Self::new(400, "werkzeug.exceptions.BadRequest", message)
    }
}

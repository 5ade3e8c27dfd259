//! The service's words for the faults.

use serde_json::json;

use super::refusal::Refusal;
use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct SalesforceDialect {
    /// The token endpoint has an envelope of its own.
    pub(super) is_token: bool,
}

impl SalesforceDialect {
    fn say(&self, refusal: &Refusal) -> Answer {
        if !self.is_token {
            return refusal.answer();
        }
        let word = refusal.code.to_ascii_lowercase();
        Answer::json(refusal.status, &json!({"error": word, "error_description": refusal.message}))
    }
}

impl Dialect for SalesforceDialect {
    /// Not documented, but seen: the edge slows down whoever asks too fast.
    fn rate_limited(&self) -> Answer {
        self.say(&Refusal::new(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests"))
    }

    fn quota_exceeded(&self) -> Answer {
        self.say(&Refusal::no_requests_left())
    }

    fn unauthorized(&self) -> Answer {
        self.say(&Refusal::no_session())
    }

    fn expired_offset(&self) -> Answer {
        self.say(&Refusal::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator"))
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        let (code, message) = match status {
            503 => ("SERVER_UNAVAILABLE", "Server Unavailable"),
            _ => ("UNKNOWN_EXCEPTION", "An unexpected error occurred. Please include this ErrorId"),
        };
        self.say(&Refusal::new(status, code, message))
    }
}

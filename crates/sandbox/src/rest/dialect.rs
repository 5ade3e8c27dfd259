//! The service's words for faults.

use serde_json::json;

use crate::faults::{Answer, Dialect};

/// Words for any request.
pub(super) struct RestDialect;

impl Dialect for RestDialect {
    fn rate_limited(&self) -> Answer {
        said(429, "Too many requests")
    }

    fn quota_exceeded(&self) -> Answer {
        said(429, "The quota of this month is used up")
    }

    fn unauthorized(&self) -> Answer {
        said(401, "Invalid credentials")
    }

    fn expired_offset(&self) -> Answer {
        said(400, "Unknown cursor")
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        said(status, "Something went wrong")
    }
}

/// A refusal.
pub(super) fn said(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": {"status": status, "message": message}}))
}

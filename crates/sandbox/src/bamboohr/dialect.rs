//! The service's words for faults: a header, and an empty body.

use crate::faults::{Answer, Dialect};

/// Words for any request.
pub(super) struct BambooDialect;

impl Dialect for BambooDialect {
    fn rate_limited(&self) -> Answer {
        refused(429, "Too many requests")
    }

    /// There is no quota to use up.
    fn quota_exceeded(&self) -> Answer {
        self.rate_limited()
    }

    fn unauthorized(&self) -> Answer {
        refused(401, "Invalid API key")
    }

    /// A cursor is one among the parameters.
    fn expired_offset(&self) -> Answer {
        refused(400, "Invalid cursor")
    }

    fn unavailable(&self) -> Answer {
        refused(503, "Service unavailable")
    }

    fn status(&self, status: u16) -> Answer {
        refused(status, "Something went wrong")
    }
}

/// A refusal.
pub(super) fn refused(status: u16, message: &str) -> Answer {
    Answer::text(status, "application/json", "").header("x-bamboohr-error-message", message)
}

/// A refusal of the newer addresses (RFC 7807).
pub(super) fn problem(status: u16, title: &str, detail: &str) -> Answer {
    let body = serde_json::json!({"type": "about:blank", "title": title, "status": status, "detail": detail});
    Answer::text(status, "application/problem+json", body.to_string())
}

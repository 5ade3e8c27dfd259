//! Pipedrive's words for the faults, and those of Cloudflare before it.

use super::call::Call;
use super::refusal::Refusal;
use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct PipedriveDialect {
    pub(super) call: Call,
}

impl Dialect for PipedriveDialect {
    fn rate_limited(&self) -> Answer {
        Refusal::too_fast().answer()
    }

    /// Told by its header; the body is that of any 429 (unverified).
    fn quota_exceeded(&self) -> Answer {
        Refusal::too_fast().answer().header("x-daily-requests-left", "0")
    }

    fn unauthorized(&self) -> Answer {
        match self.call {
            Call::Token => Answer::json(
                401,
                &serde_json::json!({"success": false, "message": "Client authentication failed",
                    "error": "invalid_client"}),
            ),
            _ => Refusal::unauthorized(),
        }
    }

    fn expired_offset(&self) -> Answer {
        Refusal::cursor().answer()
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        let error = match status {
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            _ => "Internal server error",
        };
        Refusal::new(status, error).answer()
    }
}

/// What Cloudflare answers, for a while, to those who go on after many a 429.
#[must_use]
pub fn block_page() -> Answer {
    Answer::html(
        403,
        "<!DOCTYPE html>\n<html><head><title>Attention Required! | Cloudflare</title></head>\n\
         <body><h1>Sorry, you have been blocked</h1></body></html>\n",
    )
}

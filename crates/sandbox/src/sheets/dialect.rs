//! Google's words for the faults.

use serde_json::json;

use super::call::Call;
use super::refusal::Refusal;
use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct SheetsDialect {
    pub(super) is_token: bool,
    pub(super) writes: bool,
}

impl SheetsDialect {
    pub(super) fn of(call: &Call) -> Self {
        Self { is_token: matches!(call, Call::Token | Call::Authorize), writes: call.writes() }
    }
}

impl Dialect for SheetsDialect {
    fn rate_limited(&self) -> Answer {
        Refusal::quota(self.writes).answer()
    }

    /// There is no quota but that of a minute.
    fn quota_exceeded(&self) -> Answer {
        self.rate_limited()
    }

    fn unauthorized(&self) -> Answer {
        if self.is_token {
            return super::token::refused(401, "invalid_client", "The OAuth client was not found.");
        }
        Refusal::unauthenticated(false).answer()
    }

    /// There are no paging tokens: nothing of the kind is ever said.
    fn expired_offset(&self) -> Answer {
        self.status(500)
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        if self.is_token {
            return Answer::json(status, &json!({"error": "internal_failure"}));
        }
        Refusal::server(status).answer()
    }
}

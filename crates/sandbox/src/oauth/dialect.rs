//! The server's words for the faults.

use serde_json::json;

use super::call::Call;
use super::token::said;
use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct OauthDialect {
    pub(super) call: Call,
}

impl OauthDialect {
    fn error(status: u16, error: &str) -> Answer {
        said(status, &json!({"error": error, "error_description": "A fault on demand"}))
    }
}

impl Dialect for OauthDialect {
    fn rate_limited(&self) -> Answer {
        Self::error(429, "slow_down")
    }

    fn quota_exceeded(&self) -> Answer {
        self.rate_limited()
    }

    /// What is protected refuses the token; the token endpoint, the client.
    fn unauthorized(&self) -> Answer {
        match self.call {
            Call::Me => {
                Self::error(401, "invalid_token").header("www-authenticate", "Bearer error=\"invalid_token\"")
            }
            _ => Self::error(401, "invalid_client").header("www-authenticate", "Basic realm=\"oauth\""),
        }
    }

    /// There are no paging tokens: nothing of the kind is ever said.
    fn expired_offset(&self) -> Answer {
        self.status(500)
    }

    fn unavailable(&self) -> Answer {
        Self::error(503, "temporarily_unavailable")
    }

    fn status(&self, status: u16) -> Answer {
        Self::error(status, "server_error")
    }
}

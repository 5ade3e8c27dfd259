//! HubSpot's words for the faults, and those of the proxy before it.

use super::refusal::Refusal;
use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct HubspotDialect {
    pub(super) is_search: bool,
}

impl Dialect for HubspotDialect {
    fn rate_limited(&self) -> Answer {
        let refusal = if self.is_search {
            Refusal::rate("secondly", "SECONDLY")
        } else {
            Refusal::rate("ten_secondly_rolling", "TEN_SECONDLY_ROLLING")
        };
        refusal.into()
    }

    fn quota_exceeded(&self) -> Answer {
        Refusal::rate("daily", "DAILY").into()
    }

    fn unauthorized(&self) -> Answer {
        Refusal::unauthenticated().into()
    }

    /// Paging tokens are places in the order of ids and never expire; the words are those for a wrong one.
    fn expired_offset(&self) -> Answer {
        Refusal::invalid("The paging value 'after' is invalid.").into()
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        match status {
            500 => Refusal::new(500, None, "internal error").into(),
            _ => Answer::html(status, &format!("<html><body><h1>{status}</h1>cloudflare</body></html>")),
        }
    }
}

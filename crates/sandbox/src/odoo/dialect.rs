//! Odoo's words for the faults, and those of the web server before it.

use super::call::Call;
use super::options::Version;
use super::protocol::answer;
use super::refusal::Refusal;
use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct OdooDialect {
    pub(super) call: Call,
}

impl Dialect for OdooDialect {
    /// Odoo Online alone slows clients down; how it words that is unverified.
    fn rate_limited(&self) -> Answer {
        page(429, "Too Many Requests")
    }

    fn quota_exceeded(&self) -> Answer {
        page(429, "Too Many Requests")
    }

    fn unauthorized(&self) -> Answer {
        answer(&self.call, Err(Refusal::invalid_key()), Version(19))
    }

    /// There are no paging tokens: nothing of the kind is ever said.
    fn expired_offset(&self) -> Answer {
        page(500, "Internal Server Error")
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        page(
            status,
            match status {
                502 => "Bad Gateway",
                503 => "Service Temporarily Unavailable",
                504 => "Gateway Time-out",
                _ => "Internal Server Error",
            },
        )
    }
}

/// A page of the web server.
fn page(status: u16, title: &str) -> Answer {
    let body = format!(
        "<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    Answer::html(status, &body)
}

//! The service's words for faults: XML where reports are, JSON elsewhere.

use serde_json::json;

use crate::faults::{Answer, Dialect};

/// Words for one request.
pub(super) struct WorkdayDialect {
    pub(super) is_report: bool,
}

impl WorkdayDialect {
    fn said(&self, status: u16, message: &str) -> Answer {
        if self.is_report { fault(status, message) } else { refused(status, message) }
    }
}

impl Dialect for WorkdayDialect {
    fn rate_limited(&self) -> Answer {
        self.said(429, "Too many requests")
    }

    /// There is no quota to use up.
    fn quota_exceeded(&self) -> Answer {
        self.rate_limited()
    }

    fn unauthorized(&self) -> Answer {
        let answer = self.said(401, "invalid username or password");
        if self.is_report { answer.header("www-authenticate", "Basic realm=\"Workday\"") } else { answer }
    }

    /// There are no paging tokens: nothing of the kind is ever said.
    fn expired_offset(&self) -> Answer {
        self.status(500)
    }

    fn unavailable(&self) -> Answer {
        self.said(503, "Service unavailable")
    }

    fn status(&self, status: u16) -> Answer {
        self.said(status, "Processing error occurred.")
    }
}

/// A refusal of the REST services.
pub(super) fn refused(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": message, "errors": [{"error": message}]}))
}

/// A refusal of a report.
pub(super) fn fault(status: u16, message: &str) -> Answer {
    let message = message.replace('&', "&amp;").replace('<', "&lt;");
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<wd:error xmlns:wd=\"urn:com.workday/bsvc\"><wd:message>{message}</wd:message></wd:error>"
    );
    Answer::text(status, "text/xml;charset=UTF-8", body)
}

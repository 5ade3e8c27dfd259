//! Notion's words for the faults.

use serde_json::{Value, json};

use super::Refusal;
use crate::faults::{Answer, Dialect};
use crate::notion::Id;

/// Words for one request.
#[derive(Debug)]
pub(in crate::notion) struct NotionDialect {
    pub(in crate::notion) request_id: Id,
    /// The cursor that came with it.
    pub(in crate::notion) cursor: String,
    /// Whether it makes a page: of a change, the client knows the id itself.
    pub(in crate::notion) creates: bool,
}

impl NotionDialect {
    fn say(&self, refusal: &Refusal) -> Answer {
        refusal.answer(self.request_id)
    }
}

impl Dialect for NotionDialect {
    fn rate_limited(&self) -> Answer {
        self.say(&Refusal::rate_limited())
    }

    fn quota_exceeded(&self) -> Answer {
        let reason = json!({"rate_limit_reason": "public_api_request_blocked"});
        self.say(&Refusal { additional: Some(reason), ..Refusal::rate_limited() })
    }

    fn unauthorized(&self) -> Answer {
        self.say(&Refusal::unauthorized())
    }

    fn expired_offset(&self) -> Answer {
        self.say(&Refusal::invalid_cursor(&self.cursor))
    }

    fn unavailable(&self) -> Answer {
        self.status(503)
    }

    fn status(&self, status: u16) -> Answer {
        self.say(&server_error(status))
    }

    fn status_after(&self, status: u16, done: &Answer) -> Answer {
        let mut refusal = server_error(status);
        if done.status == 200 && status == 503 {
            // The text is unverified.
            let guidance = "The write may have been committed. Look it up before repeating it.";
            let mut additional = json!({ "retry_guidance": guidance });
            if self.creates {
                let page: Value = serde_json::from_slice(&done.body).unwrap_or_default();
                additional["committed_resource_id"] = page["id"].clone();
            }
            refusal.additional = Some(additional);
        }
        self.say(&refusal)
    }
}

fn server_error(status: u16) -> Refusal {
    let (code, message) = match status {
        409 => ("conflict_error", "Conflict occurred while saving. Please try again."),
        500 => ("internal_server_error", "Unexpected error occurred."),
        502 => ("bad_gateway", "Bad gateway."),
        503 => ("service_unavailable", "Notion is unavailable, please try again later."),
        504 => ("gateway_timeout", "Gateway timeout."),
        529 => ("service_overload", "Notion is overloaded, please try again later."),
        _ => ("internal_server_error", "An unexpected error occurred."),
    };
    Refusal::new(status, code, message)
}

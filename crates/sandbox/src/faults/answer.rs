//! An answer as plain data, before it becomes bytes on the wire.

use std::time::Duration;

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Status, headers and body.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// A JSON answer.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json; charset=utf-8", body.to_string())
    }

    /// An HTML answer, as proxies and login walls give.
    #[must_use]
    pub fn html(status: u16, body: &str) -> Self {
        Self::text(status, "text/html; charset=utf-8", body.to_owned())
    }

    /// Any text.
    #[must_use]
    pub fn text(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status, content_type, headers: Vec::new(), body: body.into() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Adds `Retry-After`, if any.
    #[must_use]
    pub fn retry_after(self, when: &RetryAfter) -> Self {
        match when.text() {
            Some(value) => self.header("retry-after", value),
            None => self,
        }
    }
}

/// What stands in a `Retry-After` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// No header.
    Absent,
    /// Seconds; services have been seen to send 0 and negative numbers too.
    Seconds(i64),
    /// The HTTP date this far from now.
    Date(Duration),
    /// Anything else, word for word.
    Text(String),
}

impl RetryAfter {
    /// A value that no client can read.
    #[must_use]
    pub fn garbage() -> Self {
        Self::Text("soon, promised".into())
    }

    /// Some thirty years: a client must not sleep on it.
    #[must_use]
    pub fn huge() -> Self {
        Self::Seconds(1_000_000_000)
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Seconds(seconds) => Some(seconds.to_string()),
            Self::Date(ahead) => {
                // Always the machine's clock: the client compares with its own.
                Some(http_date(Utc::now() + *ahead))
            }
            Self::Text(text) => Some(text.clone()),
        }
    }
}

/// A moment as HTTP headers write it.
pub(crate) fn http_date(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

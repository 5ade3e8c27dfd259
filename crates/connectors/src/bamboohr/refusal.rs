//! What BambooHR means by an answer with an error status: the reason stands in a header, the body is mostly empty.

use serde::Deserialize;

use super::texts;
use crate::error::{Error, ErrorKind};
use crate::http::{Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "BambooHR";

/// What was sent is refused: a cursor that is no longer known, too.
pub(super) const BAD_REQUEST: &str = "bad_request";

/// A body, where there is one: of the newer addresses (RFC 7807), or of the older ones.
#[derive(Default, Deserialize)]
struct Said {
    detail: Option<String>,
    title: Option<String>,
    error: Option<SaidBefore>,
}

#[derive(Deserialize)]
struct SaidBefore {
    message: Option<String>,
}

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body: Said = serde_json::from_slice(reply.body).unwrap_or_default();
    let header = reply.headers.text("x-bamboohr-error-message").map(str::to_owned);
    let words = header.or(body.detail).or(body.error.and_then(|error| error.message)).or(body.title);
    let said = reply.redacted(words.as_deref().unwrap_or_default());
    let asks_to_wait = reply.headers.text("retry-after").is_some();
    let error = match reply.status {
        401 => texts::bad_key(),
        503 if asks_to_wait => Error { maybe_applied: false, ..for_status(SERVICE, 429) },
        598 => for_status(SERVICE, 504),
        406 | 413 => for_status(SERVICE, 400),
        status => for_status(SERVICE, status),
    };
    // Only where the sentence would say less than the service does.
    let error = if error.kind == ErrorKind::Rejected { error.quoting(&said) } else { error };
    let code = if reply.status == 400 { BAD_REQUEST } else { "" };
    Refusal { code: code.to_owned(), said, committed: None, error }
}

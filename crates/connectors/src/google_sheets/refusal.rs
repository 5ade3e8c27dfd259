//! What Google Sheets means by an answer with an error status: google.rpc.Status.

use serde::Deserialize;

use super::texts;
use crate::error::{Error, ErrorKind};
use crate::http::{Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "Google Sheets";

/// The spreadsheet is not shared with the account.
pub(super) const NOT_SHARED: &str = "not_shared";
/// Cells that the account may not change.
pub(super) const PROTECTED: &str = "protected";
/// A range that begins beyond the grid.
pub(super) const OUTSIDE: &str = "outside";
/// The tab is not there.
pub(super) const NO_TAB: &str = "no_tab";

#[derive(Default, Deserialize)]
struct Envelope {
    #[serde(default)]
    error: Status,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    message: String,
    status: String,
    details: Vec<Detail>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    reason: String,
}

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let Envelope { error: status } = serde_json::from_slice(reply.body).unwrap_or_default();
    let said = reply.redacted(&status.message);
    let reason = status.details.iter().map(|detail| detail.reason.as_str()).find(|word| !word.is_empty());
    let has = |words: &str| status.message.contains(words);
    let (code, error) = match reply.status {
        401 => ("", texts::token_refused()),
        403 if reason == Some("SERVICE_DISABLED") || has("it is disabled") => ("", texts::disabled()),
        403 if reason == Some("ACCESS_TOKEN_SCOPE_INSUFFICIENT") => ("", texts::scope_too_small()),
        403 if has("protected") => (PROTECTED, texts::protected()),
        403 => (NOT_SHARED, for_status(SERVICE, 403)),
        404 => ("", texts::spreadsheet_not_found()),
        400 if has("protected cell") => (PROTECTED, texts::protected()),
        400 if has("above the limit of") => ("", texts::spreadsheet_full()),
        400 if has("exceeds grid limits") => (OUTSIDE, rejected(&said)),
        400 if has("Unable to parse range") || has("No grid with id") => (NO_TAB, rejected(&said)),
        400 if has("not supported for this document") => ("", texts::not_a_spreadsheet()),
        400 => ("", rejected(&said)),
        status => ("", for_status(SERVICE, status)),
    };
    let code = if code.is_empty() { status.status.clone() } else { code.to_owned() };
    Refusal { code, said, committed: None, error }
}

/// The place in a `batchUpdate` of the request that was refused, out of `Invalid requests[7].updateCells: …`.
pub(super) fn refused_request(said: &str) -> Option<usize> {
    said.split_once("requests[")?.1.split_once(']')?.0.parse().ok()
}

fn rejected(said: &str) -> Error {
    Error::new(ErrorKind::Rejected, texts::refused(said)).hint(texts::CHECK_THE_TAB)
}

//! The three envelopes around the same calls, and the door they all go through.

pub(super) mod json2;
pub(super) mod jsonrpc;
mod world;
mod xml;
pub(super) mod xmlrpc;

use serde_json::Value;

use super::call::{Call, Protocol};
use super::options::Version;
use super::refusal::Refusal;
use crate::faults::Answer;

/// A page as the web server gives it for what it does not have.
pub(super) fn not_found() -> Answer {
    Answer::html(
        404,
        "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was \
         not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n",
    )
}

/// The answer to a call, in the words of its protocol.
pub(super) fn answer(call: &Call, result: Result<Value, Refusal>, version: Version) -> Answer {
    match (&call.protocol, result) {
        (Protocol::Json2 | Protocol::Page, Ok(value)) => Answer::json(200, &value),
        (Protocol::Json2 | Protocol::Page, Err(refusal)) => json2::refuse(&refusal),
        (Protocol::JsonRpc(id), result) => jsonrpc::answer(id, result, version),
        (Protocol::XmlRpc, result) => xmlrpc::answer(result),
    }
}

//! What Notion means by an answer with an error status.
//!
//! One envelope: `{"object":"error","status","code","message","additional_data"?}`
//! (developers.notion.com/reference/status-codes).

use model::Text;
use serde_json::Value as Json;

use super::texts;
use crate::error::{Error, ErrorKind};
use crate::http::{Failure, Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "Notion";

/// The cursor is unknown or has expired. Notion has no code of its own for it.
const CURSOR_GONE: &str = "start_cursor";
/// A property asked for or written does not exist.
const UNKNOWN_PROPERTY: &str = "unknown_property";
/// The page to write to lies in the trash.
const IN_TRASH: &str = "in_trash";
/// The id of a page was given where that of a database is due.
const IS_A_PAGE: &str = "is_a_page";
/// The one 429 that passes no more by itself.
const BLOCKED: &str = "public_api_request_blocked";

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body: Json = serde_json::from_slice(reply.body).unwrap_or_default();
    let (code, message) = (text(&body["code"]), text(&body["message"]));
    let more = &body["additional_data"];
    let said = reply.redacted(message);
    let error = match reply.status {
        401 => texts::bad_token(),
        429 if text(&more["rate_limit_reason"]) == BLOCKED => texts::blocked(),
        // An overload is the same for whoever asks: nobody should, for as long as it says.
        429 | 529 => for_status(SERVICE, 429),
        409 => texts::conflict(),
        400 => rejected(&said),
        status => for_status(SERVICE, status),
    };
    let code = if reply.status == 400 { precisely(message).unwrap_or(code) } else { code };
    let committed = more["committed_resource_id"].as_str().map(str::to_owned);
    Refusal { code: code.to_owned(), said, committed, error }
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

/// What stands after the name of a property that does not exist, and what stands before it.
const AFTER: &str = " is not a property that exists";
const BEFORE: &str = "Could not find property with name or id: ";

/// The name or id of the property that a refusal says does not exist.
pub(super) fn unknown_property(said: &str) -> &str {
    let before = said.split_once(AFTER).map(|(name, _)| name);
    before.or_else(|| said.split_once(BEFORE).map(|(_, name)| name)).unwrap_or(said)
}

/// What a validation error is about; its code says nothing of it.
fn precisely(message: &str) -> Option<&'static str> {
    if message.contains("start_cursor") {
        Some(CURSOR_GONE)
    } else if message.contains(AFTER) || message.contains(BEFORE) {
        Some(UNKNOWN_PROPERTY)
    } else if message.contains("archived") || message.contains("in trash") {
        Some(IN_TRASH)
    } else if message.contains("is a page, not a") {
        Some(IS_A_PAGE)
    } else {
        None
    }
}

/// Notion understood and says no.
fn rejected(said: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("Notion refuse la demande : {said}"),
            format!("Notion refuses the request: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez que la base de données n'a pas changé, puis réessayez.",
        "Check that the database has not changed, then try again.",
    ))
}

/// What a single page was refused for.
pub(super) fn page_rejected(said: &str) -> Text {
    Text::new(format!("Notion refuse cette page : {said}"), format!("Notion refuses this page: {said}"))
}

pub(super) fn is_cursor_gone(failure: &Failure) -> bool {
    failure.code == CURSOR_GONE
}

pub(super) fn is_unknown_property(failure: &Failure) -> bool {
    failure.code == UNKNOWN_PROPERTY
}

pub(super) fn is_in_trash(failure: &Failure) -> bool {
    failure.code == IN_TRASH
}

pub(super) fn is_a_page(failure: &Failure) -> bool {
    failure.code == IS_A_PAGE
}

/// Not there, or not shared with the integration: Notion does not tell them apart.
pub(super) fn is_not_found(failure: &Failure) -> bool {
    failure.error.kind == ErrorKind::NotFound
}

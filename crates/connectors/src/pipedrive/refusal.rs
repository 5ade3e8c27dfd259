//! What Pipedrive means by an answer with an error status.
//!
//! One envelope: `{"success":false,"error","error_info","code"?}`.

use model::Text;
use serde::Deserialize;

use super::{budgets, texts};
use crate::error::{Error, ErrorKind, Retry};
use crate::http::{Failure, Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "Pipedrive";

/// The cursor is not known, or not any more. There is no code for it.
const CURSOR_GONE: &str = "cursor";
/// What the codes of the plan's caps begin with.
const CAP: &str = "feature_capping";

#[derive(Default, Deserialize)]
struct Body {
    #[serde(default)]
    error: String,
    #[serde(default)]
    code: Option<String>,
}

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body: Body = serde_json::from_slice(reply.body).unwrap_or_default();
    let said = reply.redacted(&body.error);
    let code = body.code.unwrap_or_default();
    let is_cursor = reply.status == 400 && body.error.to_lowercase().contains("cursor");
    let error = match reply.status {
        401 => texts::bad_token(),
        402 => texts::unpaid(),
        403 if code.starts_with(CAP) => texts::plan_is_full(),
        403 if names_scope(&body.error) => texts::missing_scope(),
        403 => texts::not_allowed(),
        429 if budgets::is_day_over(&reply.headers) => texts::day_is_over(),
        429 => {
            let error = for_status(SERVICE, 429);
            match budgets::wait(&reply.headers) {
                Some(wait) => error.retry(Retry::After(wait)),
                None => error,
            }
        }
        400 | 415 | 422 => rejected(&said),
        status => for_status(SERVICE, status),
    };
    let code = if is_cursor { CURSOR_GONE.to_owned() } else { code };
    Refusal { code, said, committed: None, error }
}

/// Pipedrive understood and says no.
fn rejected(said: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("Pipedrive refuse la demande : {said}"),
            format!("Pipedrive refuses the request: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez que les champs n'ont pas changé dans Pipedrive, puis réessayez.",
        "Check that the fields have not changed in Pipedrive, then try again.",
    ))
}

/// Whether an application lacks a right.
pub(super) fn is_scope_missing(failure: &Failure) -> bool {
    failure.error.kind == ErrorKind::Forbidden && names_scope(&failure.said)
}

fn names_scope(said: &str) -> bool {
    said.to_lowercase().contains("scope")
}

pub(super) fn is_cursor_gone(failure: &Failure) -> bool {
    failure.code == CURSOR_GONE
}

/// A page of Cloudflare's in the place of an answer: this machine is shut out for a while.
pub(super) fn is_blocked(failure: &Failure) -> bool {
    // Pipedrive itself always says why.
    failure.error.kind == ErrorKind::Forbidden && failure.said.is_empty() && failure.code.is_empty()
}

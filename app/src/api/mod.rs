//! Server functions: what the page asks the server for. Each is thin and calls one use case.
//!
//! What a use case refuses is an answer with words for a person, not a broken request. Everything
//! that changes something is a `POST`; a form sent without script is answered by a page.

pub(crate) mod connectors;
pub(crate) mod preferences;
pub(crate) mod sync;
mod text_json;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::i18n::Texts;

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fault {
    /// What happened, to which thing.
    pub(crate) message: String,
    /// What to do next.
    pub(crate) hint: Option<String>,
    /// The run that is going on already, when that is the reason.
    pub(crate) running: Option<i64>,
}

impl Fault {
    /// What happened, and below it what to do.
    pub(crate) fn lines(self) -> Vec<String> {
        std::iter::once(self.message).chain(self.hint).collect()
    }
}

/// What a use case answered.
pub(crate) type Answer<T> = Result<T, Fault>;

/// Turns a request that did not arrive into a fault like the others.
pub(crate) fn settle<T>(reply: Result<Answer<T>, ServerFnError>, t: &Texts) -> Answer<T> {
    reply.unwrap_or_else(|_| {
        Err(Fault {
            message: t.faults.unreachable.to_owned(),
            hint: Some(t.faults.unreachable_hint.to_owned()),
            running: None,
        })
    })
}

#[cfg(feature = "ssr")]
pub(crate) mod server {
    //! What every server function needs.

    use hub::{Error, Hub, Kind};
    use leptos::prelude::*;
    use model::Lang;

    use super::Fault;

    /// The use cases.
    ///
    /// # Errors
    /// The server did not provide its context: a fault of the program.
    pub(crate) fn hub() -> Result<Hub, ServerFnError> {
        use_context().ok_or_else(|| ServerFnError::new("no hub in the context of this request"))
    }

    /// The fault in the reader's language.
    pub(crate) fn fault(error: &Error, lang: Lang) -> Fault {
        Fault {
            message: error.message(lang).to_owned(),
            hint: error.hint.as_ref().map(|hint| hint.get(lang).to_owned()),
            running: match error.kind {
                Kind::AlreadyRunning { run_id } => Some(run_id),
                _ => None,
            },
        }
    }
}

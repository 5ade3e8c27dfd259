//! What can go wrong with a service: its kind, whether a retry helps, and a sentence for a person.

use std::time::Duration;

use model::Text;

/// The result of asking a service.
pub type Result<T> = std::result::Result<T, Error>;

/// A request that could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?}: {}", message.fr)]
pub struct Error {
    /// What kind of fault it is.
    pub kind: ErrorKind,
    /// What happened, to which thing. Never holds a secret.
    pub message: Text,
    /// What to do next.
    pub hint: Option<Text>,
    /// Whether and when asking again helps.
    pub retry: Retry,
    /// The service may have carried the request out although it did not say so.
    pub maybe_applied: bool,
}

/// Kinds of faults, told apart because people do different things about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A setting is missing or makes no sense.
    InvalidSettings,
    /// The credentials are wrong, expired or revoked.
    Unauthorized,
    /// The credentials are right and do not allow this.
    Forbidden,
    /// The thing asked for is not there.
    NotFound,
    /// The service refuses what was sent.
    Rejected,
    /// The service's limit is used up.
    RateLimited,
    /// The service does not answer or says it cannot.
    Unavailable,
    /// The service answered something that is not what it documents.
    UnexpectedReply,
}

impl ErrorKind {
    /// The stable word in JSON.
    pub fn code(self) -> &'static str {
        match self {
            ErrorKind::InvalidSettings => "invalid_settings",
            ErrorKind::Unauthorized => "unauthorized",
            ErrorKind::Forbidden => "forbidden",
            ErrorKind::NotFound => "not_found",
            ErrorKind::Rejected => "rejected",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::UnexpectedReply => "unexpected_reply",
        }
    }
}

/// Whether asking again helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The same request will fail again.
    Never,
    /// Later, with growing pauses.
    Backoff,
    /// Not before this long from now.
    After(Duration),
}

impl Error {
    /// A fault that asking again does not mend.
    pub fn new(kind: ErrorKind, message: Text) -> Error {
        Error { kind, message, hint: None, retry: Retry::Never, maybe_applied: false }
    }

    /// The sentence with what the service said; as it is where it said nothing.
    #[must_use]
    pub(crate) fn quoting(mut self, said: &str) -> Error {
        if !said.is_empty() {
            let Text { fr, en } = &self.message;
            let (fr, en) = (fr.trim_end_matches('.'), en.trim_end_matches('.'));
            self.message = Text::new(format!("{fr} : « {said} »"), format!("{en}: “{said}”"));
        }
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Error {
        self.hint = Some(hint);
        self
    }

    /// Says whether and when asking again helps.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Error {
        self.retry = retry;
        self
    }
}

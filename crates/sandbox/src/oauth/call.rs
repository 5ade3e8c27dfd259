//! Which of its few addresses a request is for.

use crate::Kind;
use crate::service::Asked;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// The page on which a person agrees.
    Authorize,
    /// A code, a refresh token or the client's own word for tokens.
    Token,
    /// A token is to be void.
    Revoke,
    /// What is protected.
    Me,
    /// No such path.
    Nowhere,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        match (asked.parts.method.as_str(), asked.path()) {
            ("GET", "/oauth/authorize") => Self::Authorize,
            ("POST", "/oauth/token") => Self::Token,
            ("POST", "/oauth/revoke") => Self::Revoke,
            ("GET", "/api/me") => Self::Me,
            _ => Self::Nowhere,
        }
    }

    /// Tokens are made by creating, and what they protect is the account.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Authorize => Kind::Get,
            Self::Token => Kind::Create,
            Self::Revoke => Kind::Delete,
            Self::Me => Kind::Account,
            Self::Nowhere => Kind::Unknown,
        }
    }
}

//! How the service knows who asks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::service::Asked;

/// What every request must bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Open,
    /// `Authorization: Bearer …`.
    Bearer(String),
    /// `Authorization: Basic …`.
    Basic(String, String),
    /// A header of that name and value.
    Header(String, String),
    /// A parameter of that name and value.
    Param(String, String),
}

impl Default for Access {
    fn default() -> Self {
        Self::Bearer("rest-0123456789abcdef0123456789abcdef".into())
    }
}

impl Access {
    /// The secret of it.
    #[must_use]
    pub fn secret(&self) -> &str {
        match self {
            Self::Open => "",
            Self::Bearer(secret)
            | Self::Basic(_, secret)
            | Self::Header(_, secret)
            | Self::Param(_, secret) => secret,
        }
    }

    pub(super) fn lets_in(&self, asked: &Asked) -> bool {
        match self {
            Self::Open => true,
            Self::Bearer(token) => asked.bearer() == Some(token),
            Self::Basic(user, password) => {
                let expected = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
                asked.header("authorization") == Some(&expected)
            }
            Self::Header(name, value) => asked.header(name) == Some(value),
            Self::Param(name, value) => asked.pairs().iter().any(|(n, v)| n == name && v == value),
        }
    }
}

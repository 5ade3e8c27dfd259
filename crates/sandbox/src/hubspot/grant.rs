//! What a token may do.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::scopes::EVERY_SCOPE;

/// The rights of a token. The default is a private app that may do everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub(super) scopes: BTreeSet<String>,
    /// It came by OAuth and not from a private app.
    pub(super) is_oauth: bool,
    pub(super) until: Option<DateTime<Utc>>,
}

impl Default for Grant {
    fn default() -> Self {
        let scopes = EVERY_SCOPE.iter().map(|scope| (*scope).to_owned()).collect();
        Self { scopes, is_oauth: false, until: None }
    }
}

impl Grant {
    /// Everything can be seen and nothing changed.
    #[must_use]
    pub fn read_only() -> Self {
        let mut grant = Self::default();
        grant.scopes.retain(|scope| !scope.ends_with(".write"));
        grant
    }

    /// Everything but these rights.
    #[must_use]
    pub fn without(mut self, scopes: &[&str]) -> Self {
        self.scopes.retain(|scope| !scopes.contains(&scope.as_str()));
        self
    }
}

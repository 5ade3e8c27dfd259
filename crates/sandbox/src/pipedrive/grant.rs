//! What a token lets its holder do.

use super::Entity;

/// The rights of an OAuth token, by its scopes; an API token has all of its user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights(Vec<String>);

impl Rights {
    /// Everything.
    #[must_use]
    pub fn full() -> Self {
        Self(
            ["base", "deals:full", "contacts:full", "users:read", "search:read", "webhooks:full"]
                .map(str::to_owned)
                .into(),
        )
    }

    /// Everything can be seen, nothing changed.
    #[must_use]
    pub fn read_only() -> Self {
        Self(["base", "deals:read", "contacts:read", "users:read", "search:read"].map(str::to_owned).into())
    }

    /// Exactly these scopes.
    #[must_use]
    pub fn scopes(scopes: &[&str]) -> Self {
        Self(scopes.iter().map(|scope| (*scope).to_owned()).collect())
    }

    /// The scopes as the token's answer tells them.
    pub(super) fn told(&self) -> String {
        self.0.join(",")
    }

    pub(super) fn sees(&self, entity: Entity) -> bool {
        self.changes(entity) || self.has(&format!("{}:read", entity.scope()))
    }

    pub(super) fn changes(&self, entity: Entity) -> bool {
        self.has(&format!("{}:full", entity.scope()))
    }

    pub(super) fn searches(&self) -> bool {
        self.has("search:read")
    }

    pub(super) fn sees_users(&self) -> bool {
        self.has("users:read")
    }

    pub(super) fn sees_webhooks(&self) -> bool {
        self.manages_webhooks() || self.has("webhooks:read")
    }

    pub(super) fn manages_webhooks(&self) -> bool {
        self.has("webhooks:full")
    }

    fn has(&self, scope: &str) -> bool {
        self.0.iter().any(|held| held == scope)
    }
}

/// A token that is good.
#[derive(Clone, Debug)]
pub(super) struct Access {
    pub(super) rights: Rights,
    /// Whether it came from the authorization server.
    pub(super) is_granted: bool,
}

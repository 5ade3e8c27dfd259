//! What a token may do.

use super::Id;

/// Scopes of tokens, by Airtable's names.
pub mod scope {
    /// Read records.
    pub const RECORDS_READ: &str = "data.records:read";
    /// Create, change and delete records.
    pub const RECORDS_WRITE: &str = "data.records:write";
    /// Read tables and fields.
    pub const SCHEMA_READ: &str = "schema.bases:read";
    /// Create tables and fields.
    pub const SCHEMA_WRITE: &str = "schema.bases:write";
    /// See to webhooks.
    pub const WEBHOOK_MANAGE: &str = "webhook:manage";
    /// Learn the user's e-mail.
    pub const EMAIL_READ: &str = "user.email:read";
}

/// The role of a token's user in a base, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// May read.
    Read,
    /// May comment.
    Comment,
    /// May change records.
    Edit,
    /// May change the schema.
    Create,
}

impl Role {
    /// The `permissionLevel` of the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Comment => "comment",
            Self::Edit => "edit",
            Self::Create => "create",
        }
    }
}

/// Rights of a token. The default may do everything on every base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// E-mail of the user it acts for.
    pub email: String,
    /// Name of that user.
    pub name: String,
    /// Scopes, see [`scope`].
    pub scopes: Vec<String>,
    /// Bases it may touch; `None` for all.
    pub bases: Option<Vec<Id>>,
    /// The user's role in them.
    pub role: Role,
}

impl Default for Grant {
    fn default() -> Self {
        use scope::{EMAIL_READ, RECORDS_READ, RECORDS_WRITE, SCHEMA_READ, SCHEMA_WRITE, WEBHOOK_MANAGE};
        let all = [RECORDS_READ, RECORDS_WRITE, SCHEMA_READ, SCHEMA_WRITE, WEBHOOK_MANAGE, EMAIL_READ];
        Self {
            email: "camille.martin@example.com".into(),
            name: "Camille Martin".into(),
            scopes: all.map(str::to_owned).to_vec(),
            bases: None,
            role: Role::Create,
        }
    }
}

impl Grant {
    /// With these scopes only.
    #[must_use]
    pub fn scopes(mut self, scopes: &[&str]) -> Self {
        self.scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        self
    }

    /// For these bases only.
    #[must_use]
    pub fn bases(mut self, bases: &[Id]) -> Self {
        self.bases = Some(bases.to_vec());
        self
    }

    /// With this role.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    pub(super) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }

    pub(super) fn sees(&self, base: Id) -> bool {
        self.bases.as_ref().is_none_or(|bases| bases.contains(&base))
    }
}

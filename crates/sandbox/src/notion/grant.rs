//! What an integration may do.

use super::Id;

/// What an integration learns about people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Users {
    /// Nothing: listing users is refused.
    Nothing,
    /// Names, without e-mail.
    Names,
    /// Names and e-mail.
    Emails,
}

/// An integration and its capabilities. The default may do everything with all that is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Name of the integration.
    pub name: String,
    /// May read content.
    pub read: bool,
    /// May change content.
    pub update: bool,
    /// May add content.
    pub insert: bool,
    /// What it learns about people.
    pub users: Users,
    /// Databases shared with it; `None` for all.
    pub databases: Option<Vec<Id>>,
}

impl Default for Grant {
    fn default() -> Self {
        Self {
            name: "Passerelle".into(),
            read: true,
            update: true,
            insert: true,
            users: Users::Emails,
            databases: None,
        }
    }
}

impl Grant {
    /// May read and nothing else.
    #[must_use]
    pub fn read_only() -> Self {
        Self { update: false, insert: false, ..Self::default() }
    }

    /// Only these databases are shared with it.
    #[must_use]
    pub fn databases(mut self, databases: &[Id]) -> Self {
        self.databases = Some(databases.to_vec());
        self
    }

    /// With this knowledge of people.
    #[must_use]
    pub fn users(mut self, users: Users) -> Self {
        self.users = users;
        self
    }

    /// Its own user: integrations are users too.
    pub(super) fn bot(&self) -> Id {
        Id::named(&format!("bot/{}", self.name))
    }

    pub(super) fn sees(&self, database: Id) -> bool {
        self.databases.as_ref().is_none_or(|shared| shared.contains(&database))
    }
}

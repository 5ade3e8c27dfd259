//! People and integrations.

use crate::notion::{Grant, Id};

/// A user of the workspace.
#[derive(Clone, Debug)]
pub(in crate::notion) struct User {
    pub(in crate::notion) id: Id,
    pub(in crate::notion) name: String,
    /// Integrations have none.
    pub(in crate::notion) email: Option<String>,
}

impl User {
    pub(in crate::notion) fn person(email: &str, name: &str) -> Self {
        Self { id: Id::named(&format!("user/{email}")), name: name.into(), email: Some(email.into()) }
    }

    pub(in crate::notion) fn bot(grant: &Grant) -> Self {
        Self { id: grant.bot(), name: grant.name.clone(), email: None }
    }
}

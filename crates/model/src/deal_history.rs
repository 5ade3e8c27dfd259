//! What happened to a deal: who or which run changed what, and when.

use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DealEventKind {
    /// It came into the CRM.
    Created,
    /// Fields changed.
    Changed,
    /// It was deleted.
    Deleted,
    /// Its deletion was taken back.
    Restored,
}

impl DealEventKind {
    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            DealEventKind::Created => "created",
            DealEventKind::Changed => "changed",
            DealEventKind::Deleted => "deleted",
            DealEventKind::Restored => "restored",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<DealEventKind> {
        use DealEventKind::{Changed, Created, Deleted, Restored};
        [Created, Changed, Deleted, Restored].into_iter().find(|kind| kind.word() == word)
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum DealActor {
    /// A person or a token, by the name at that time; none where nobody has to log in.
    Person {
        /// The name.
        name: Option<String>,
    },
    /// A sync.
    Run {
        /// Its run.
        id: i64,
        /// The connection's name.
        connection: String,
        /// Why it began: `manual`, `schedule` …
        cause: String,
    },
}

/// One field, before and after, as plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealFieldChange {
    /// The field's name, as in `deals`.
    pub field: String,
    /// What it held; none when it was empty.
    pub before: Option<String>,
    /// What it holds; none when it is empty.
    pub after: Option<String>,
}

/// One line of a deal's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealEvent {
    /// When, RFC 3339, UTC.
    pub at: String,
    /// What happened.
    pub kind: DealEventKind,
    /// Who did it.
    pub actor: DealActor,
    /// What changed.
    pub fields: Vec<DealFieldChange>,
}

/// Where a deal stands in a service, or the file it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealOrigin {
    /// The connection's name; `csv` for a file.
    pub connection: String,
    /// The name people see.
    pub label: String,
    /// The record's id there; what a file's row is known again by.
    pub external_id: String,
    /// The record's page there, where the service has one.
    pub url: Option<String>,
    /// When both were last compared, RFC 3339, UTC; of a file, when an import last changed the deal by its row.
    pub synced_at: Option<String>,
}

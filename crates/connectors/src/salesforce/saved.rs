//! What became of one record of a collection.

use serde::Deserialize;

use super::refusal;

/// A record as it is answered for, in the order of the request.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Saved {
    id: Option<String>,
    success: bool,
    #[serde(default)]
    errors: Vec<RecordFault>,
}

/// Why a record was refused.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RecordFault {
    /// The service's word for it.
    #[serde(rename = "statusCode")]
    pub(super) code: String,
    pub(super) message: String,
    /// API names of the fields it is about.
    #[serde(default)]
    pub(super) fields: Vec<String>,
}

impl Saved {
    /// The record's id, or the first reason why it was refused.
    pub(super) fn result(self) -> Result<String, RecordFault> {
        match (self.success, self.id) {
            (true, Some(id)) => Ok(id),
            _ => Err(self.errors.into_iter().next().unwrap_or_else(RecordFault::unsaid)),
        }
    }
}

impl RecordFault {
    fn unsaid() -> RecordFault {
        RecordFault { code: String::new(), message: String::new(), fields: Vec::new() }
    }

    /// Somebody else was writing the record, or one it belongs to: the same may be accepted in a moment.
    pub(super) fn is_lock(&self) -> bool {
        self.code == refusal::LOCKED
    }

    /// A field that was sent does not exist: other records with a value for it are refused alike.
    pub(super) fn is_no_field(&self) -> bool {
        self.code == refusal::NO_FIELD && self.message.contains("No such column")
    }

    /// The record to change may be gone, or one that it links to.
    pub(super) fn may_be_gone(&self) -> bool {
        let names_a_field = self.fields.iter().any(|field| !field.eq_ignore_ascii_case("id"));
        !names_a_field && refusal::GONE.contains(&self.code.as_str())
    }
}

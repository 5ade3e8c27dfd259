//! Where a reading stands.

use serde::{Deserialize, Serialize};

use crate::connector::Checkpoint;

/// A place in a listing; the default one is its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// What asks for the page: its number, an offset, a cursor or an address; nothing for the first.
    pub(super) token: Option<String>,
    /// Rows of that page that were dealt with.
    pub(super) skip: u64,
    /// Rows of the pages before it.
    pub(super) before: u64,
}

impl Place {
    /// The place of a checkpoint; the beginning where it cannot be read, so that nothing is left out.
    pub(super) fn read(checkpoint: &Checkpoint) -> Place {
        serde_json::from_str(&checkpoint.0).unwrap_or_default()
    }

    pub(super) fn write(&self) -> Checkpoint {
        Checkpoint(serde_json::to_string(self).unwrap_or_default())
    }
}

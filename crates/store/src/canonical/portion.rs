//! What is written together.

use model::canonical::{Entity, Refused, RowBatch};
use model::run::Counts;

use crate::sql::number;

/// Some rows of one file or table of a service, and what became of its other rows.
#[derive(Clone, Debug)]
pub struct Portion {
    /// Which canonical table.
    pub entity: Entity,
    /// The file's name, or the name of the service's table.
    pub source: String,
    /// The rows to write; `None` when there are only refusals, or the end.
    pub rows: Option<RowBatch>,
    /// The rows that were refused.
    pub refused: Vec<Refused>,
    /// Set once the file was read to its end.
    pub ended: Option<FileMark>,
}

/// What a source knows again what it read: a file's size, time and hash, or a service's latest change.
/// Only the source understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMark {
    /// The source's own text.
    pub mark: String,
    /// When it was read.
    pub read_at: String,
}

impl Portion {
    /// The counts of a portion, from what the database did with its rows.
    pub(super) fn counts(&self, created: u64, updated: u64) -> Counts {
        let rows = self.rows.as_ref().map_or(0, |rows| rows.len() as u64);
        let failed = self.refused.len() as u64;
        let unchanged = rows.saturating_sub(created + updated);
        Counts { processed: rows + failed, created, updated, unchanged, failed }
    }
}

/// Counts as the engines take them: processed, created, updated, unchanged, failed.
pub(super) fn numbers(counts: Counts) -> [i64; 5] {
    [counts.processed, counts.created, counts.updated, counts.unchanged, counts.failed].map(number)
}

//! A row that was not taken.

use crate::text::Text;

/// Where and why a row was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file (from 1), or the number of the record.
    pub origin: u64,
    /// The column's name as it stands in the source; `None` when the whole row is at fault.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub reason: Text,
}

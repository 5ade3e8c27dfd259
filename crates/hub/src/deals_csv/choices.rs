//! What a person says of a file instead of what it shows.

use connectors::csv_file::Said;
use model::deals_csv::{Columns, DayOrder};
use model::decimal::Mark;

/// What a person says of a file; what they leave open is as the file shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CsvChoices {
    /// Its letters and its delimiter.
    pub said: Said,
    /// The decimal mark of its amounts.
    pub mark: Option<Mark>,
    /// What stands first in its dates.
    pub days: Option<DayOrder>,
    /// Which column is what. It counts only while the file still has as many columns.
    pub columns: Option<(usize, Columns)>,
}

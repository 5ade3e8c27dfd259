//! Deals from and to files: CSV in, CSV and Excel out.
//!
//! A file is one more place deals come from. It goes through the same loop as a service: it is planned, previewed
//! and written page by page, each run is in the history under the name [`CSV`], and links keep what was read. What
//! differs is that a row has no id of a service: `key` gives it one that a second import finds again.

mod choices;
mod crowds;
mod export;
mod file;
mod handed_in;
mod key;
mod reading;
mod room;
mod sheet;
mod survey;
mod texts;
mod traits;
mod uploads;
mod use_cases;
mod view;
mod workbook;

pub use choices::CsvChoices;
pub use export::{DealExport, SheetFormat};
pub(crate) use file::DealsFile;
pub use handed_in::{NewUpload, Upload};
pub(crate) use reading::{SCOPE, bring_in};
pub(crate) use texts::file_is_gone;
pub use uploads::KeptCsv;
pub(crate) use uploads::Uploads;
pub use view::{CsvColumnView, CsvRowView, CsvView};

/// What runs of files are called where others have the name of their connection. No connection can have it.
pub const CSV: &str = "csv";

/// What stands before the number of a line that is called by it.
const LINE: &str = "line:";

/// What a refused row is called: nothing else is known to be its own.
pub(crate) fn line_id(line: u64) -> String {
    format!("{LINE}{line}")
}

/// The line of a row without anything else of its own, by what it is called.
pub fn line_of(id: &str) -> Option<u64> {
    id.strip_prefix(LINE)?.parse().ok()
}

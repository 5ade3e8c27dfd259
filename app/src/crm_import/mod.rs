//! The pages that bring a CSV file of deals in: choosing it, looking at it, correcting how it is read.
//!
//! Drawn on the server and whole without script, like the ledger they stand in; `app/browser/import.js` lets a
//! file be dropped and shows how far it has come. What a file holds is put into the context by the server.

mod first_rows;
mod import_page;
mod preview_page;
mod reading_form;
mod size;
mod sum;
mod waiting;

use hub::{CsvView, KeptCsv};

use crate::api::Fault;

pub(crate) use import_page::ImportPage;
pub(crate) use preview_page::PreviewPage;

/// The page a file is chosen on.
const IMPORT: &str = "/deals/import";

/// A file that is looked at; in the context, the page shows it.
#[derive(Clone)]
pub struct CsvShown {
    /// What it is found by.
    pub key: String,
    /// What is shown of it.
    pub view: CsvView,
}

/// The files that whoever reads has not imported yet; in the context, the page a file is chosen on leads to them.
#[derive(Clone)]
pub struct CsvWaiting(pub Vec<KeptCsv>);

/// Why a file was not taken, or not read as it was asked; in the context, the page says so.
#[derive(Clone)]
pub struct CsvRefused {
    fault: Fault,
    /// Its import would do something else than what was shown.
    is_outdated: bool,
}

impl CsvRefused {
    /// The refusal in the reader's language.
    pub fn new(error: &hub::Error, lang: model::Lang) -> CsvRefused {
        let is_outdated = matches!(error.kind, hub::Kind::Outdated);
        CsvRefused { fault: crate::api::server::fault(error, lang), is_outdated }
    }
}

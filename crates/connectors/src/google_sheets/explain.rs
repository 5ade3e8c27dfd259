//! What a refusal means, once the spreadsheet has been looked at.

use super::api::Api;
use super::refusal::{NO_TAB, NOT_SHARED, OUTSIDE};
use super::texts;
use crate::error::{Error, ErrorKind};
use crate::http::Failure;

/// Whose requests were refused.
pub(super) struct Asking<'a> {
    pub(super) api: &'a Api,
    /// The address of a service account.
    pub(super) account: Option<&'a str>,
}

impl Asking<'_> {
    /// The spreadsheet itself could not be read.
    pub(super) fn of_spreadsheet(&self, failure: Failure) -> Error {
        if failure.code == NOT_SHARED { texts::not_shared(self.account) } else { *failure.error }
    }

    /// A tab could not be read.
    pub(super) async fn of_reading(&self, failure: Failure, tab: i64, title: &str) -> Error {
        let may_be_gone =
            failure.code == NO_TAB || failure.code == OUTSIDE || failure.error.kind == ErrorKind::Rejected;
        if !may_be_gone {
            return self.of_spreadsheet(failure);
        }
        match self.api.describe().await {
            Ok(book) if book.sheets.iter().all(|sheet| sheet.properties.sheet_id != tab) => {
                texts::tab_gone(title, &book.titles())
            }
            _ => *failure.error,
        }
    }

    /// A tab could not be written to.
    pub(super) async fn of_writing(&self, failure: Failure, tab: i64, title: &str) -> Error {
        if failure.code != NOT_SHARED {
            return self.of_reading(failure, tab, title).await;
        }
        match self.api.describe().await {
            Ok(_) => texts::read_only(self.account),
            Err(failure) => self.of_spreadsheet(failure),
        }
    }
}

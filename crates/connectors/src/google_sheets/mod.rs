//! Google Sheets: the tabs of one spreadsheet, read and written through the Sheets API v4.
//!
//! What the service does, and what this connector makes of it (developers read it at
//! developers.google.com/workspace/sheets/api; facts as of 2026):
//!
//! - A tab has a number that stays when it is renamed. Everything is asked for and written by that number
//!   (data filters, `GridRange`), never by a title in A1 notation.
//! - A tab has no columns, only cells. The first row that holds something is the header, unless it is one
//!   merged title. A column is its header's text: it may be moved, not renamed.
//! - A cell has no type. A column's kind is what its first hundred rows have in common, formats included: a
//!   date is a number until its format says otherwise. What does not fit later on is
//!   [`model::Value::Unreadable`], and so is a formula in error.
//! - A row has no id ([`identity`]). Rows that this connector adds carry one in a column of their own;
//!   people's rows are known by their first cell. Both survive sorting; a row's number does not, and is
//!   looked up anew right before every write.
//! - Pages are rows by number, and people insert and sort while one reads. Each page begins with the last
//!   row of the page before; when that has changed, the reading begins anew.
//! - New rows are inserted and filled in one `batchUpdate`, which is carried out whole or not at all: what
//!   somebody types at that moment in the same place moves down, and nothing is written over. They carry
//!   their ids, so that after an unclear answer it is known whether they are there.
//! - Cells are written with their type (`ExtendedValue`): a text that begins with `=` is no formula, a date
//!   is a number with a date's format.
//! - 60 reads and 60 writes a minute, and no word on how long to wait after that.

mod api;
mod auth;
mod change;
mod connection;
mod create;
mod decode;
mod encode;
mod explain;
mod header;
mod identity;
mod kind;
mod layout;
mod pages;
mod place;
mod refusal;
mod rows;
mod serial;
mod settings;
mod spec;
#[cfg(test)]
mod tests;
mod texts;
mod tokens;
mod update;
mod wire;
mod write;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::common::web_page;
use crate::connector::{Connection, Connector, Context, Settings};
use crate::error::Result;
use crate::http::oauth2;

/// The connector for Google Sheets.
pub struct GoogleSheets;

impl Connector for GoogleSheets {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn stream_setting(&self) -> Option<&'static str> {
        Some(spec::TAB)
    }

    fn oauth2(&self, context: &Context, settings: &Settings) -> Option<Result<oauth2::Client>> {
        auth::client(context, settings).transpose()
    }

    /// The tab: rows move, and have no address of their own.
    fn record_url(&self, settings: &Settings, stream: &str, _: &str) -> Option<String> {
        let (spreadsheet, _) = settings::link(settings.values.get("spreadsheet_id")?.trim())?;
        let mut page = web_page::of("https://docs.google.com/spreadsheets/d", &[&spreadsheet, "edit"])?;
        page.set_fragment(Some(&format!("gid={stream}")));
        Some(page.into())
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::Spreadsheet::new(context, &settings)?))
    }
}

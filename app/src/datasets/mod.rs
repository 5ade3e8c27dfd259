//! The pages of datasets: their list, and one with its rows, its columns, its versions and what differs
//! between them.
//!
//! Drawn on the server and whole without script, like the ledger they stand in. What their addresses ask
//! for is read by the server, which puts it into the context.

mod address;
mod cell;
mod columns_tab;
mod delete_page;
mod detail_page;
mod differences_tab;
mod exports;
mod list_page;
mod row_filter;
mod rows_tab;
mod sheet;
mod version_choice;
mod versions_tab;

use hub::DatasetQuery;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

pub(crate) use address::page as page_of;
pub(crate) use delete_page::DeletePage;
pub(crate) use detail_page::DetailPage;
pub(crate) use list_page::ListPage;

/// The list of datasets.
pub(crate) const LIST: &str = "/datasets";

/// What the address of a dataset's page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum DatasetAsked {
    /// Rows.
    Rows(DatasetQuery),
    /// The columns of a version; of the present one when `None`.
    Columns {
        /// The version.
        version: Option<i64>,
    },
    /// The versions.
    Versions {
        /// At most that many.
        limit: u32,
        /// After that many.
        offset: u32,
    },
    /// What differs between a version (the present one when `None`) and the one before.
    Differences {
        /// The version.
        version: Option<i64>,
        /// At most that many rows.
        limit: u32,
        /// After that many.
        offset: u32,
    },
}

/// The number in the address; what is none is no dataset's.
fn id_in_address() -> i64 {
    use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok()).unwrap_or_default()
}

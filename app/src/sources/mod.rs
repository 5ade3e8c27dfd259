//! The pages of the sources of data: their list, the form for a new one, one with its history.
//!
//! Drawn on the server and whole without script, like the ledger they stand in; `app/browser` makes them
//! livelier: results in a dialog, progress as it happens, cards that follow.

mod count_table;
mod delete_page;
mod detail_page;
mod expected_files;
mod field;
mod form;
mod guide;
mod health_badge;
mod history;
mod last_sync;
mod list_page;
mod new_page;
mod outcome;
mod recent;
mod result_dialog;
mod setup_steps;
mod source_card;
mod status_card;
mod tab_row;
mod toast;
mod try_buttons;
mod typed;
mod when;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::RunStatus;
use model::api::LoadBody;

use crate::format;
use crate::i18n::lang;

pub(crate) use count_table::CountTable;
pub(crate) use delete_page::DeletePage;
pub(crate) use detail_page::DetailPage;
pub(crate) use field::{complaint, label};
pub(crate) use form::SourceFields;
pub(crate) use list_page::ListPage;
pub(crate) use new_page::NewPage;
pub(crate) use outcome::{ask_again, list, progress, sum, verdict};
pub(crate) use result_dialog::ResultDialog;
pub(crate) use toast::passing;
pub use typed::Typed;
pub(crate) use when::When;

/// The list of sources: a tab of the connectors.
pub(crate) const LIST: &str = "/connectors?tab=sources";

/// The page of a source.
fn address(name: &str) -> String {
    format!("/connectors/{name}")
}

/// The name in the address.
fn name_in_address() -> String {
    use_params_map().read_untracked().get("name").unwrap_or_default()
}

/// A value after the `?`.
pub(crate) fn asked(key: &str) -> Option<String> {
    use_query_map().read_untracked().get(key)
}

/// How a sync stands.
fn status_of(load: &LoadBody) -> RunStatus {
    RunStatus::from_word(&load.status).unwrap_or(RunStatus::Error)
}

/// How long a sync took, or has been taking.
fn duration(load: &LoadBody) -> String {
    format::duration((load.duration_seconds.max(0.0) * 1_000.0) as u64, lang())
}

//! The CRM: the dashboard a founder opens every morning, the board, and everything one does to a deal.
//!
//! Drawn on the server and whole without script: every filter, order and page is an address, every change a form.
//! The small script of these pages (`app/browser/crm.js`) asks for the same addresses, sends the same forms, and
//! puts the parts of the answer that have an id and `data-part` in the place of the old ones.

mod active;
mod back;
mod board_column;
mod board_page;
mod bulk;
mod bulk_delete_page;
mod charts;
mod deadlines;
mod deal_form;
mod deal_page;
mod deal_typed;
mod delete_page;
mod dialog;
mod due_date;
mod edit_deal_page;
mod empty;
mod figures;
mod filters;
mod frame;
mod head;
mod history;
mod known;
mod new_deal_page;
mod notice;
mod numbers;
mod order;
mod origins;
mod page;
mod query;
mod row;
mod settings_page;
mod status_form;
mod table;
mod views_menu;
mod what_if;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

pub use back::BackTo;
pub(crate) use board_page::BoardPage;
pub(crate) use bulk_delete_page::BulkDeletePage;
pub use bulk_delete_page::BulkDeletion;
pub(crate) use deal_page::DealPage;
pub use deal_typed::DealTyped;
pub(crate) use delete_page::DeleteDealPage;
pub(crate) use edit_deal_page::EditDealPage;
pub(crate) use new_deal_page::NewDealPage;
pub use notice::DealNotice;
pub(crate) use page::DashboardPage;
pub use settings_page::ColdDaysTyped;
pub(crate) use settings_page::SettingsPage;

/// The form of a new deal.
const NEW: &str = "/deals/new";
/// The settings of the CRM.
const SETTINGS: &str = "/settings/deals";

/// The page of a deal.
fn address(id: i64) -> String {
    format!("/deals/{id}")
}

/// The number in the address; what is none is no deal's.
fn id_in_address() -> i64 {
    use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok()).unwrap_or_default()
}

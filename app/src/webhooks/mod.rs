//! The pages of webhooks: their list with the form for a new one, one with its settings and the messages
//! that were sent to it.
//!
//! Drawn on the server and whole without script, like the ledger they stand in.

mod card;
mod delete_page;
mod deliveries;
mod delivery_standing;
mod detail_page;
mod event_words;
mod form;
mod list_page;
mod secret;
mod sending;
mod standing;
mod test_button;
mod test_outcome;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::ledger::say;
use crate::sources::{asked, passing};

pub(crate) use delete_page::DeletePage;
pub(crate) use detail_page::DetailPage;
pub use form::WebhookTyped;
pub(crate) use list_page::ListPage;
pub use secret::WebhookSecret;
pub use test_outcome::WebhookTested;

/// The list of webhooks.
const LIST: &str = "/webhooks";

/// The page of a webhook.
fn address(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// The number in the address; what is none is no webhook's.
fn id_in_address() -> i64 {
    use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// What has just been done, said once: the address carries its word.
fn notice() -> Option<AnyView> {
    let title = match asked("notice")?.as_str() {
        "saved" => say("Webhook enregistré", "Webhook saved"),
        "on" => say("Webhook activé", "Webhook switched on"),
        "off" => say("Webhook désactivé", "Webhook switched off"),
        "resent" => say("Le message va être renvoyé", "The message is about to be sent again"),
        "deleted" => say("Webhook supprimé", "Webhook deleted"),
        _ => return None,
    };
    Some(passing(title))
}

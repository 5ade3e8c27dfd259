//! How a connection stands, as colour, icon and word.

use hub::AccountView;
use leptos::prelude::*;
use model::RunStatus;

use super::status_of;
use crate::components::{Glyph, Icon};
use crate::i18n::texts;
use crate::ledger::say;

/// The word for how a connection stands: that of its last sync, unless it is paused or never was synced.
pub(super) fn word(account: &AccountView) -> &'static str {
    look(account).2
}

/// The badge of a connection.
#[component]
pub(super) fn Standing(
    /// The connection.
    account: AccountView,
) -> impl IntoView {
    let (tone, glyph, word) = look(&account);
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon glyph=glyph />
            {word}
        </span>
    }
    .into_any()
}

fn look(account: &AccountView) -> (&'static str, Glyph, &'static str) {
    let status = account.last.as_ref().map(status_of);
    let (tone, glyph) = match status {
        Some(RunStatus::Running) => ("neutral", Glyph::Spinner),
        _ if !account.is_active => return ("neutral", Glyph::Pause, say("En pause", "Paused")),
        None => return ("neutral", Glyph::Info, say("Jamais synchronisée", "Never synced")),
        Some(RunStatus::Success) => ("good", Glyph::Check),
        Some(RunStatus::Partial) => ("warning", Glyph::Warning),
        Some(RunStatus::Error) => ("bad", Glyph::Cross),
        Some(RunStatus::Cancelled) => ("neutral", Glyph::Stop),
        Some(RunStatus::Interrupted) => ("neutral", Glyph::Pause),
    };
    (tone, glyph, (texts().history.outcome)(status.unwrap_or(RunStatus::Error)))
}

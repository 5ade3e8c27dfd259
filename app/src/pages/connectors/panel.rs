//! Everything of one connector.

use leptos::prelude::*;

use super::board::Board;
use super::history::History;
use super::plain_notice::PlainNotice;
use super::settings_form::SettingsForm;
use super::sync_panel::SyncPanel;
use super::try_out::TryOut;
use crate::api::connectors::ConnectorView;

/// Settings and syncs side by side, the history below.
#[component]
pub(super) fn Panel(
    /// The connector as the server knows it.
    connector: ConnectorView,
) -> impl IntoView {
    let board = Board::new(&connector);
    // Effects run in the browser only.
    Effect::new(move |_| board.resume());
    let is_configured = Memo::new(move |_| board.connection.read().config.configured);
    let spec = connector.spec;
    let (id, name) = (spec.id.clone(), spec.name.clone());
    view! {
        <PlainNotice />
        {move || {
            (!is_configured.get()).then(|| view! { <TryOut board=board provider=id.clone() name=name.clone() /> }.into_any())
        }}
        <div class="panel__columns">
            <SettingsForm board=board spec=spec.clone() />
            <SyncPanel board=board provider=spec.id.clone() name=spec.name.clone() />
        </div>
        <History board=board />
    }
    .into_any()
}

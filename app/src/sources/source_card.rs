//! One source in the list.

use hub::SourceView;
use leptos::prelude::*;

use super::address;
use super::health_badge::{HealthBadge, trouble_told, word};
use super::last_sync::LastSync;
use super::try_buttons::TryButtons;
use crate::ledger::say;

/// The card of a source: how it stands, when it last worked, what to do.
#[component]
pub(super) fn SourceCard(
    /// The source.
    source: SourceView,
) -> impl IntoView {
    let SourceView { name, kind_name, health, last, trouble, .. } = source;
    let title = format!("source-{name}");
    let told = format!("{name} : {}", word(health));
    view! {
        <li class="card source" aria-labelledby=title.clone() data-source=name.clone() data-health=health.word() data-told=told>
            <div class="source__head">
                <h3 class="source__name" id=title.clone()>
                    {name.clone()}
                </h3>
                <HealthBadge health=health />
            </div>
            <dl class="facts">
                <div class="fact">
                    <dt>"Type"</dt>
                    <dd>{kind_name}</dd>
                </div>
                <div class="fact">
                    <dt>{say("Dernière sync", "Last sync")}</dt>
                    <dd>
                        <LastSync last=last />
                    </dd>
                </div>
            </dl>
            {trouble.map(trouble_told)}
            <div class="source__actions">
                <TryButtons name=name.clone() described_by=title.clone() />
                <a class="button button--quiet" id=format!("details-{name}") href=address(&name) aria-describedby=title.clone()>
                    {say("Détails", "Details")}
                </a>
            </div>
        </li>
    }
    .into_any()
}

//! How one source stands.

use hub::SourceView;
use leptos::prelude::*;

use super::health_badge::{HealthBadge, trouble_told, word};
use super::last_sync::LastSync;
use super::when::When;
use crate::ledger::say;

/// Status, last sync, last test and type; when something is wrong, what and what to do.
#[component]
pub(super) fn StatusCard(
    /// The source.
    source: SourceView,
) -> impl IntoView {
    let SourceView { name, kind, health, last, checked, trouble, .. } = source;
    let tested = match checked {
        Some(checked) => view! { <When instant=checked.at /> }.into_any(),
        None => view! { <span class="table__faint">{say("Jamais", "Never")}</span> }.into_any(),
    };
    let told = format!("{name} : {}", word(health));
    view! {
        <section class="card" data-source=name data-health=health.word() data-told=told>
            <h2>"Status"</h2>
            <dl class="facts facts--wide">
                <div class="fact">
                    <dt>"Status"</dt>
                    <dd>
                        <HealthBadge health=health />
                    </dd>
                </div>
                <div class="fact">
                    <dt>{say("Dernière sync", "Last sync")}</dt>
                    <dd>
                        <LastSync last=last />
                    </dd>
                </div>
                <div class="fact">
                    <dt>{say("Dernier test", "Last test")}</dt>
                    <dd>{tested}</dd>
                </div>
                <div class="fact">
                    <dt>"Type"</dt>
                    <dd>{kind}</dd>
                </div>
            </dl>
            {trouble.map(trouble_told)}
        </section>
    }
    .into_any()
}

//! The charts below the list.

mod bars;
mod baskets;
mod performance;
mod scale;
mod sectors;
mod shortened;
mod velocity;

use leptos::prelude::*;
use model::dashboard::Dashboard;

use crate::ledger::say;

/// Amount per sector, largest deals, assignees, speed per sector.
#[component]
pub(super) fn Charts(
    /// What there is to show.
    dashboard: Dashboard,
) -> impl IntoView {
    view! {
        <div class="charts">
            {bars::card(sectors::chart(dashboard.secteurs))}
            {bars::card(baskets::chart(dashboard.paniers))}
            {bars::card(performance::chart(dashboard.performance))}
            {bars::card(velocity::chart(dashboard.velocite))}
        </div>
    }
}

/// The name of a sector or an assignee; those without one have a name too.
fn named(name: Option<&str>, without: &'static str) -> String {
    name.unwrap_or(without).to_owned()
}

fn without_sector() -> &'static str {
    say("Sans secteur", "No sector")
}

fn others() -> Option<String> {
    Some(say("Autres", "Others").to_owned())
}

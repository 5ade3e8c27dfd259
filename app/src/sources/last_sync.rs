//! When a source was last synced, and what that sync left out.

use leptos::prelude::*;
use model::api::LoadBody;
use model::{Lang, RunStatus};

use super::status_of;
use super::when::When;
use crate::components::RunBadge;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// The instant of the last sync. One that did not go through whole says so, whatever a later test found:
/// a connection that works is no reason to think that all rows are there.
#[component]
pub(super) fn LastSync(
    /// The sync that began last, if there was one.
    last: Option<LoadBody>,
) -> impl IntoView {
    let Some(load) = last else {
        return view! { <span class="table__faint">{say("Jamais", "Never")}</span> }.into_any();
    };
    let status = status_of(&load);
    let is_worth_saying = !matches!(status, RunStatus::Success | RunStatus::Running);
    let refused = load.tables.iter().map(|table| table.failed).sum();
    view! {
        <span class="last-sync">
            <When instant=load.timestamp />
            {is_worth_saying.then(|| view! { <RunBadge status=status /> }.into_any())}
            {(is_worth_saying && refused > 0).then(|| {
                view! { <a class="last-sync__refused" href=format!("/runs/{}#refused", load.run_id)>{refused_rows(refused)}</a> }
                    .into_any()
            })}
        </span>
    }
    .into_any()
}

/// `5 lignes refusées`.
fn refused_rows(count: u64) -> String {
    let number = format::number(count, lang());
    match (lang(), count) {
        (Lang::Fr, 0 | 1) => format!("{number} ligne refusée"),
        (Lang::Fr, _) => format!("{number} lignes refusées"),
        (Lang::En, 1) => format!("{number} refused row"),
        (Lang::En, _) => format!("{number} refused rows"),
    }
}

//! What an import would do, and the button that does it.

use hub::CsvView;
use leptos::prelude::*;

use super::reading_form::READING;
use crate::components::{Glyph, Icon};
use crate::i18n::texts;
use crate::ledger::{bound, figure, say};

/// How many refused rows are named.
const NAMED: usize = 10;

/// The counts over the whole file, the first refused rows, and what can be done.
#[component]
pub(super) fn Sum(
    /// The address of the file's page.
    address: String,
    /// The file.
    file: CsvView,
) -> impl IntoView {
    let t = texts();
    let counts = file.plan.as_ref().map(|plan| {
        view! {
            <dl class="figures" data-plan>
                {figure(say("À créer", "To create"), plan.to_create)}
                {figure(say("À mettre à jour", "To update"), plan.to_update)}
                {figure(t.history.unchanged, plan.unchanged)}
                {figure(say("Refusées", "Refused"), plan.refused)}
            </dl>
        }
        .into_any()
    });
    let words = file.plan.as_ref().map(|plan| plan.unknown_statuses.join(", ")).unwrap_or_default();
    let words = (!words.is_empty()).then(|| view! { <p>{(t.sync.unknown_statuses)(&words)}</p> }.into_any());
    let refused = file
        .plan
        .iter()
        .flat_map(|plan| plan.errors.iter().take(NAMED))
        .map(|error| view! { <li>{bound(&error.message)}</li> }.into_any());
    let refused = refused.collect::<Vec<_>>();
    let more = file.plan.as_ref().map_or(0, |plan| plan.refused).saturating_sub(refused.len() as u64);
    let list = (!refused.is_empty()).then(|| {
        let more = (more > 0).then(|| {
            let words = match crate::i18n::lang() {
                model::Lang::Fr => format!("et {more} autres, que le résultat de l'import montrera"),
                model::Lang::En => format!("and {more} more, which the outcome of the import will show"),
            };
            view! { <li>{words}</li> }.into_any()
        });
        view! {
            <details class="import__refused" open>
                <summary>{say("Lignes qui seraient refusées", "Rows that would be refused")}</summary>
                <ul>{refused} {more}</ul>
            </details>
        }
        .into_any()
    });
    let import = file.plan.as_ref().map(|plan| {
        view! {
            // It sends the choices along: what was changed and not read again yet is not lost.
            <button
                class="button button--primary"
                form=READING
                formaction=format!("{address}/run")
                name="plan"
                value=plan.plan_id
            >
                <Icon glyph=Glyph::Check />
                {say("Importer", "Import")}
            </button>
        }
        .into_any()
    });
    view! {
        <section class="card ledger__sum">
            <h2>{say("Ce que l'import ferait", "What the import would do")}</h2>
            {counts}
            {words}
            {list}
            <div class="ledger__actions">
                {import}
                <form method="post" action=format!("{address}/delete")>
                    <button class="button">{say("Abandonner ce fichier", "Drop this file")}</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}

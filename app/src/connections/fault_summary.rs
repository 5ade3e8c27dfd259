//! Everything that is wrong with a form, above it: one is led to each field.

use leptos::prelude::*;
use model::ConnectorSpec;

use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::sources::Typed;

/// The list of faults, in the order of the fields; it takes the focus. Nothing when all is right.
#[component]
pub(super) fn FaultSummary(
    /// The form's description.
    spec: ConnectorSpec,
    /// What was sent.
    typed: Typed,
) -> impl IntoView {
    if typed.faults.is_empty() {
        return ().into_any();
    }
    let lang = lang();
    let first = [("name", say("Nom de la connexion", "Connection name"))];
    let last = [("destination", say("Destination des lignes", "Where the rows go"))];
    let labels = first.into_iter().chain(spec.fields().map(|field| (&*field.key, field.label.get(lang))));
    let links = labels.chain(last).filter_map(|(key, label)| {
        let fault = typed.fault(key)?;
        let link = view! {
            <li>
                <a href=format!("#field-{key}")>{label.to_owned()}</a>
                {bound(&format!(" : {fault}"))}
            </li>
        };
        Some(link.into_any())
    });
    view! {
        <div class="notice notice--bad fault-summary" role="alert" tabindex="-1" autofocus data-faults>
            <Icon glyph=Glyph::Alert />
            <div class="notice__body">
                <p class="notice__title">
                    {say("Ce formulaire n'est pas encore complet", "This form is not complete yet")}
                </p>
                <ul class="fault-summary__list">{links.collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}

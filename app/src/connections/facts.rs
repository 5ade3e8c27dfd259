//! What one can rely on with a kind of service, before it is connected.

use leptos::prelude::*;
use model::spec::Capabilities;

use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{bound, say};

/// The facts as a list, folded out.
#[component]
pub(super) fn Facts(
    /// What the service can do.
    capabilities: Capabilities,
) -> impl IntoView {
    let facts = capabilities.facts().into_iter().map(|fact| {
        let (tone, glyph, mark) = if fact.is_good {
            ("good", Glyph::Check, say("Bien : ", "Good: "))
        } else {
            ("warning", Glyph::Warning, say("À savoir : ", "Mind: "))
        };
        view! {
            <li class="promise" data-tone=tone>
                <Icon glyph=glyph />
                <span>
                    <span class="visually-hidden">{mark}</span>
                    {bound(fact.text.get(lang()))}
                </span>
            </li>
        }
        .into_any()
    });
    view! {
        <details class="unfold promises" open>
            <summary class="unfold__head">{say("Ce sur quoi vous pouvez compter", "What you can rely on")}</summary>
            <ul class="unfold__body promises__list">{facts.collect_view()}</ul>
        </details>
    }
    .into_any()
}

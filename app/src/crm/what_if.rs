//! What the pipeline and the basket would be if amounts changed: computed in the browser, without a request.

use leptos::prelude::*;
use model::dashboard::Kpis;

use crate::i18n::lang;
use crate::ledger::say;

/// A slider from −50 % to +50 %. It needs the script, which shows it; the script takes the amounts from the
/// figures at the top, where they are also after another filter.
#[component]
pub(super) fn WhatIf(
    /// The figures as they are.
    kpis: Kpis,
) -> impl IntoView {
    let figure = |of: &'static str, name, value: String| {
        view! {
            <div class="kpi">
                <dt class="kpi__name">{name}</dt>
                <dd class="kpi__value" data-of=of>
                    {value}
                </dd>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card what-if" id="what-if" aria-labelledby="what-if-title" hidden>
            <div class="what-if__ask">
                <h2 class="chart-card__title" id="what-if-title">
                    {say("Et si les montants changeaient ?", "What if amounts changed?")}
                </h2>
                <div class="what-if__slider">
                    <span aria-hidden="true">"−50\u{a0}%"</span>
                    <input
                        type="range"
                        id="what-if-change"
                        min="-50"
                        max="50"
                        step="5"
                        value="0"
                        aria-label=say("Variation des montants", "Change of amounts")
                        autocomplete="off"
                    />
                    <span aria-hidden="true">"+50\u{a0}%"</span>
                </div>
            </div>
            <output class="what-if__change" for="what-if-change">
                "0\u{a0}%"
            </output>
            <dl class="what-if__figures">
                {figure(
                    "pipeline",
                    say("Pipeline pondéré", "Weighted pipeline"),
                    kpis.pipeline_pondere.display(lang()),
                )}
                {figure("basket", say("Panier moyen", "Average deal"), kpis.panier_moyen.display(lang()))}
            </dl>
        </section>
    }
}

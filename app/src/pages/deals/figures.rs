//! The figures above the list.

use leptos::prelude::*;

use crate::api::deals::Sums;
use crate::format;
use crate::i18n::{lang, texts};

/// How many deals there are and, where they are exact, the sums over all of them.
#[component]
pub(super) fn Figures(
    /// How many deals there are.
    count: u64,
    /// The sums.
    sums: Option<Sums>,
) -> impl IntoView {
    let (t, lang) = (&texts().deals, lang());
    let figure = |label, value: String, help: Option<&'static str>| {
        view! {
            <div class="figure" title=help>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <dl class="figures" aria-label=t.figures>
            {figure(t.count, format::number(count, lang), None)}
            {sums
                .map(|sums| {
                    view! {
                        {figure(t.amount, sums.amount.display(lang), None)}
                        {figure(t.weighted_sum, sums.weighted.display(lang), Some(t.weighted_sum_help))}
                    }
                    .into_any()
                })}
        </dl>
    }
    .into_any()
}

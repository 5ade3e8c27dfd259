//! How saving and testing went.

use leptos::prelude::*;
use model::api::TestBody;

use super::board::Outcome;
use crate::api::Fault;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::format;
use crate::i18n::{lang, texts};

/// What the last save or test came to.
#[component]
pub(super) fn OutcomeNotice(
    /// It; nothing before the first one.
    outcome: RwSignal<Option<Outcome>>,
) -> impl IntoView {
    let t = texts();
    move || {
        outcome.get().map(|outcome| match outcome {
            Outcome::Saved => view! { <Notice tone=Tone::Good title=t.settings.saved /> }.into_any(),
            Outcome::Connected(body) => view! { <Success body=body /> }.into_any(),
            Outcome::Failed(fault) => view! { <Failure fault=fault /> }.into_any(),
        })
    }
}

#[component]
fn Success(body: TestBody) -> impl IntoView {
    let (t, lang) = (&texts().connection, lang());
    let count = body.record_count.unwrap_or_default();
    let records = (t.records)(count, &format::number(count, lang), body.record_count_is_minimum);
    let found = match body.table_name {
        Some(table) => format!("{} · {records}", (t.table)(&table)),
        None => records,
    };
    view! {
        <div class="outcome">
            <span class="badge badge--good">
                <Icon glyph=Glyph::Check />
                {t.connected}
            </span>
            <p class="outcome__text">{found}</p>
        </div>
        {(!body.warnings.is_empty())
            .then(|| view! { <Notice tone=Tone::Warning title=t.warnings lines=body.warnings /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Failure(fault: Fault) -> impl IntoView {
    let t = &texts().connection;
    view! {
        <div class="outcome outcome--bad">
            <span class="badge badge--bad">
                <Icon glyph=Glyph::Cross />
                {t.error}
            </span>
            <div class="outcome__text">
                <p class="outcome__reason">{fault.message}</p>
                <p>{fault.hint}</p>
            </div>
        </div>
    }
    .into_any()
}

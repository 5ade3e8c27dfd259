//! How a sync that was just asked for goes, or went.

use hub::AccountView;
use leptos::prelude::*;
use model::RunStatus;
use model::api::ConnectionRunBody;

use super::{address, duration, status_of};
use crate::components::{Glyph, Icon, Notice};
use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::say;
use crate::sources::{list, progress, sum, verdict};

/// The progress or the outcome of a sync. The script follows it by its number.
#[component]
pub(super) fn RunOutcome(
    /// The connection.
    account: AccountView,
    /// Its sync.
    run: ConnectionRunBody,
) -> impl IntoView {
    match status_of(&run) {
        RunStatus::Running => {
            progress(run.run_id, format!("{}?run={}", address(account.id), run.run_id), run.records_processed)
        }
        status => ended(&account.title, status, run),
    }
}

fn ended(title: &str, status: RunStatus, run: ConnectionRunBody) -> AnyView {
    let (tone, how) = verdict(status);
    let sum = sum(run.records_processed, &duration(&run));
    let details = format!("/runs/{}", run.run_id);
    let counts = counts(&run);
    let lines: Vec<String> = std::iter::once(sum).chain(run.error_message).chain(run.hint).collect();
    view! {
        <section class="outcome-of" data-outcome data-told=format!("{title} : {how}")>
            <div role="status">
                <Notice tone=tone title=how lines=lines />
            </div>
            {counts}
            {list(say("Avertissements", "Warnings"), run.warnings)}
            <a class="link" href=details>
                {texts().sync.details}
                <Icon glyph=Glyph::ArrowRight />
            </a>
        </section>
    }
    .into_any()
}

/// What became of the rows of a sync.
pub(super) fn counts(run: &ConnectionRunBody) -> AnyView {
    let t = &texts().history;
    let fact = |label: &'static str, count: u64| {
        view! {
            <div class="fact">
                <dt>{label}</dt>
                <dd class="run-count">{format::number(count, lang())}</dd>
            </div>
        }
        .into_any()
    };
    view! {
        <dl class="facts facts--wide run-counts">
            {fact(t.processed, run.records_processed)}
            {fact(t.created, run.records_created)}
            {fact(t.updated, run.records_updated)}
            {fact(t.unchanged, run.records_unchanged)}
            {fact(say("Refusés", "Refused"), run.records_failed)}
        </dl>
    }
    .into_any()
}

//! The account of a run that has just ended.

use leptos::prelude::*;
use model::RunStatus;

use super::board::Ended;
use super::refusals::Refusals;
use crate::api::Answer;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::i18n::texts;

/// How the last run ended, if one did since the page is there.
#[component]
pub(super) fn Summary(
    /// Its end.
    ended: RwSignal<Option<Answer<Ended>>>,
) -> impl IntoView {
    let t = texts();
    move || {
        ended.get().map(|ended| match ended {
            Ok(ended) => view! { <Account ended=ended /> }.into_any(),
            Err(fault) => {
                view! { <Notice tone=Tone::Bad title=t.connection.error lines=fault.lines() /> }.into_any()
            }
        })
    }
}

#[component]
fn Account(ended: Ended) -> impl IntoView {
    let t = texts();
    let body = ended.body;
    let status = RunStatus::from_word(&body.status).unwrap_or(RunStatus::Error);
    let tone = match status {
        RunStatus::Success => Tone::Good,
        RunStatus::Partial => Tone::Warning,
        RunStatus::Error => Tone::Bad,
        RunStatus::Running | RunStatus::Cancelled | RunStatus::Interrupted => Tone::Neutral,
    };
    let seen = (t.sync.seen)(body.records_processed, body.records_unchanged);
    let unknown = body.unknown_statuses.join(", ");
    let unknown = (!unknown.is_empty()).then(|| (t.sync.unknown_statuses)(&unknown));
    let said = body.error.or(body.message).into_iter().chain(body.hint);
    let lines: Vec<String> = std::iter::once(seen).chain(said).chain(unknown).chain(body.warnings).collect();
    view! {
        <Notice tone=tone title=(t.sync.finished)(ended.direction, status)>
            <p class="summary__counts">
                {(t.sync.summary)(body.records_created, body.records_updated, body.records_failed)}
            </p>
            {lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect_view()}
            <Refusals records=body.errors all=body.records_failed />
            <p class="summary__links">
                <a class="link" href="/" rel="external">
                    {t.sync.see_deals}
                    <Icon glyph=Glyph::ArrowRight />
                </a>
                <a class="link" href=format!("/runs/{}", body.run_id) rel="external">
                    {t.sync.details}
                    <Icon glyph=Glyph::ArrowRight />
                </a>
            </p>
        </Notice>
    }
}

//! What the page of any run begins with: what it is, how it stands, since when; and its counts.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use model::RunStatus;
use model::access::Right;
use model::api::RunBody;

use crate::access::may;
use crate::api::sync::run_view;
use crate::components::{Glyph, Icon, LocalTime, RunBadge};
use crate::i18n::{lang, texts};

/// The head of the page of a run; while the run goes on, the page asks again by itself.
#[component]
pub(super) fn RunHead(
    /// The run.
    run: RunBody,
    /// The page's title.
    title: String,
    /// The address of what it was a run of, and its name.
    back: String,
    above: String,
) -> impl IntoView {
    let status = RunStatus::from_word(&run.status).unwrap_or(RunStatus::Error);
    let is_running = status == RunStatus::Running;
    let view = run_view(run.clone());
    view! {
        <Title text=title.clone() />
        {is_running.then(|| view! { <Meta http_equiv="refresh" content="2" /> })}
        <div class="page-head ledger__head">
            <a class="link" href=back>
                <Icon glyph=Glyph::ChevronLeft />
                {above}
            </a>
            <h1>{title}</h1>
            <p class="ledger__when">
                <RunBadge status=status />
                <LocalTime instant=run.started_at server_time=view.server_time />
                {view.millis.map(|millis| crate::format::duration(millis, lang()))}
            </p>
        </div>
    }
    .into_any()
}

/// What became of its records.
pub(super) fn counts(run: &RunBody) -> AnyView {
    let t = texts();
    view! {
        <dl class="figures">
            {figure(t.history.processed, run.records_processed)}
            {figure(t.history.created, run.records_created)}
            {figure(t.history.updated, run.records_updated)}
            {figure(t.history.unchanged, run.records_unchanged)}
            {figure(t.history.failed, run.records_failed)}
        </dl>
    }
    .into_any()
}

/// A number with its name.
pub(crate) fn figure(label: &'static str, count: u64) -> AnyView {
    view! {
        <div class="figure">
            <dt>{label}</dt>
            <dd>{crate::format::number(count, lang())}</dd>
        </div>
    }
    .into_any()
}

/// A form that is only its button, for those who may start and stop runs; nothing for the others.
pub(crate) fn action(address: String, glyph: Glyph, label: &'static str) -> AnyView {
    if !may(Right::Run) {
        return ().into_any();
    }
    view! {
        <form method="post" action=address>
            <button class="button button--primary">
                <Icon glyph=glyph />
                {label}
            </button>
        </form>
    }
    .into_any()
}

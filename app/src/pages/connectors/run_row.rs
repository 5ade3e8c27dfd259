//! One run of the history.

use leptos::prelude::*;
use model::{Direction, RunStatus};

use crate::api::sync::RunView;
use crate::components::{Glyph, Icon, LocalTime, Reason, RunBadge};
use crate::format;
use crate::i18n::{lang, texts};

/// A row of the table. `data-label` is what a card writes before the value.
#[component]
pub(super) fn RunRow(
    /// The run.
    view: RunView,
) -> impl IntoView {
    let (t, lang) = (texts(), lang());
    let RunView { run, server_time, millis } = view;
    let direction = Direction::from_word(&run.direction).unwrap_or(Direction::Import);
    let status = RunStatus::from_word(&run.status).unwrap_or(RunStatus::Error);
    let glyph = match direction {
        Direction::Import => Glyph::Import,
        Direction::Export => Glyph::Export,
    };
    let mut reasons: Vec<String> =
        run.error_message.into_iter().chain(run.hint).chain(run.warnings).collect();
    if !run.unknown_statuses.is_empty() {
        reasons.push((t.sync.unknown_statuses)(&run.unknown_statuses.join(", ")));
    }
    let badge = if reasons.is_empty() {
        view! { <RunBadge status=status /> }.into_any()
    } else {
        let lines = reasons
            .into_iter()
            .map(|line| view! { <span class="reason__line">{line}</span> }.into_any())
            .collect_view();
        view! {
            <Reason status=status id=format!("run-{}-reason", run.id)>
                {lines}
            </Reason>
        }
        .into_any()
    };
    let number = move |label: &'static str, count: u64| {
        view! {
            <td role="cell" class="table__number" class:table__faint=count == 0 data-label=label>
                {format::number(count, lang)}
            </td>
        }
        .into_any()
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="history-table__time">
                <LocalTime instant=run.started_at server_time=server_time />
                <a class="link" href=format!("/runs/{}", run.id) rel="external">
                    {t.sync.details}
                </a>
            </th>
            <td role="cell" class="history-table__direction">
                <span class="direction">
                    <Icon glyph=glyph />
                    {t.direction(direction)}
                </span>
            </td>
            <td role="cell" class="history-table__status">
                {badge}
            </td>
            {number(t.history.processed, run.records_processed)}
            {number(t.history.created, run.records_created)}
            {number(t.history.updated, run.records_updated)}
            {number(t.history.unchanged, run.records_unchanged)}
            {number(t.history.failed, run.records_failed)}
            <td role="cell" class="table__number" data-label=t.history.duration>
                {millis.map_or_else(|| "–".to_owned(), |millis| format::duration(millis, lang))}
            </td>
        </tr>
    }
    .into_any()
}

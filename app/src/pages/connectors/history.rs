//! The history of syncs.

use leptos::prelude::*;

use super::board::Board;
use super::run_row::RunRow;
use crate::components::EmptyState;
use crate::i18n::texts;

/// Every run, newest first; on a narrow screen each is a card.
#[component]
pub(super) fn History(
    /// The panel's state.
    board: Board,
) -> impl IntoView {
    let t = &texts().history;
    let is_empty = Memo::new(move |_| board.runs.read().is_empty());
    let number =
        |label| view! { <th role="columnheader" scope="col" class="table__number">{label}</th> }.into_any();
    view! {
        <section class="card history" id=format!("{}-history", board.provider())>
            <div class="card__head">
                <h2>{t.title}</h2>
            </div>
            {move || is_empty.get().then(|| view! { <EmptyState title=t.none text=t.none_hint /> }.into_any())}
                <table class="table history-table" role="table" hidden=is_empty>
                    <caption class="visually-hidden">{t.caption}</caption>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{t.started}</th>
                            <th role="columnheader" scope="col">{t.direction}</th>
                            <th role="columnheader" scope="col">{t.status}</th>
                            {number(t.processed)}
                            {number(t.created)}
                            {number(t.updated)}
                            {number(t.unchanged)}
                            {number(t.failed)}
                            {number(t.duration)}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For
                            each=move || board.runs.get()
                            // A run that has moved on is drawn anew.
                            key=|view| (view.run.id, view.run.records_processed, view.millis, view.run.status.clone())
                            let(view)
                        >
                            <RunRow view=view />
                        </For>
                    </tbody>
                </table>
        </section>
    }
    .into_any()
}

//! Who did what.

use leptos::prelude::*;
use model::api::AuditBody;

use super::AUDIT;
use super::tabs::Head;
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{Pager, entries_before, hub, loaded, say, told};
use crate::sources::When;

/// How many entries a page shows.
const SIZE: u32 = 50;

/// The log, newest first, page by page.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let before = entries_before("entries");
    loaded(load(before), move |(entries, all)| {
        view! { <Page entries=entries all=all before=before /> }.into_any()
    })
}

async fn load(before: u32) -> Result<(Vec<AuditBody>, u64), Fault> {
    hub()?.audit_log(SIZE, before, lang()).await.map_err(told)
}

#[component]
fn Page(entries: Vec<AuditBody>, all: u64, before: u32) -> impl IntoView {
    let title = say("Journal", "Log");
    let shown = entries.len();
    let none = (shown == 0).then(|| {
        let none = say("Rien n'a encore été noté.", "Nothing has been noted yet.");
        view! { <p class="access__aside">{none}</p> }.into_any()
    });
    let head = |text| view! { <th scope="col">{text}</th> }.into_any();
    view! {
        <Head open=AUDIT />
        <section class="card access-section" id="entries">
            <h2>{title}</h2>
            {none}
            <div class="sheet__frame" role="region" aria-label=title tabindex="0">
                <table class="sheet">
                    <thead>
                        <tr>
                            {head("Date")}
                            {head(say("Qui", "Who"))}
                            {head(say("Quoi", "What"))}
                            {head(say("Sur quoi", "To what"))}
                            {head(say("D'où", "From where"))}
                        </tr>
                    </thead>
                    <tbody>{entries.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
            <Pager address=AUDIT.to_owned() name="entries" before=before shown=shown size=SIZE all=Some(all) />
        </section>
    }
    .into_any()
}

fn line(entry: AuditBody) -> AnyView {
    let AuditBody { at, actor, address, label, subject, .. } = entry;
    view! {
        <tr>
            <th scope="row">
                <When instant=at />
            </th>
            <td>{actor}</td>
            <td>{label}</td>
            <td>{subject}</td>
            <td>{address}</td>
        </tr>
    }
    .into_any()
}

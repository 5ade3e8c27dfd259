//! The files somebody has handed in and not imported yet.

use hub::KeptCsv;
use leptos::prelude::*;

use super::size::size;
use super::{CsvWaiting, IMPORT};
use crate::ledger::{bound, say};

/// The way to each of them; nothing when there is none.
#[component]
pub(super) fn WaitingFiles() -> impl IntoView {
    let CsvWaiting(files) = use_context().unwrap_or(CsvWaiting(Vec::new()));
    if files.is_empty() {
        return ().into_any();
    }
    let lead = say(
        "Vous les avez envoyés sans les importer. Ils s'effacent au bout d'une heure.",
        "You sent them and have not imported them. They are deleted after an hour.",
    );
    let rows = files.into_iter().map(|KeptCsv { key, name, size: bytes }| {
        view! {
            <li>
                <a class="link" href=format!("{IMPORT}/{key}")>
                    {name}
                </a>
                {format!(" · {}", size(bytes))}
            </li>
        }
        .into_any()
    });
    view! {
        <section class="card import">
            <h2>{say("Fichiers en attente", "Waiting files")}</h2>
            <p class="import__needs">{bound(lead)}</p>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

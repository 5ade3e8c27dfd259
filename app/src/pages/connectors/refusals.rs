//! The records a run refused, each with its reason.

use leptos::prelude::*;
use model::DealField;
use model::api::RecordErrorBody;

use crate::i18n::{lang, texts};

/// A list to unfold; nothing when no record was refused.
#[component]
pub(super) fn Refusals(
    /// The first of them.
    records: Vec<RecordErrorBody>,
    /// How many there are.
    all: u64,
) -> impl IntoView {
    let t = &texts().sync;
    let shown = records.len() as u64;
    (shown > 0).then(|| {
        view! {
            <details class="refusals">
                <summary>{(t.refused)(all)}</summary>
                <ul class="refusals__list">
                    {records.into_iter().map(|record| view! { <Refusal record=record /> }.into_any()).collect_view()}
                </ul>
                <p>{(shown < all).then(|| (t.refused_shown)(shown, all))}</p>
            </details>
        }
        .into_any()
    })
}

#[component]
fn Refusal(record: RecordErrorBody) -> impl IntoView {
    let lang = lang();
    let who = record.client.or(record.external_id).unwrap_or_else(|| texts().sync.unnamed.to_owned());
    let field = record.field.as_deref().and_then(DealField::from_key).map(|f| f.label().get(lang).to_owned());
    view! {
        <li>
            <strong>{who}</strong>
            <span class="refusals__field">{field}</span>
            <p>{record.message}</p>
        </li>
    }
}

//! Refused records: who, why, and what they held.

use leptos::prelude::*;
use model::DealField;
use model::api::RecordErrorBody;

use crate::i18n::{lang, texts};

/// The refused records; nothing when there are none.
#[component]
pub(super) fn RefusedList(
    /// In the order they came.
    records: Vec<RecordErrorBody>,
) -> impl IntoView {
    (!records.is_empty()).then(|| {
        let items = records.into_iter().map(|record| view! { <Item record=record /> }.into_any());
        view! { <ol class="changes">{items.collect_view()}</ol> }.into_any()
    })
}

#[component]
fn Item(record: RecordErrorBody) -> impl IntoView {
    let who = record.client.or(record.external_id).unwrap_or_else(|| texts().sync.unnamed.to_owned());
    let held = record.payload.into_iter().map(|(key, value)| {
        let label = DealField::from_key(&key).map_or(key, |field| field.label().get(lang()).to_owned());
        view! {
            <div class="change__field">
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <li class="change">
            <p class="change__head">
                <strong>{who}</strong>
            </p>
            <p class="change__reason">{record.message}</p>
            <dl class="change__fields">{held.collect_view()}</dl>
        </li>
    }
}

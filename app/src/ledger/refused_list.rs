//! Refused records: who, why, and what they held.

use leptos::prelude::*;
use model::api::RecordErrorBody;
use model::{DealField, Money};

use super::say;
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
    let id = record.external_id.map(|id| match hub::line_of(&id) {
        Some(line) => format!("{} {line}", say("Ligne", "Line")),
        None => id,
    });
    let who = record.client.or(id).unwrap_or_else(|| texts().sync.unnamed.to_owned());
    let held = DealField::ALL.into_iter().filter_map(|field| {
        let value = record.payload.get(field.key())?;
        let label = field.label().get(lang()).to_owned();
        Some(
            view! {
                <div class="change__field">
                    <dt>{label}</dt>
                    <dd>{as_people_write(field, value)}</dd>
                </div>
            }
            .into_any(),
        )
    });
    let held = held.collect_view();
    view! {
        <li class="change">
            <p class="change__head">
                <strong>{who}</strong>
            </p>
            <p class="change__reason">{record.message}</p>
            <dl class="change__fields">{held}</dl>
        </li>
    }
}

/// What was read, as people write it; what could not be read, as it was found.
fn as_people_write(field: DealField, value: &str) -> String {
    let money = |value: &str| value.parse().ok().and_then(Money::from_f64);
    match field {
        DealField::MontantBrut => {
            money(value).map_or_else(|| value.to_owned(), |money| money.display(lang()))
        }
        DealField::DateEcheance => crate::format::day(value, lang()),
        _ => value.to_owned(),
    }
}

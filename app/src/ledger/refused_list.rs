//! Refused records: who, why, and what they held.

use std::collections::HashMap;

use leptos::prelude::*;
use model::api::RecordErrorBody;
use model::{DealField, Money};

use super::{bound, say};
use crate::format::number;
use crate::i18n::{lang, texts};

/// From how many on records with one fault stand together under it.
const MANY: usize = 3;

/// The refused records; nothing when there are none. Several with the same fault stand together under it.
#[component]
pub(super) fn RefusedList(
    /// In the order they came.
    records: Vec<RecordErrorBody>,
) -> impl IntoView {
    (!records.is_empty()).then(|| {
        let items = by_fault(&records).into_iter().flat_map(|records| match records.as_slice() {
            many @ [first, ..] if many.len() >= MANY => vec![together(&first.message, many)],
            few => few.iter().map(|record| alone(record)).collect(),
        });
        view! { <ol class="changes">{items.collect_view()}</ol> }.into_any()
    })
}

/// The records of each fault, in the order the faults came.
fn by_fault(records: &[RecordErrorBody]) -> Vec<Vec<&RecordErrorBody>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut faults: Vec<Vec<&RecordErrorBody>> = Vec::new();
    for record in records {
        let place = *places.entry(&record.message).or_insert(faults.len());
        if place == faults.len() {
            faults.push(Vec::new());
        }
        faults[place].push(record);
    }
    faults
}

fn together(fault: &str, records: &[&RecordErrorBody]) -> AnyView {
    let count = number(records.len() as u64, lang());
    let heading = format!("{} {count}\u{a0}deals", say("Voir ces", "See these"));
    let each = records.iter().copied().map(|record| {
        view! {
            <li class="change">
                <p class="change__head">
                    <strong>{named(record)}</strong>
                </p>
                {held(record)}
            </li>
        }
        .into_any()
    });
    view! {
        <li class="change">
            <p class="change__reason">{bound(fault)}</p>
            <details class="unfold">
                <summary class="unfold__head">{heading}</summary>
                <ol class="changes unfold__body">{each.collect_view()}</ol>
            </details>
        </li>
    }
    .into_any()
}

fn alone(record: &RecordErrorBody) -> AnyView {
    view! {
        <li class="change">
            <p class="change__head">
                <strong>{named(record)}</strong>
            </p>
            <p class="change__reason">{bound(&record.message)}</p>
            {held(record)}
        </li>
    }
    .into_any()
}

/// Whose record it is.
fn named(record: &RecordErrorBody) -> String {
    let id = record.external_id.as_ref().map(|id| match hub::line_of(id) {
        Some(line) => format!("{} {line}", say("Ligne", "Line")),
        None => id.clone(),
    });
    record.client.clone().or(id).unwrap_or_else(|| texts().sync.unnamed.to_owned())
}

/// What it held.
fn held(record: &RecordErrorBody) -> AnyView {
    let fields = DealField::ALL.into_iter().filter_map(|field| {
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
    view! { <dl class="change__fields">{fields.collect_view()}</dl> }.into_any()
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

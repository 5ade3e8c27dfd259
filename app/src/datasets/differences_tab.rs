//! What differs between a version and the one before, row by row.

use leptos::prelude::*;
use model::Lang;
use model::api::{DatasetDifferenceBody, DatasetVersionBody};
use model::dataset::{Cells, cells};
use serde_json::value::RawValue;

use super::address;
use super::cell::cut;
use crate::data::pager;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// Columns told of a row that is new or gone.
const TOLD: usize = 12;

/// The rows that differ.
pub(super) struct Differences {
    /// The version, where there is one.
    pub(super) version: Option<DatasetVersionBody>,
    /// The rows of the page.
    pub(super) rows: Vec<DatasetDifferenceBody>,
    /// At most that many.
    pub(super) limit: u32,
    /// After that many.
    pub(super) offset: u32,
}

/// The tab.
#[component]
pub(super) fn DifferencesTab(
    /// The dataset.
    id: i64,
    /// What differs.
    differences: Differences,
) -> impl IntoView {
    let Differences { version, rows, limit, offset } = differences;
    let Some(version) = version else {
        let none = say("Aucune version pour le moment.", "No version yet.");
        return view! {
            <section class="card">
                <h2>{say("Différences", "Differences")}</h2>
                <p class="rows__none">{none}</p>
            </section>
        }
        .into_any();
    };
    let DatasetVersionBody { version: number, created, updated, removed, .. } = version;
    let total = created + updated + removed;
    let at = move |offset| address::part(id, "differences", Some(number), offset, limit);
    let lines = rows.into_iter().map(line).collect_view();
    view! {
        <section class="card differences">
            <h2>{title(number)}</h2>
            <p>{sum(created, updated, removed)}</p>
            <ul class="differences__rows">{lines}</ul>
            {(total > 0).then(|| pager(u64::from(offset), u64::from(limit), total, at))}
        </section>
    }
    .into_any()
}

fn title(version: i64) -> String {
    match (lang(), version) {
        (Lang::Fr, 1) => "La version 1 est la première".to_owned(),
        (Lang::Fr, _) => format!("De la version {} à la version {version}", version - 1),
        (Lang::En, 1) => "Version 1 is the first".to_owned(),
        (Lang::En, _) => format!("From version {} to version {version}", version - 1),
    }
}

/// `3 ajoutées, 1 modifiée, 0 retirée`.
fn sum(created: u64, updated: u64, removed: u64) -> String {
    let part = |count: u64, one: &str, more: &str| {
        let number = format::number(count, lang());
        let is_one = count == 1 || (count == 0 && lang() == Lang::Fr);
        format!("{number} {}", if is_one { one } else { more })
    };
    match lang() {
        Lang::Fr => format!(
            "{}, {}, {}.",
            part(created, "ligne ajoutée", "lignes ajoutées"),
            part(updated, "modifiée", "modifiées"),
            part(removed, "retirée", "retirées")
        ),
        Lang::En => format!(
            "{}, {} changed, {} removed.",
            part(created, "row added", "rows added"),
            format::number(updated, lang()),
            format::number(removed, lang())
        ),
    }
}

fn line(difference: DatasetDifferenceBody) -> AnyView {
    let DatasetDifferenceBody { key, before, after, .. } = difference;
    let (old, new) = (before.as_deref().map(read), after.as_deref().map(read));
    let (tone, word, values) = match (&old, &new) {
        (Some(old), Some(new)) => ("warning", say("Modifiée", "Changed"), changed(old, new)),
        (Some(old), None) => ("bad", say("Retirée", "Removed"), whole(old)),
        (None, new) => ("good", say("Ajoutée", "Added"), new.as_ref().map_or_else(|| ().into_any(), whole)),
    };
    view! {
        <li class="difference">
            <p class="difference__head">
                <span class=format!("badge badge--{tone}")>{word}</span>
                <strong>{cut(key)}</strong>
            </p>
            <dl class="difference__values">{values}</dl>
        </li>
    }
    .into_any()
}

/// The cells of a row; only objects are stored.
fn read(content: &RawValue) -> Cells<'_> {
    cells(content.get()).unwrap_or_default()
}

/// The columns in which two rows differ, with both values.
fn changed(old: &Cells<'_>, new: &Cells<'_>) -> AnyView {
    let text = |row: &Cells<'_>, name: &str| row.get(name).map(|cell| cell.as_text().to_owned());
    let gone = old.iter().map(|(name, _)| name).filter(|name| new.get(name).is_none());
    let names = new.iter().map(|(name, _)| name).chain(gone);
    let differs = names.filter(|name| old.get(name) != new.get(name));
    let values = differs.map(|name| {
        let (before, after) = (text(old, name).unwrap_or_default(), text(new, name).unwrap_or_default());
        view! {
            <div class="difference__value">
                <dt>{cut(name.to_owned())}</dt>
                <dd>
                    <span class="visually-hidden">{say("avant : ", "before: ")}</span>
                    {told(before, true)}
                    <span aria-hidden="true">" → "</span>
                    <span class="visually-hidden">{say("après : ", "after: ")}</span>
                    {told(after, false)}
                </dd>
            </div>
        }
        .into_any()
    });
    values.collect_view().into_any()
}

/// The first columns of a row that hold something.
fn whole(row: &Cells<'_>) -> AnyView {
    let filled: Vec<_> = row.iter().filter(|(_, cell)| !cell.is_empty()).collect();
    let more = filled.len().saturating_sub(TOLD);
    let values = filled.into_iter().take(TOLD).map(|(name, cell)| {
        view! {
            <div class="difference__value">
                <dt>{cut(name.to_owned())}</dt>
                <dd>{cut(cell.as_text().to_owned())}</dd>
            </div>
        }
        .into_any()
    });
    let more = (more > 0).then(|| {
        let more = match lang() {
            Lang::Fr => format!("et {more} de plus"),
            Lang::En => format!("and {more} more"),
        };
        view! { <div class="difference__value table__faint"><dt>"…"</dt><dd>{more}</dd></div> }.into_any()
    });
    view! { {values.collect_view()} {more} }.into_any()
}

/// A value as it was before or as it is now; what is empty is said to be.
fn told(value: String, is_gone: bool) -> AnyView {
    if value.trim().is_empty() {
        return view! { <em>{say("vide", "empty")}</em> }.into_any();
    }
    if is_gone {
        view! { <del>{cut(value)}</del> }.into_any()
    } else {
        view! { <ins>{cut(value)}</ins> }.into_any()
    }
}

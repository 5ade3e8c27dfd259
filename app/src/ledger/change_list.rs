//! Changes, record by record: each field before and after.

use leptos::prelude::*;
use model::api::{ChangeBody, FieldChangeBody};
use model::{DealField, Money};
use serde_json::Value;

use super::texts::{deed, say};
use crate::format;
use crate::i18n::{lang, texts};

/// The changes; nothing when there are none.
#[component]
pub(super) fn ChangeList(
    /// In the order they happened.
    changes: Vec<ChangeBody>,
) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        let items = changes.into_iter().map(|change| view! { <Item change=change /> }.into_any());
        view! { <ol class="changes">{items.collect_view()}</ol> }.into_any()
    })
}

#[component]
fn Item(change: ChangeBody) -> impl IntoView {
    let ChangeBody { client, action, reason, fields, .. } = change;
    let is_new = action == "create";
    // The name of something new stands above its fields already.
    let told = fields.into_iter().filter(|field| !is_new || field.field != DealField::Client.key());
    let rows = told.map(|field| view! { <Field change=field is_new=is_new /> }.into_any());
    view! {
        <li class="change">
            <p class="change__head">
                <strong>{client.unwrap_or_else(|| texts().sync.unnamed.to_owned())}</strong>
                <span class="change__deed">{deed(&action, &reason)}</span>
            </p>
            <dl class="change__fields">{rows.collect_view()}</dl>
        </li>
    }
}

#[component]
fn Field(change: FieldChangeBody, is_new: bool) -> impl IntoView {
    let field = DealField::from_key(&change.field);
    let label = field.map_or(change.field, |field| field.label().get(lang()).to_owned());
    let (before, after) = (shown(field, &change.before), shown(field, &change.after));
    let before = (!is_new && before != after).then(|| {
        view! {
            <del>{before}</del>
            <span aria-hidden="true">" → "</span>
        }
        .into_any()
    });
    let lost = change.lost.filter(|lost| !lost.is_null()).map(|lost| {
        let lost = shown(field, &lost);
        view! {
            <span class="change__lost">
                {say("écarté : ", "set aside: ")}
                {lost}
            </span>
        }
        .into_any()
    });
    view! {
        <div class="change__field">
            <dt>{label}</dt>
            <dd>
                {before}
                <ins>{after}</ins>
                {lost}
            </dd>
        </div>
    }
}

/// A value as people write it.
fn shown(field: Option<DealField>, value: &Value) -> String {
    let lang = lang();
    match (field, value) {
        (_, Value::Null) => say("vide", "empty").to_owned(),
        (Some(DealField::MontantBrut), Value::Number(number)) => {
            let money = number.as_f64().and_then(Money::from_f64);
            money.map_or_else(|| number.to_string(), |money| money.display(lang))
        }
        (Some(DealField::DateEcheance), Value::String(day)) => format::day(day, lang),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

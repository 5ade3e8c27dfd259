//! What happened to a deal: who or which run changed what, and when.

use leptos::prelude::*;
use model::deal_history::{DealActor, DealEvent, DealEventKind, DealFieldChange};
use model::{DealField, Lang, parse};

use crate::format;
use crate::i18n::lang;
use crate::ledger::say;
use crate::sources::When;

/// The events of a deal.
#[component]
pub(super) fn History(
    /// They, newest first.
    events: Vec<DealEvent>,
) -> impl IntoView {
    let none = events.is_empty().then(|| {
        let none = say(
            "Rien n'a été noté avant la première modification.",
            "Nothing was noted before the first change.",
        );
        view! { <p class="deal-section__none">{none}</p> }.into_any()
    });
    view! {
        <section class="card deal-section">
            <h2>{say("Historique", "History")}</h2>
            {none}
            <ol class="deal-events">{events.into_iter().map(row).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn row(event: DealEvent) -> AnyView {
    let DealEvent { at, kind, actor, fields } = event;
    let deed = match kind {
        DealEventKind::Created => say("Créé", "Created"),
        DealEventKind::Changed => say("Modifié", "Changed"),
        DealEventKind::Deleted => say("Supprimé", "Deleted"),
        DealEventKind::Restored => say("Rétabli", "Restored"),
    };
    view! {
        <li class="deal-event">
            <p class="deal-event__head">
                <strong>{deed}</strong>
                " "
                {doer(actor)}
                <span class="deal-event__when">
                    <When instant=at />
                </span>
            </p>
            {(!fields.is_empty())
                .then(|| view! { <ul class="deal-event__fields">{fields.into_iter().map(change).collect_view()}</ul> }.into_any())}
        </li>
    }
    .into_any()
}

/// Who did it, with the way to the run where one did.
fn doer(actor: DealActor) -> AnyView {
    match actor {
        DealActor::Person { name: Some(name) } => format!("{} {name}", say("par", "by")).into_any(),
        DealActor::Person { name: None } => say("sur cette machine", "on this machine").into_any(),
        DealActor::Run { id, connection, .. } => {
            let run = match lang() {
                Lang::Fr => format!("synchronisation n°\u{a0}{id}"),
                Lang::En => format!("sync no. {id}"),
            };
            view! {
                {say("par la ", "by ")}
                <a href=format!("/runs/{id}")>{run}</a>
                {format!(" ({connection})")}
            }
            .into_any()
        }
    }
}

fn change(change: DealFieldChange) -> AnyView {
    let DealFieldChange { field, before, after } = change;
    let known = DealField::from_key(&field);
    let label = known.map_or(field, |field| field.label().get(lang()).to_owned());
    let shown = |value: Option<String>| value.map(|value| as_read(known, &value));
    let after = match shown(after) {
        Some(after) => view! { <ins>{after}</ins> }.into_any(),
        None => view! { <span class="deal-event__empty">{say("vidé", "emptied")}</span> }.into_any(),
    };
    view! {
        <li>
            <span class="deal-event__field">{label}</span>
            {shown(before)
                .map(|before| {
                    view! {
                        <del>{before}</del>
                        <span aria-hidden="true">" → "</span>
                    }
                    .into_any()
                })}
            {after}
        </li>
    }
    .into_any()
}

/// A value as people read it; of a long text, its beginning.
fn as_read(field: Option<DealField>, value: &str) -> String {
    match field {
        Some(DealField::MontantBrut) => {
            parse::amount(value).map_or_else(|_| value.to_owned(), |amount| amount.display(lang()))
        }
        Some(DealField::DateEcheance) => format::day(value, lang()),
        _ => parse::shorten(value),
    }
}

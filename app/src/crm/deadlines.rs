//! What is overdue and what is due soon.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use model::api::DealBody;
use model::dashboard::Deadlines;
use model::{Lang, Status};

use super::numbers;
use super::order::{Column, Order};
use super::query::Query;
use crate::data::percent;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// How many of a list are named here; the others are a click away.
const NAMED: usize = 5;

/// How far ahead is soon, in days.
const SOON: u64 = 30;

/// The card of deadlines.
#[component]
pub(super) fn Due(
    /// What is due.
    deadlines: Deadlines,
    /// What is asked for.
    query: Query,
    /// The day it is.
    today: NaiveDate,
) -> impl IntoView {
    let overdue = overdue(&query, today);
    let soon = Query {
        from: Some(query.from.map_or(today, |from| from.max(today))),
        to: Some(earlier(query.to, today + Days::new(SOON))),
        ..open(&query)
    };
    let urgent =
        deadlines.en_retard.first().map(|deal| view! { <p>{most_urgent(deal, today)}</p> }.into_any());
    let dated = format!(
        "{} {}",
        percent(deadlines.part_avec_date),
        say("des deals ont une échéance.", "of the deals have a due date."),
    );
    view! {
        <section class="card deadlines" aria-labelledby="deadlines-title">
            <div class="deadlines__head">
                <h2 class="chart-card__title" id="deadlines-title">
                    {say("Échéances", "Deadlines")}
                </h2>
                <p class="chart-card__lead">{dated}</p>
            </div>
            {urgent}
            <div class="deadlines__lists">
                {list(
                    say("En retard", "Overdue"),
                    say("Rien n'est en retard.", "Nothing is overdue."),
                    deadlines.en_retard,
                    deadlines.nb_en_retard,
                    &overdue,
                )}
                {list(
                    say("Dans les 30 jours", "Within 30 days"),
                    say("Rien n'est dû dans les 30 jours.", "Nothing is due within 30 days."),
                    deadlines.prochains_30_jours,
                    deadlines.nb_prochains_30_jours,
                    &soon,
                )}
            </div>
        </section>
    }
}

/// The open deals that are asked for, by their due dates.
fn open(query: &Query) -> Query {
    Query {
        statuses: open_statuses(query),
        order: Order::By { column: Column::Due, reversed: false },
        ..query.at_first_page()
    }
}

/// Those of them that are overdue.
fn overdue(query: &Query, today: NaiveDate) -> Query {
    Query { to: Some(earlier(query.to, today - Days::new(1))), ..open(query) }
}

/// The way to those of the `found` deals that are overdue, above their list; nothing while none is, or all are.
pub(super) fn way_to_overdue(count: u64, found: u64, query: &Query, today: NaiveDate) -> Option<AnyView> {
    (1..found).contains(&count).then(|| {
        let words = format!("{} {}", format::number(count, lang()), say("en retard", "overdue"));
        view! {
            <a class="due-late" id="overdue" href=overdue(query, today).address()>
                {words}
            </a>
        }
        .into_any()
    })
}

fn list(title: &'static str, none: &'static str, deals: Vec<DealBody>, count: u64, all: &Query) -> AnyView {
    let lines = deals.into_iter().take(NAMED).map(line).collect_view();
    let body = if count == 0 {
        view! { <p class="chart-card__none">{none}</p> }.into_any()
    } else {
        view! { <ul>{lines}</ul> }.into_any()
    };
    let more = (count > NAMED as u64).then(|| {
        let label = match lang() {
            Lang::Fr => format!("Voir les {}", numbers::deals(count)),
            Lang::En => format!("See all {}", numbers::deals(count)),
        };
        view! {
            <a class="link" href=all.address()>
                {label}
            </a>
        }
        .into_any()
    });
    view! {
        <div>
            <h3 class="deadlines__title">{title} " " <span class="chip__count">{format::number(count, lang())}</span></h3>
            {body}
            {more}
        </div>
    }
    .into_any()
}

fn line(deal: DealBody) -> AnyView {
    let iso = deal.date_echeance.unwrap_or_default();
    let day = format::day(&iso, lang());
    view! {
        <li class="deadlines__deal">
            <time datetime=iso>{day}</time>
            <a href=format!("/deals/{}", deal.id) data-opens>
                {deal.client}
            </a>
            <span class="deadlines__amount">{deal.montant_brut.display(lang())}</span>
        </li>
    }
    .into_any()
}

/// The sentence that names the most urgent deal.
fn most_urgent(deal: &DealBody, today: NaiveDate) -> String {
    let due = deal.date_echeance.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
    let late = due.map_or(1, |due| (today - due).num_days()).max(1);
    let (client, amount) = (&deal.client, deal.montant_brut.display(lang()));
    match (lang(), late) {
        (Lang::Fr, 1) => format!("Le plus urgent : {client} ({amount}), en retard d'un jour."),
        (Lang::Fr, late) => format!("Le plus urgent : {client} ({amount}), en retard de {late} jours."),
        (Lang::En, 1) => format!("The most urgent: {client} ({amount}), one day overdue."),
        (Lang::En, late) => format!("The most urgent: {client} ({amount}), {late} days overdue."),
    }
}

/// Deadlines are about deals that are neither won nor lost.
fn open_statuses(query: &Query) -> Vec<Status> {
    let open = Status::ALL.into_iter().filter(|status| status.is_open());
    open.filter(|status| query.statuses.is_empty() || query.statuses.contains(status)).collect()
}

fn earlier(day: Option<NaiveDate>, other: NaiveDate) -> NaiveDate {
    day.map_or(other, |day| day.min(other))
}

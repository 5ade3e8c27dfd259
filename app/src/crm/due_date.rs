//! When a deal is due.

use chrono::NaiveDate;
use leptos::prelude::*;
use model::api::DealBody;

use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// The day, told apart where it has passed and the deal is still open; nothing for a deal without one.
pub(super) fn due_date(deal: &DealBody, today: NaiveDate) -> Option<AnyView> {
    let iso = deal.date_echeance.clone()?;
    let day = iso.parse::<NaiveDate>().ok();
    let is_late = deal.statut.is_open() && day.is_some_and(|day| day < today);
    let late = is_late
        .then(|| view! { <span class="visually-hidden">{say("en retard", "overdue")}</span> }.into_any());
    let shown = format::day(&iso, lang());
    let due = view! {
        <time class=is_late.then_some("due-late") datetime=iso>
            {shown}
        </time>
        {late}
    };
    Some(due.into_any())
}

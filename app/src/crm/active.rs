//! The filters that are on, each with the way to take it off.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::query::Query;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// A chip for every filter; nothing where there is none.
#[component]
pub(super) fn Active(
    /// What is asked for.
    query: Query,
) -> impl IntoView {
    let chips: Vec<AnyView> =
        without_one(&query).into_iter().map(|(name, without)| chip(&name, &without)).collect();
    let clear = Query { order: query.order, ..Query::default() };
    let list = (!chips.is_empty()).then(|| {
        view! {
            <ul class="chips" aria-label=say("Filtres actifs", "Active filters")>
                {chips}
                <li>
                    <a class="chip chip--clear" href=clear.address()>
                        {say("Effacer les filtres", "Clear the filters")}
                    </a>
                </li>
            </ul>
        }
        .into_any()
    });
    view! {
        <div class="active" id="active" data-part>
            {list}
        </div>
    }
}

fn chip(name: &str, without: &Query) -> AnyView {
    view! {
        <li>
            <a
                class="chip chip--on"
                href=without.address()
                aria-label=format!("{} {name}", say("Retirer le filtre", "Remove the filter"))
            >
                {name.to_owned()}
                <Icon glyph=Glyph::Cross />
            </a>
        </li>
    }
    .into_any()
}

/// The name of every filter that is on, and what is asked for without it.
fn without_one(query: &Query) -> Vec<(String, Query)> {
    let base = query.at_first_page();
    let mut chips = Vec::new();
    for status in &query.statuses {
        let statuses = others(&query.statuses, status);
        chips.push((status.word().to_owned(), Query { statuses, ..base.clone() }));
    }
    for sector in &query.sectors {
        let sectors = others(&query.sectors, sector);
        chips.push((
            named(sector, say("sans secteur", "without a sector")),
            Query { sectors, ..base.clone() },
        ));
    }
    for assignee in &query.assignees {
        let assignees = others(&query.assignees, assignee);
        chips.push((
            named(assignee, say("sans responsable", "nobody's")),
            Query { assignees, ..base.clone() },
        ));
    }
    let day = |day: NaiveDate| format::day(&day.to_string(), lang());
    if let Some(from) = query.from {
        let name = format!("{} {}", say("à partir du", "from"), day(from));
        chips.push((name, Query { from: None, ..base.clone() }));
    }
    if let Some(to) = query.to {
        let name = format!("{} {}", say("jusqu'au", "until"), day(to));
        chips.push((name, Query { to: None, ..base.clone() }));
    }
    if !query.words.is_empty() {
        let name = match lang() {
            model::Lang::Fr => format!("«\u{a0}{}\u{a0}»", query.words),
            model::Lang::En => format!("“{}”", query.words),
        };
        chips.push((name, Query { words: String::new(), ..base.clone() }));
    }
    if query.cold {
        chips.push((say("deals froids", "cold deals").to_owned(), Query { cold: false, ..base }));
    }
    chips
}

/// A value by its name, or what is said of deals that have none.
fn named(value: &str, without: &str) -> String {
    if value.is_empty() { without.to_owned() } else { value.to_owned() }
}

fn others<T: PartialEq + Clone>(all: &[T], but: &T) -> Vec<T> {
    all.iter().filter(|one| *one != but).cloned().collect()
}

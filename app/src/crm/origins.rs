//! Where a deal stands in the services it is synced with, and which file it came from.

use leptos::prelude::*;
use model::Lang;
use model::deal_history::DealOrigin;

use crate::api::sync::server_time;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;
use crate::sources::When;

/// The records a deal is linked with, each with the way to it.
#[component]
pub(super) fn Origins(
    /// They; none for a deal that was typed here.
    origins: Vec<DealOrigin>,
) -> impl IntoView {
    let is_typed = origins.is_empty();
    let row = |origin| if is_of_file(&origin) { file_row(origin) } else { row(origin) };
    let rows = origins.into_iter().map(row).collect_view();
    view! {
        <section class="card deal-section">
            <h2>{say("Origine", "Origin")}</h2>
            {if is_typed {
                let none = say(
                    "Ce deal n'est lié à aucun service : il n'existe qu'ici.",
                    "This deal is linked with no service: it is only here.",
                );
                view! { <p class="deal-section__none">{none}</p> }.into_any()
            } else {
                view! { <ul class="deal-origins">{rows}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// The services a deal of the list comes from, in a few words: their names, each the way to the record there.
pub(super) fn marks(origins: Vec<DealOrigin>) -> AnyView {
    let mark = |origin: DealOrigin| {
        let done = match is_of_file(&origin) {
            true => say("Importé", "Imported"),
            false => say("Synchronisé", "Synced"),
        };
        let DealOrigin { label, url, synced_at, .. } = origin;
        let title = synced_at.map(|at| {
            let (day, time) = server_time(&at);
            let day = format::day(&day, lang());
            match lang() {
                Lang::Fr => format!("{done} le {day} à {time}"),
                Lang::En => format!("{done} on {day} at {time}"),
            }
        });
        match url.filter(|url| is_of_the_web(url)) {
            Some(page) => view! {
                <a class="deals-table__origin" href=page title=title rel="noopener noreferrer" target="_blank">
                    {label}
                </a>
            }
            .into_any(),
            None => view! {
                <span class="deals-table__origin" title=title>
                    {label}
                </span>
            }
            .into_any(),
        }
    };
    origins.into_iter().map(mark).collect_view().into_any()
}

fn is_of_file(origin: &DealOrigin) -> bool {
    origin.connection == hub::CSV
}

/// Only an address of the web is a link, whatever a service calls its record's page.
fn is_of_the_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn row(origin: DealOrigin) -> AnyView {
    let DealOrigin { label, external_id, url, synced_at, .. } = origin;
    let open = match lang() {
        Lang::Fr => format!("Ouvrir dans {label}"),
        Lang::En => format!("Open in {label}"),
    };
    let page = url.filter(|url| is_of_the_web(url));
    view! {
        <li class="deal-origin">
            <div>
                <p class="deal-origin__label">{label}</p>
                <p class="deal-origin__aside">
                    <code>{external_id}</code>
                    {synced_at
                        .map(|instant| {
                            view! {
                                " · "
                                {say("synchronisé le ", "synced on ")}
                                <When instant=instant />
                            }
                            .into_any()
                        })}
                </p>
            </div>
            {page
                .map(|page| {
                    view! {
                        <a class="button" href=page rel="noopener noreferrer" target="_blank">
                            {open}
                        </a>
                    }
                    .into_any()
                })}
        </li>
    }
    .into_any()
}

/// The file a deal came from. What its row is known again by tells nobody anything.
fn file_row(origin: DealOrigin) -> AnyView {
    let at = origin.synced_at.map(|instant| {
        view! {
            {say("importé le ", "imported on ")}
            <When instant=instant />
        }
        .into_any()
    });
    let at = at.unwrap_or_else(|| say("importé", "imported").into_any());
    view! {
        <li class="deal-origin">
            <div>
                <p class="deal-origin__label">{say("Fichier CSV", "CSV file")}</p>
                <p class="deal-origin__aside">{at}</p>
            </div>
        </li>
    }
    .into_any()
}

//! One connection in the list.

use hub::AccountView;
use leptos::prelude::*;
use model::api::ConnectionRunBody;
use model::{Destination, Lang};

use super::address;
use super::destination::place;
use super::moment::moment;
use super::standing::{Standing, word};
use super::try_buttons::TryButtons;
use crate::format;
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::sources::When;

/// The card of a connection: how it stands, what its last sync did, what to do.
#[component]
pub(super) fn Card(
    /// The connection.
    account: AccountView,
) -> impl IntoView {
    let heading = format!("connection-{}", account.id);
    let told = format!("{} : {}", account.title, word(&account));
    let AccountView { id, title, kind_name, destination, health, last, schedule, .. } = account.clone();
    let next = schedule.next.first().map(|at| moment(at));
    let trouble = last.as_ref().and_then(|run| run.error_message.clone());
    view! {
        <li class="card source" aria-labelledby=heading.clone() data-source=id data-health=health.word() data-told=told>
            <div class="source__head">
                <h3 class="source__name" id=heading.clone()>
                    <a class="connection__link" href=address(id)>
                        {title.clone()}
                    </a>
                </h3>
                <Standing account=account />
            </div>
            <dl class="facts">
                <div class="fact">
                    <dt>"Type"</dt>
                    <dd>{kind_name}</dd>
                </div>
                <div class="fact">
                    <dt>{say("Va dans", "Goes to")}</dt>
                    <dd>{to(&destination)}</dd>
                </div>
                <div class="fact">
                    <dt>{say("Dernière sync", "Last sync")}</dt>
                    <dd>{last.map_or_else(never, last_sync)}</dd>
                </div>
                {next
                    .map(|next| {
                        view! {
                            <div class="fact">
                                <dt>{say("Prochaine sync", "Next sync")}</dt>
                                <dd>{next}</dd>
                            </div>
                        }
                        .into_any()
                    })}
            </dl>
            {trouble.map(|trouble| view! { <p class="source__trouble">{bound(&trouble)}</p> }.into_any())}
            <div class="source__actions">
                <TryButtons id=id title=title described_by=heading.clone() />
                <a class="button button--quiet" href=address(id) aria-describedby=heading.clone()>
                    {say("Ouvrir", "Open")}
                </a>
            </div>
        </li>
    }
    .into_any()
}

/// Where the rows go, in a few words.
pub(super) fn to(destination: &Destination) -> String {
    match destination {
        Destination::Dataset { name } => match lang() {
            Lang::Fr => format!("Jeu de données «\u{a0}{name}\u{a0}»"),
            Lang::En => format!("Dataset “{name}”"),
        },
        other => place(other),
    }
}

fn never() -> AnyView {
    view! { <span class="table__faint">{say("Jamais", "Never")}</span> }.into_any()
}

fn last_sync(run: ConnectionRunBody) -> AnyView {
    let rows = format::number(run.records_processed, lang());
    let rows = match (lang(), run.records_processed) {
        (Lang::Fr, 0 | 1) => format!("{rows} ligne"),
        (Lang::Fr, _) => format!("{rows} lignes"),
        (Lang::En, 1) => format!("{rows} row"),
        (Lang::En, _) => format!("{rows} rows"),
    };
    view! {
        <span class="last-sync">
            <When instant=run.started_at />
            <a class="last-sync__rows" href=format!("/runs/{}", run.run_id)>
                {rows}
            </a>
        </span>
    }
    .into_any()
}

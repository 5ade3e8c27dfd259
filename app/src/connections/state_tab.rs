//! How a connection stands: what its last sync did, and where one goes on from here.

use hub::{AccountView, GrantView};
use leptos::prelude::*;
use model::access::Right;
use model::api::{ConnectionRunBody, Health};
use model::{Budget, Destination};

use super::budget_card::BudgetCard;
use super::card::to;
use super::grant_card::{GrantCard, asks_a_person};
use super::run_outcome::counts;
use super::size::size;
use super::{address, duration, status_of};
use crate::components::{Glyph, Icon, RunBadge};
use crate::datasets;
use crate::i18n::{lang, texts};
use crate::ledger::{bound, fact, say};
use crate::permitted::Permitted;
use crate::sources::{When, list};

/// The tab.
#[component]
pub(super) fn StateTab(
    /// The connection.
    account: AccountView,
    /// Whether deals go both ways.
    has_deals: bool,
    /// Whether it is a source of the canonical tables.
    is_source: bool,
    /// The dataset its rows are in, where there is one.
    dataset: Option<i64>,
    /// What its service has granted to it.
    #[prop(optional_no_strip)]
    grant: Option<GrantView>,
    /// What its service leaves of its allowances.
    budgets: Vec<Budget>,
) -> impl IntoView {
    let authorization = (grant.is_some() || asks_a_person(&account))
        .then(|| view! { <GrantCard provider=account.provider.clone() grant=grant /> }.into_any());
    let is_busy = account.health == Health::Syncing;
    let told = account.title.clone();
    view! {
        {authorization}
        <div class="sources" id="state" data-live data-busy=is_busy.to_string()>
            <section class="card" data-source=account.id data-health=account.health.word() data-told=told>
                <h2>{say("Dernière synchronisation", "Last sync")}</h2>
                {match account.last.clone() {
                    Some(run) => view! { <LastRun run=run /> }.into_any(),
                    None => {
                        view! {
                            <p class="sources__lead">
                                {say(
                                    "Aucune pour le moment. Appuyez sur « Synchroniser » pour la première.",
                                    "None yet. Press “Sync” for the first one.",
                                )}
                            </p>
                        }
                            .into_any()
                    }
                }}
                {account.doubts_removals.then(|| accept_removals(account.id))}
            </section>
        </div>
        <BudgetCard budgets=budgets />
        <Elsewhere account=account has_deals=has_deals is_source=is_source dataset=dataset />
    }
    .into_any()
}

#[component]
fn LastRun(run: ConnectionRunBody) -> impl IntoView {
    let (status, lasted) = (status_of(&run), duration(&run));
    let counts = counts(&run);
    let bytes = run.bytes.map(|bytes| size(bytes, lang()));
    view! {
        <dl class="facts facts--wide">
            {fact(say("Début", "Began"), view! { <When instant=run.started_at /> }.into_any())}
            {fact(texts().history.status, view! { <RunBadge status=status /> }.into_any())}
            {fact(texts().history.duration, lasted.into_any())}
            {bytes.map(|bytes| fact(say("Reçu du service", "Received"), bytes.into_any()))}
        </dl>
        {counts}
        {run.error_message
            .map(|message| {
                view! {
                    <div class="source__trouble">
                        <p>
                            <strong>{say("Erreur : ", "Error: ")}</strong>
                            {bound(&message)}
                        </p>
                        {run.hint.map(|hint| view! { <p>{bound(&hint)}</p> }.into_any())}
                    </div>
                }
                .into_any()
            })}
        {list(say("Avertissements", "Warnings"), run.warnings)}
        <p class="last-run__more">
            <a class="link" href=format!("/runs/{}", run.run_id)>
                {texts().sync.details}
                <Icon glyph=Glyph::ArrowRight />
            </a>
        </p>
    }
    .into_any()
}

/// The way on when the last sync did not believe that most rows are gone.
fn accept_removals(id: i64) -> AnyView {
    view! {
        <Permitted right=Right::Change>
            <form class="last-run__more" method="post" action=format!("{}/accept-removals", address(id))>
                <button class="button">{say("Accepter les suppressions", "Accept the removals")}</button>
            </form>
        </Permitted>
    }
    .into_any()
}

/// Where one goes on: to what the rows became, and to what belongs to deals or to tables alone.
#[component]
fn Elsewhere(account: AccountView, has_deals: bool, is_source: bool, dataset: Option<i64>) -> impl IntoView {
    let link = |href: String, title: String, text: &'static str| {
        view! {
            <a class="card elsewhere__link" href=href>
                <strong>{title}</strong>
                <span>{text}</span>
            </a>
        }
        .into_any()
    };
    let provider = &account.provider;
    let rows = match &account.destination {
        Destination::Deals => Some("/".to_owned()),
        Destination::Tables | Destination::Table { .. } => Some("/data".to_owned()),
        // It is there from its first sync on.
        Destination::Dataset { .. } => dataset.map(datasets::page_of),
    };
    let text = match &account.destination {
        Destination::Dataset { .. } => say("Voir le jeu de données", "See the dataset"),
        _ => say("Ce que les lignes sont devenues", "What the rows became"),
    };
    let rows = rows.map(|href| link(href, to(&account.destination), text));
    let deals = has_deals.then(|| {
        link(
            format!("{}?tab=mapping", address(account.id)),
            say("Mapping et export", "Mapping and export").to_owned(),
            say(
                "Quel champ va où, aperçu, envoi des deals",
                "Which field goes where, preview, sending deals",
            ),
        )
    });
    let mapping = is_source.then(|| {
        link(
            format!("/connectors/{provider}/mapping"),
            "Mapping".to_owned(),
            say("Quelle colonne va dans quel champ", "Which column goes into which field"),
        )
    });
    let quality = is_source.then(|| {
        link(
            format!("/connectors/{provider}/quality"),
            say("Qualité", "Quality").to_owned(),
            say("Ce qui manque et ce qui surprend", "What is missing and what surprises"),
        )
    });
    view! {
        <nav class="elsewhere" aria-label=say("Suite", "Where to go on")>
            {rows}
            {deals}
            {mapping}
            {quality}
        </nav>
    }
    .into_any()
}

//! The list of datasets.

use hub::AccountView;
use leptos::prelude::*;
use leptos_meta::Title;
use model::api::DatasetBody;

use super::address;
use crate::api::Fault;
use crate::components::{EmptyState, Glyph, Icon};
use crate::connections;
use crate::format;
use crate::i18n::lang;
use crate::ledger::{hub, loaded, say, told};
use crate::sources::{When, asked, passing};

/// The page of all datasets.
#[component]
pub(crate) fn ListPage() -> impl IntoView {
    loaded(load(), |(datasets, accounts)| view! { <Page datasets=datasets accounts=accounts /> }.into_any())
}

async fn load() -> Result<(Vec<DatasetBody>, Vec<AccountView>), Fault> {
    let (hub, lang) = (hub()?, lang());
    let datasets = hub.datasets(lang).await.map_err(told)?;
    Ok((datasets, hub.accounts(lang).await.map_err(told)?))
}

#[component]
fn Page(datasets: Vec<DatasetBody>, accounts: Vec<AccountView>) -> impl IntoView {
    let title = say("Jeux de données", "Datasets");
    let deleted = (asked("notice").as_deref() == Some("deleted"))
        .then(|| passing(say("Jeu de données supprimé", "Dataset deleted")));
    view! {
        <Title text=title />
        <div class="page-head">
            <a class="link" href=connections::LIST>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Connexions", "Connections")}
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead">
                {say(
                    "Les lignes de vos connexions telles qu'elles arrivent, avec leurs colonnes et leurs versions.",
                    "The rows of your connections as they come, with their columns and their versions.",
                )}
            </p>
        </div>
        {deleted}
        {if datasets.is_empty() {
            view! {
                <EmptyState
                    title=say("Aucun jeu de données pour le moment", "No dataset yet")
                    text=say(
                        "Choisissez « Un jeu de données » comme destination d'une connexion, puis synchronisez-la : ses lignes apparaissent ici.",
                        "Choose “A dataset” as the destination of a connection, then sync it: its rows appear here.",
                    )
                    action=(connections::LIST, say("Voir les connexions", "See the connections"))
                />
            }
                .into_any()
        } else {
            view! { <Table datasets=datasets accounts=accounts /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Table(datasets: Vec<DatasetBody>, accounts: Vec<AccountView>) -> impl IntoView {
    let head = |label: &'static str| view! { <th role="columnheader" scope="col">{label}</th> }.into_any();
    let number = |label: &'static str| {
        view! { <th role="columnheader" scope="col" class="table__number">{label}</th> }.into_any()
    };
    let lines = datasets.into_iter().map(|dataset| line(dataset, &accounts)).collect_view();
    view! {
        <section class="card">
            <table class="table dataset-list" role="table">
                <caption class="visually-hidden">{say("Jeux de données", "Datasets")}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {head(say("Nom", "Name"))}
                        {head(say("Connexion", "Connection"))}
                        {number(say("Lignes", "Rows"))}
                        {number("Version")}
                        {head(say("Mis à jour", "Updated"))}
                    </tr>
                </thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(dataset: DatasetBody, accounts: &[AccountView]) -> AnyView {
    let DatasetBody { id, name, provider, version, row_count, updated_at, .. } = dataset;
    // A dataset outlives its connection.
    let connection = match accounts.iter().find(|account| account.provider == provider) {
        Some(account) => {
            view! { <a class="link" href=connections::address(account.id)>{account.title.clone()}</a> }
                .into_any()
        }
        None => view! { <span class="table__faint">{provider}</span> }.into_any(),
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="dataset-list__name">
                <a class="link" href=address::page(id)>
                    {name}
                </a>
            </th>
            <td role="cell" data-label=say("Connexion", "Connection")>
                {connection}
            </td>
            <td role="cell" class="table__number" data-label=say("Lignes", "Rows")>
                {format::number(row_count, lang())}
            </td>
            <td role="cell" class="table__number" data-label="Version">
                {version}
            </td>
            <td role="cell" data-label=say("Mis à jour", "Updated")>
                <When instant=updated_at />
            </td>
        </tr>
    }
    .into_any()
}

//! The list of connections, and the kinds of which more can be made.

use hub::{AccountKind, AccountView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::card::Card;
use super::catalogue::Catalogue;
use super::{LIST, notice};
use crate::api::Fault;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::datasets;
use crate::i18n::lang;
use crate::ledger::{hub, loaded, say, told};
use crate::sources::{ResultDialog, ask_again};

/// The page of all connections.
#[component]
pub(crate) fn ListPage() -> impl IntoView {
    loaded(load(), |(accounts, kinds)| view! { <Page accounts=accounts kinds=kinds /> }.into_any())
}

async fn load() -> Result<(Vec<AccountView>, Vec<AccountKind>), Fault> {
    let hub = hub()?;
    let accounts = hub.accounts(lang()).await.map_err(told)?;
    Ok((accounts, hub.account_kinds()))
}

#[component]
fn Page(accounts: Vec<AccountView>, kinds: Vec<AccountKind>) -> impl IntoView {
    let title = say("Connexions", "Connections");
    view! {
        <Title text=title />
        <div class="page-head">
            <h1>{title}</h1>
            <p class="page-head__lead">
                {say(
                    "Tout ce qui est relié à Passerelle : ce qui arrive, d'où, et quand.",
                    "Everything that is connected with Passerelle: what comes, from where, and when.",
                )}
            </p>
            <p class="connections__ways">
                <a class="link" href=datasets::LIST>
                    {say("Jeux de données", "Datasets")}
                    <Icon glyph=Glyph::ArrowRight />
                </a>
                <a class="link" href="/webhooks">
                    "Webhooks"
                    <Icon glyph=Glyph::ArrowRight />
                </a>
            </p>
        </div>
        {notice()}
        {if accounts.is_empty() {
            view! { <Newcomer /> }.into_any()
        } else {
            view! { <Living accounts=accounts /> }.into_any()
        }}
        <Catalogue kinds=kinds address=LIST />
        <ResultDialog />
    }
}

/// What stands where there is no connection yet.
#[component]
fn Newcomer() -> impl IntoView {
    let lines = vec![
        say(
            "Choisissez un type ci-dessous : un formulaire demande ce qu'il faut, teste avec vous, puis enregistre.",
            "Choose a type below: a form asks for what is needed, tests it with you, then saves it.",
        )
        .to_owned(),
    ];
    view! {
        <div class="connections__none">
            <Notice tone=Tone::Neutral title=say("Aucune connexion pour le moment", "No connection yet") lines=lines />
        </div>
    }
}

/// What follows the connections: drawn anew while one of them is syncing.
#[component]
fn Living(accounts: Vec<AccountView>) -> impl IntoView {
    let is_busy = accounts.iter().any(|account| account.health == model::api::Health::Syncing);
    let cards = accounts.into_iter().map(|account| view! { <Card account=account /> }.into_any());
    view! {
        <div class="sources connections" id="connections" data-live data-busy=is_busy.to_string()>
            <h2 class="visually-hidden">{say("Vos connexions", "Your connections")}</h2>
            <ul class="sources__cards">{cards.collect_view()}</ul>
        </div>
        {is_busy.then(ask_again)}
    }
}

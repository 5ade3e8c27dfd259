//! The list of webhooks, and the form for a new one.

use leptos::prelude::*;
use leptos_meta::Title;
use model::api::WebhookBody;

use super::card::Card;
use super::form::{WebhookForm, WebhookTyped};
use super::{LIST, notice};
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{hub, loaded, say, told};

/// The page of all webhooks.
#[component]
pub(crate) fn ListPage() -> impl IntoView {
    loaded(load(), |webhooks| view! { <Page webhooks=webhooks /> }.into_any())
}

async fn load() -> Result<Vec<WebhookBody>, Fault> {
    hub()?.webhooks(lang()).await.map_err(told)
}

#[component]
fn Page(webhooks: Vec<WebhookBody>) -> impl IntoView {
    let is_empty = webhooks.is_empty();
    let cards = webhooks.into_iter().map(|webhook| view! { <Card webhook=webhook /> }.into_any());
    view! {
        <Title text="Webhooks" />
        <div class="page-head ledger__head">
            <a class="link" href="/connections">
                <Icon glyph=Glyph::ChevronLeft />
                {say("Connexions", "Connections")}
            </a>
            <h1>"Webhooks"</h1>
            <p class="page-head__lead">
                {say(
                    "Les adresses que Passerelle prévient de ce qui arrive aux synchronisations.",
                    "The addresses that Passerelle tells what becomes of syncs.",
                )}
            </p>
        </div>
        {notice()}
        {if is_empty {
            let none = say("Aucun webhook pour le moment.", "No webhook yet.");
            view! { <p class="sources__lead webhooks__none">{none}</p> }.into_any()
        } else {
            view! {
                <section class="sources connections">
                    <h2 class="visually-hidden">{say("Vos webhooks", "Your webhooks")}</h2>
                    <ul class="sources__cards">{cards.collect_view()}</ul>
                </section>
            }
            .into_any()
        }}
        <section class="card webhook-section" id="new">
            <h2>{say("Ajouter un webhook", "Add a webhook")}</h2>
            <WebhookForm stored=WebhookTyped::blank() action=LIST.to_owned() save=say("Ajouter", "Add") />
        </section>
    }
    .into_any()
}

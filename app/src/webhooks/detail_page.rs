//! One webhook: its settings, and the messages to it.

use leptos::prelude::*;
use leptos_meta::Title;
use model::api::{DeliveryBody, WebhookBody};

use super::deliveries::{DELIVERIES, Deliveries};
use super::form::{WebhookForm, WebhookTyped};
use super::secret::{SecretOnce, WebhookSecret};
use super::sending::Sending;
use super::standing::Standing;
use super::test_button::TestButton;
use super::test_outcome::{TestOutcome, WebhookTested};
use super::{LIST, address, id_in_address, notice};
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{entries_before, found, hub, say, told};

/// What the page shows.
struct Told {
    webhook: WebhookBody,
    /// Messages, newest first; how many come before them.
    deliveries: Vec<DeliveryBody>,
    before: u32,
}

/// The page of a webhook.
#[component]
pub(crate) fn DetailPage() -> impl IntoView {
    let (id, before) = (id_in_address(), entries_before("deliveries"));
    found(LIST, load(id, before), |told| view! { <Page told=told /> }.into_any())
}

async fn load(id: i64, before: u32) -> Result<Told, Fault> {
    let (hub, lang) = (hub()?, lang());
    let webhook = hub.webhook(id, lang).await.map_err(told)?;
    let deliveries = hub.deliveries(id, DELIVERIES, before, lang).await.map_err(told)?;
    Ok(Told { webhook, deliveries, before })
}

#[component]
fn Page(told: Told) -> impl IntoView {
    let Told { webhook, deliveries, before } = told;
    let (id, title) = (webhook.id, webhook.title.clone());
    view! {
        <Title text=title.clone() />
        <div class="page-head source-head">
            <a class="link" href=LIST>
                <Icon glyph=Glyph::ChevronLeft />
                "Webhooks"
            </a>
            <div class="sources__head">
                <div>
                    <h1 id="webhook-name">{title}</h1>
                    <p class="source-head__kind">
                        <Standing webhook=webhook.clone() />
                    </p>
                </div>
                <div class="source__actions">
                    <TestButton id=id described_by="webhook-name".to_owned() />
                </div>
            </div>
        </div>
        {notice()}
        {use_context().map(|WebhookSecret(secret)| view! { <SecretOnce secret=secret /> }.into_any())}
        {use_context().map(|WebhookTested(delivery)| view! { <TestOutcome delivery=delivery /> }.into_any())}
        <section class="card webhook-section">
            <h2>{say("Réglages", "Settings")}</h2>
            <WebhookForm
                stored=WebhookTyped::stored(webhook.clone())
                action=address(id)
                save=say("Enregistrer", "Save")
            />
        </section>
        <Sending webhook=webhook />
        <Deliveries id=id deliveries=deliveries before=before />
        <p class="source-end">
            <a class="button button--quiet source-end__delete" href=format!("{}/delete", address(id))>
                {say("Supprimer ce webhook", "Delete this webhook")}
            </a>
        </p>
    }
    .into_any()
}

//! The pages of webhooks, and what their forms ask for.
//!
//! A form is answered with the page it leads to, or with itself again. A secret is in the one answer to the
//! form that made it: in no address, and kept by no cache.

use app::{WebhookSecret, WebhookTested};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use axum::routing::get;
use hub::Kind;
use leptos::prelude::provide_context;
use model::api::{NewWebhookBody, WebhookUpdate};

use crate::AppState;
use crate::drawing::{Sender, Shell, still_page};
use crate::extract::{DeliveryId, Id};
use crate::form::read;
use crate::webhook_form::Sent;

/// The list of webhooks, with the form for a new one.
const LIST: &str = "/webhooks";

/// Addresses and what answers at them. A form's address, asked for as a page (by the language switch, by
/// hand), leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(LIST, get(still_page).post(create))
        .route("/webhooks/{id}", get(still_page).post(update))
        .route("/webhooks/{id}/active", get(to_webhook).post(switch))
        .route("/webhooks/{id}/secret", get(to_webhook).post(renew))
        .route("/webhooks/{id}/test", get(to_webhook).post(test))
        .route("/webhooks/{id}/deliveries/{delivery}/redeliver", get(to_webhook).post(redeliver))
        .route("/webhooks/{id}/delete", get(still_page).post(delete))
}

async fn to_webhook(Id(id): Id) -> Redirect {
    Redirect::to(&webhook(id))
}

/// The form for a new webhook; its answer is the one that tells the secret.
async fn create(State(state): State<AppState>, sender: Sender, form: Bytes) -> Response {
    let sent = Sent::read(&form);
    match state.hub.create_webhook(sent.draft(), sender.lang).await {
        Ok(new) => told_once(&state, &sender, new).await,
        Err(error) => refused(&state, &sender, sent, error, LIST).await,
    }
}

/// Address, title and events.
async fn update(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let sent = Sent::read(&form);
    match state.hub.update_webhook(id, sent.update(), sender.lang).await {
        Ok(_) => sender.led(&state, Ok(noticed(id, "saved")), LIST).await,
        Err(error) => refused(&state, &sender, sent, error, &webhook(id)).await,
    }
}

/// The form holds `active`: `true` or `false`.
async fn switch(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let is_on = read(&form).get("active").is_some_and(|word| word == "true");
    let update = WebhookUpdate { is_active: Some(is_on), ..WebhookUpdate::default() };
    let switched = state.hub.update_webhook(id, update, sender.lang).await;
    let notice = if is_on { "on" } else { "off" };
    sender.led(&state, switched.map(|_| noticed(id, notice)), LIST).await
}

/// Another secret, told by the answer.
async fn renew(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    match state.hub.rotate_webhook_secret(id, sender.lang).await {
        Ok(new) => told_once(&state, &sender, new).await,
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// Sends a test; the page of the webhook says what became of it.
async fn test(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    match state.hub.test_webhook(id, sender.lang).await {
        Ok(delivery) => {
            let provide = move || provide_context(WebhookTested(delivery.clone()));
            sender.shown(&state, Shell::Still, &webhook(id), StatusCode::OK, provide).await
        }
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// Sends a message again.
async fn redeliver(
    State(state): State<AppState>,
    sender: Sender,
    Id(id): Id,
    DeliveryId(delivery): DeliveryId,
) -> Response {
    let sent = state.hub.redeliver(id, delivery, sender.lang).await;
    sender.led(&state, sent.map(|_| format!("{}#deliveries", noticed(id, "resent"))), &webhook(id)).await
}

async fn delete(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let deleted = state.hub.delete_webhook(id).await.map(|()| format!("{LIST}?notice=deleted"));
    sender.led(&state, deleted, LIST).await
}

/// The page of a webhook.
fn webhook(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// That page, saying what was done.
fn noticed(id: i64, word: &str) -> String {
    format!("{LIST}/{id}?notice={word}")
}

/// The page of a webhook with its new secret.
async fn told_once(state: &AppState, sender: &Sender, new: NewWebhookBody) -> Response {
    sender.told_once(state, &webhook(new.webhook.id), WebhookSecret(new.secret)).await
}

/// The page of a form that was sent and is not right yet, or why it could not be carried out.
async fn refused(state: &AppState, sender: &Sender, sent: Sent, error: hub::Error, path: &str) -> Response {
    if !matches!(error.kind, Kind::Invalid) {
        return sender.refused(state, error, LIST).await;
    }
    let typed = sent.typed(error.message(sender.lang).to_owned());
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    sender.shown(state, Shell::Still, path, status, move || provide_context(typed.clone())).await
}

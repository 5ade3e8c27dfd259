//! `/api/webhooks`: addresses that are told what happens, and the messages to them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::api::{DeliveryBody, NewWebhookBody, WebhookBody, WebhookDraft, WebhookUpdate};

use super::docs::{Delivery, Part, Webhook};
use super::runs::Slice;
use crate::envelope::{Data, Failure, Removed};
use crate::extract::{Body, DeliveryId, FromFields, Id, Query};
use crate::fields::Fields;
use crate::reader::Reader;
use crate::{ApiError, AppState};

impl FromFields for WebhookDraft {
    fn from_fields(fields: &mut Fields) -> Option<WebhookDraft> {
        Some(WebhookDraft {
            // One without an address is refused as one whose address is none.
            url: fields.text("url").unwrap_or_default(),
            title: fields.text("title"),
            events: fields.list("events"),
        })
    }
}

impl FromFields for WebhookUpdate {
    fn from_fields(fields: &mut Fields) -> Option<WebhookUpdate> {
        Some(WebhookUpdate {
            url: fields.text("url"),
            title: fields.text("title"),
            events: fields.list("events"),
            is_active: fields.flag("is_active"),
        })
    }
}

/// Every webhook.
#[utoipa::path(
    get, path = "/api/webhooks", tag = "webhooks",
    responses((status = 200, body = Data<Vec<WebhookBody>>))
)]
pub(super) async fn list_webhooks(
    State(state): State<AppState>,
    Reader(lang): Reader,
) -> Result<Json<Data<Vec<WebhookBody>>>, ApiError> {
    Ok(Data::of(state.hub.webhooks(lang).await?))
}

/// Adds a webhook. The secret its messages are signed with is in this answer only.
#[utoipa::path(
    post, path = "/api/webhooks", tag = "webhooks", request_body = WebhookDraft,
    responses((status = 201, body = Data<NewWebhookBody>), (status = 400, body = Failure))
)]
pub(super) async fn create_webhook(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Body(draft): Body<WebhookDraft>,
) -> Result<(StatusCode, Json<Data<NewWebhookBody>>), ApiError> {
    Ok((StatusCode::CREATED, Data::of(state.hub.create_webhook(draft, lang).await?)))
}

/// One webhook.
#[utoipa::path(
    get, path = "/api/webhooks/{id}", tag = "webhooks", params(Webhook),
    responses((status = 200, body = Data<WebhookBody>), (status = 404, body = Failure))
)]
pub(super) async fn find_webhook(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<WebhookBody>>, ApiError> {
    Ok(Data::of(state.hub.webhook(id, lang).await?))
}

/// Changes a webhook; what is absent stays.
#[utoipa::path(
    put, path = "/api/webhooks/{id}", tag = "webhooks", params(Webhook), request_body = WebhookUpdate,
    responses(
        (status = 200, body = Data<WebhookBody>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn update_webhook(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Body(update): Body<WebhookUpdate>,
) -> Result<Json<Data<WebhookBody>>, ApiError> {
    Ok(Data::of(state.hub.update_webhook(id, update, lang).await?))
}

/// Removes a webhook with the messages to it.
#[utoipa::path(
    delete, path = "/api/webhooks/{id}", tag = "webhooks", params(Webhook),
    responses((status = 200, body = Data<Removed>), (status = 404, body = Failure))
)]
pub(super) async fn delete_webhook(
    State(state): State<AppState>,
    Id(id): Id,
) -> Result<Json<Data<Removed>>, ApiError> {
    state.hub.delete_webhook(id).await?;
    Ok(Data::of(Removed { id }))
}

/// Gives a webhook another secret; it is in this answer only.
#[utoipa::path(
    post, path = "/api/webhooks/{id}/secret", tag = "webhooks", params(Webhook),
    responses((status = 200, body = Data<NewWebhookBody>), (status = 404, body = Failure))
)]
pub(super) async fn rotate_webhook_secret(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<NewWebhookBody>>, ApiError> {
    Ok(Data::of(state.hub.rotate_webhook_secret(id, lang).await?))
}

/// Sends a test at once and answers with what became of it. One that does not arrive is an answer too: 200
/// with `status: "failed"`.
#[utoipa::path(
    post, path = "/api/webhooks/{id}/test", tag = "webhooks", params(Webhook),
    responses((status = 200, body = Data<DeliveryBody>), (status = 404, body = Failure))
)]
pub(super) async fn test_webhook(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
) -> Result<Json<Data<DeliveryBody>>, ApiError> {
    Ok(Data::of(state.hub.test_webhook(id, lang).await?))
}

/// The messages to a webhook, newest first; they are kept for 30 days.
#[utoipa::path(
    get, path = "/api/webhooks/{id}/deliveries", tag = "webhooks", params(Webhook, Part),
    responses((status = 200, body = Data<Vec<DeliveryBody>>), (status = 404, body = Failure))
)]
pub(super) async fn list_deliveries(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    Query(Slice { limit, offset }): Query<Slice>,
) -> Result<Json<Data<Vec<DeliveryBody>>>, ApiError> {
    Ok(Data::of(state.hub.deliveries(id, limit, offset, lang).await?))
}

/// Sends a message again, under the same message id; answers with the new entry of the list.
#[utoipa::path(
    post, path = "/api/webhooks/{id}/deliveries/{delivery}/redeliver", tag = "webhooks", params(Delivery),
    responses(
        (status = 200, body = Data<DeliveryBody>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn redeliver_message(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Id(id): Id,
    DeliveryId(delivery): DeliveryId,
) -> Result<Json<Data<DeliveryBody>>, ApiError> {
    Ok(Data::of(state.hub.redeliver(id, delivery, lang).await?))
}

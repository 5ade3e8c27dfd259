//! Bodies of webhooks: who is told what, and what became of each message.

use serde::{Deserialize, Serialize};

/// An address that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookBody {
    /// Its id.
    pub id: i64,
    /// What people call it.
    pub title: String,
    /// Where messages are sent.
    pub url: String,
    /// What it is told: `run.finished`, `run.failed`, `run.recovered`, `token.expired`, `schedule.paused`.
    pub events: Vec<String>,
    /// Whether messages are sent.
    pub is_active: bool,
    /// Why it was switched off by itself; switched on again, messages go on.
    pub disabled: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}

/// A webhook with the secret that its messages are signed with: it is told once.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewWebhookBody {
    /// The webhook.
    pub webhook: WebhookBody,
    /// `whsec_…`, as Standard Webhooks writes it; keep it, it is not shown again.
    pub secret: String,
}

/// A new webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhookDraft {
    /// Where messages are to be sent.
    #[cfg_attr(feature = "openapi", schema(example = "https://example.com/hooks/passerelle"))]
    pub url: String,
    /// What people call it; the address's host when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is told; everything when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
}

/// A change of a webhook. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhookUpdate {
    /// Where messages are to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// Whether messages are sent; `true` also undoes that it was switched off by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// One message to one webhook, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryBody {
    /// Its id.
    pub id: i64,
    /// The id the receiver knows the message by (`webhook-id`); the same when it is sent again.
    pub message_id: String,
    /// What happened: `run.failed`…
    pub event: String,
    /// What was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub payload: serde_json::Value,
    /// `pending`, `delivered` or `failed`.
    pub status: String,
    /// How often it was sent.
    pub attempts: u32,
    /// When it is sent again; RFC 3339, UTC.
    pub next_at: Option<String>,
    /// The HTTP status of the last answer.
    pub response_status: Option<u16>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// When it arrived or was given up; RFC 3339, UTC.
    pub completed_at: Option<String>,
}

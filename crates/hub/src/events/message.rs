//! What is sent: `{"type", "timestamp", "data"}`. Never a secret, never what a record holds.

use model::{Event, Text};
use serde_json::{Value, json};
use store::{NewDelivery, RunRow, WebhookRow};

/// Something to tell.
pub(super) struct Message {
    pub(super) event: Event,
    body: String,
}

impl Message {
    fn new(event: Event, at: &str, data: &Value) -> Message {
        let body = json!({"type": event.word(), "timestamp": at, "data": data}).to_string();
        Message { event, body }
    }

    /// About a run that has ended.
    pub(super) fn of_run(event: Event, run: &RunRow, title: &str, at: &str) -> Message {
        let error = run
            .ending
            .message
            .as_ref()
            .map(|message| json!({"code": run.ending.code, "message": message, "hint": run.ending.hint}));
        let data = json!({
            "connection": run.provider,
            "title": title,
            "run_id": run.id,
            "subject": run.subject.word(),
            "direction": run.direction.word(),
            "cause": run.cause.word(),
            "status": run.status.word(),
            "counts": run.counts,
            "error": error,
            "started_at": run.started_at,
            "completed_at": run.completed_at,
            "path": format!("/runs/{}", run.id),
        });
        Message::new(event, at, &data)
    }

    /// About a schedule that stopped after this run.
    pub(super) fn of_pause(run: &RunRow, title: &str, why: &Text, at: &str) -> Message {
        let data = json!({
            "connection": run.provider,
            "title": title,
            "run_id": run.id,
            "direction": run.direction.word(),
            "reason": why,
            "path": format!("/runs/{}", run.id),
        });
        Message::new(Event::SchedulePaused, at, &data)
    }

    /// About a grant that is gone while nothing was running.
    pub(super) fn of_loss(provider: &str, title: &str, why: &Text, at: &str) -> Message {
        let data = json!({"connection": provider, "title": title, "reason": why, "path": "/connections"});
        Message::new(Event::TokenExpired, at, &data)
    }

    /// To see whether messages arrive.
    pub(super) fn test(title: &str, at: &str) -> Message {
        let text =
            Text::fixed("Passerelle peut joindre cette adresse.", "Passerelle can reach this address.");
        Message::new(Event::Test, at, &json!({"title": title, "message": text}))
    }

    /// As it is sent to one webhook.
    pub(super) fn to(&self, webhook: &WebhookRow) -> NewDelivery {
        NewDelivery {
            webhook_id: webhook.id,
            message_id: format!("msg_{}", word(27)),
            event: self.event.word().to_owned(),
            payload: self.body.clone(),
        }
    }

    /// As it is sent to all who asked for it.
    pub(super) fn to_all<'a>(&'a self, webhooks: &'a [WebhookRow]) -> impl Iterator<Item = NewDelivery> + 'a {
        let wants = |webhook: &&WebhookRow| {
            webhook.is_active && webhook.disabled.is_none() && webhook.events.contains(&self.event)
        };
        webhooks.iter().filter(wants).map(|webhook| self.to(webhook))
    }
}

/// A word nobody else has.
pub(super) fn word(letters: usize) -> String {
    std::iter::repeat_with(fastrand::alphanumeric).take(letters).collect()
}

//! One attempt to deliver a message, and what follows from it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::http::Untold;
use model::Text;
use model::api::instant;
use secrecy::SecretString;
use store::{DeliveryRow, DeliveryStatus, WebhookRow};
use url::Url;

use super::signature;
use crate::{Error, Hub, Kind, Result};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// The pauses after the first attempt, the second… in seconds, as Standard Webhooks recommends them. After
/// the last one the message is given up: three days and a quarter.
const PAUSES: [u64; 9] =
    [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// The longest of them, as it may be drawn.
pub(super) const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(27);

/// How much longer than it should be a pause may be drawn, so that receivers that come back are not met by
/// everything at once.
const JITTER: f64 = 0.1;

/// The status of a receiver that wants no more messages, as Standard Webhooks has it.
const GONE: u16 = 410;

/// The pause after that many attempts; `None` to give up. `drawn`: between 0 and 1.
fn pause(attempts: u32, drawn: f64) -> Option<Duration> {
    let seconds = PAUSES.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    Some(Duration::from_secs(*seconds).mul_f64(1.0 + JITTER * drawn))
}

/// Whether a message that did not arrive is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// After a pause, until it is given up.
    Later,
    /// Somebody waits for the answer and sees it.
    Never,
}

impl Hub {
    /// Sends a message once and keeps how it went.
    pub(super) async fn attempt(&self, mut delivery: DeliveryRow, again: Again) -> Result<DeliveryRow> {
        let Some(webhook) = self.store().webhook(delivery.message.webhook_id).await? else {
            // Removed while the message was on its way out; the message went with it.
            return Ok(delivery);
        };
        let answer = self.send(&webhook, &delivery).await;
        let at = self.time();
        note(&mut delivery, &answer, again, at);
        let mut batch = self.store().begin().await?;
        batch.put_attempt(&delivery).await?;
        if delivery.response_status == Some(GONE) {
            batch.disable_webhook(webhook.id, &wants_no_more(&webhook)).await?;
        }
        batch.commit().await?;
        tracing::info!(
            webhook = webhook.id,
            delivery = delivery.id,
            attempt = delivery.attempts,
            status = delivery.status.word(),
            answer = delivery.response_status,
            "a message was sent"
        );
        Ok(delivery)
    }

    async fn send(&self, webhook: &WebhookRow, delivery: &DeliveryRow) -> std::result::Result<u16, Untold> {
        let (url, secret) = self.way_to(webhook).await.map_err(|error| Untold {
            status: None,
            error: connectors::Error::new(connectors::ErrorKind::InvalidSettings, error.message),
        })?;
        let (message, timestamp) = (&delivery.message, self.time().timestamp());
        // Who verifies it refuses it when it is missing; so it is sent at all events.
        let signed = signature::sign(&secret, &message.message_id, timestamp, &message.payload);
        let headers = [
            ("webhook-id", message.message_id.clone()),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signed.unwrap_or_default()),
        ];
        self.inner.http.tell(&url, &headers, message.payload.clone(), &[secret]).await
    }

    async fn way_to(&self, webhook: &WebhookRow) -> Result<(Url, SecretString)> {
        let url = Url::parse(&webhook.url).map_err(|_| {
            Error::new(
                Kind::Invalid,
                Text::fixed("L'adresse du webhook n'en est pas une.", "The webhook's address is none."),
            )
        })?;
        Ok((url, self.store().webhook_secret(webhook).await?))
    }
}

/// What an attempt makes of a message.
fn note(
    delivery: &mut DeliveryRow,
    answer: &std::result::Result<u16, Untold>,
    again: Again,
    at: DateTime<Utc>,
) {
    delivery.attempts += 1;
    let pause = pause(delivery.attempts, fastrand::f64());
    let ended = match answer {
        Ok(status) => {
            delivery.response_status = Some(*status);
            delivery.error = None;
            Some(DeliveryStatus::Delivered)
        }
        Err(untold) => {
            delivery.response_status = untold.status;
            delivery.error = Some(told(&untold.error));
            let gives_up = again == Again::Never || untold.status == Some(GONE) || pause.is_none();
            gives_up.then_some(DeliveryStatus::Failed)
        }
    };
    delivery.status = ended.unwrap_or(DeliveryStatus::Pending);
    delivery.completed_at = ended.map(|_| instant(at));
    delivery.next_at = pause.filter(|_| ended.is_none()).map(|pause| instant(at + pause));
}

/// What happened and what to do, as one text.
fn told(error: &connectors::Error) -> Text {
    match &error.hint {
        Some(hint) => Text::new(
            format!("{} {}", error.message.fr, hint.fr),
            format!("{} {}", error.message.en, hint.en),
        ),
        None => error.message.clone(),
    }
}

fn wants_no_more(webhook: &WebhookRow) -> Text {
    let title = &webhook.title;
    Text::new(
        format!(
            "« {title} » ne veut plus de messages (réponse 410). Corrigez l'adresse, ou réactivez le webhook."
        ),
        format!(
            "“{title}” wants no more messages (answer 410). Correct the address, or switch the webhook on again."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_come_to_an_end() {
        let drawn = |attempts| pause(attempts, 0.0).map(|pause| pause.as_secs());
        let all: Vec<Option<u64>> = (1..=10).map(drawn).collect();
        let hours = |hours| Some(hours * HOUR);
        let expected = [
            Some(5),
            Some(300),
            Some(1_800),
            hours(2),
            hours(5),
            hours(10),
            hours(14),
            hours(20),
            hours(24),
            None,
        ];
        assert_eq!(all, expected);
        for attempts in 1..=9 {
            assert!(pause(attempts, 1.0) > pause(attempts, 0.0));
            assert!(pause(attempts, 1.0) <= pause(attempts, 0.0).map(|pause| pause.mul_f64(1.11)));
        }
        assert!(
            (1..=9).filter_map(|attempts| pause(attempts, 1.0)).all(|p| p <= LONGEST_PAUSE.to_std().unwrap())
        );
        assert_eq!((pause(0, 0.0), pause(u32::MAX, 0.0)), (None, None));
    }
}

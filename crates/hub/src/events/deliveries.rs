//! What became of the messages to a webhook; one sent to try it, or again.

use model::api::{DeliveryBody, instant};
use model::{Lang, Text};
use store::{DeliveryRow, NewDelivery};

use super::attempt::Again;
use super::message::Message;
use super::sending::ours_until;
use crate::{Error, Hub, Kind, Result};

impl Hub {
    /// The messages to a webhook, newest first.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn deliveries(
        &self,
        webhook_id: i64,
        limit: u32,
        offset: u32,
        lang: Lang,
    ) -> Result<Vec<DeliveryBody>> {
        self.webhook_row(webhook_id).await?;
        let rows = self.store().deliveries(webhook_id, limit, offset).await?;
        Ok(rows.into_iter().map(|row| delivery_body(row, lang)).collect())
    }

    /// Sends a webhook a test at once and waits for the answer; one that does not arrive is an answer too,
    /// and is not sent again.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn test_webhook(&self, webhook_id: i64, lang: Lang) -> Result<DeliveryBody> {
        let webhook = self.webhook_row(webhook_id).await?;
        let now = self.time();
        let message = Message::test(&webhook.title, &instant(now)).to(&webhook);
        let mut batch = self.store().begin().await?;
        let ids = batch.add_deliveries(&[message], &instant(now)).await?;
        for id in &ids {
            batch.hold_delivery(*id, &ours_until(now)).await?;
        }
        batch.commit().await?;
        let delivery = self.delivery_row(webhook_id, ids.first().copied().unwrap_or_default()).await?;
        Ok(delivery_body(self.attempt(delivery, Again::Never).await?, lang))
    }

    /// Sends a message again, under the id that its receiver knows it by. The message that was is kept.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when it is still to be sent; the database does not answer.
    pub async fn redeliver(&self, webhook_id: i64, delivery_id: i64, lang: Lang) -> Result<DeliveryBody> {
        let delivery = self.delivery_row(webhook_id, delivery_id).await?;
        if delivery.completed_at.is_none() {
            return Err(Error::invalid(Text::fixed(
                "Ce message est encore en attente : il sera envoyé de lui-même.",
                "This message is still waiting: it will be sent by itself.",
            )));
        }
        let again = NewDelivery { ..delivery.message };
        let mut batch = self.store().begin().await?;
        let ids = batch.add_deliveries(&[again], &self.at()).await?;
        batch.commit().await?;
        self.inner.wakers.messages.notify_one();
        let added = self.delivery_row(webhook_id, ids.first().copied().unwrap_or_default()).await?;
        Ok(delivery_body(added, lang))
    }

    async fn delivery_row(&self, webhook_id: i64, id: i64) -> Result<DeliveryRow> {
        let row = self.store().delivery(id).await?.filter(|row| row.message.webhook_id == webhook_id);
        row.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Text::new(
                    format!("Le message n° {id} de ce webhook n'existe pas."),
                    format!("This webhook has no message {id}."),
                ),
            )
        })
    }
}

fn delivery_body(row: DeliveryRow, lang: Lang) -> DeliveryBody {
    DeliveryBody {
        id: row.id,
        message_id: row.message.message_id,
        event: row.message.event,
        payload: serde_json::from_str(&row.message.payload).unwrap_or_default(),
        status: row.status.word().to_owned(),
        attempts: row.attempts,
        next_at: row.next_at,
        response_status: row.response_status,
        error: row.error.map(|error| error.get(lang).to_owned()),
        created_at: row.created_at,
        completed_at: row.completed_at,
    }
}

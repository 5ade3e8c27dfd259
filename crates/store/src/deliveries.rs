//! The table `webhook_deliveries`: messages to webhooks, and what became of each.

use model::Text;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{count, json, text_json};
use crate::{Batch, Error, Result, Store};

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// To whom.
    pub webhook_id: i64,
    /// What the receiver knows it by.
    pub message_id: String,
    /// What happened, as messages name it.
    pub event: String,
    /// JSON, as it is sent and signed.
    pub payload: String,
}

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// To be sent, for the first time or again.
    Pending,
    /// Arrived.
    Delivered,
    /// Given up.
    Failed,
}

impl DeliveryStatus {
    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            DeliveryStatus::Pending => "pending",
            DeliveryStatus::Delivered => "delivered",
            DeliveryStatus::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Option<DeliveryStatus> {
        [DeliveryStatus::Pending, DeliveryStatus::Delivered, DeliveryStatus::Failed]
            .into_iter()
            .find(|status| status.word() == word)
    }
}

/// One message to one webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its id.
    pub id: i64,
    /// To whom, saying what.
    pub message: NewDelivery,
    /// How it stands.
    pub status: DeliveryStatus,
    /// How often it was sent.
    pub attempts: u32,
    /// When it is sent; `None` when it no longer is.
    pub next_at: Option<String>,
    /// The HTTP status of the last answer.
    pub response_status: Option<u16>,
    /// Why the last attempt failed.
    pub error: Option<Text>,
    /// When it came up.
    pub created_at: String,
    /// When it arrived or was given up.
    pub completed_at: Option<String>,
}

const COLUMNS: &str = "id, webhook_id, message_id, event, payload, status, attempts, next_at, response_status, error, \
                       created_at, completed_at";

/// What may be sent now. One message at a time to each webhook, so that one which does not answer holds
/// nobody else up.
const SENDABLE: &str = "d.status = 'pending' and (d.next_at <= $1 or d.next_at > $2) \
                        and (d.claimed_until is null or d.claimed_until <= $1 or d.claimed_until > $3) \
                        and exists (select 1 from webhooks w where w.id = d.webhook_id and w.is_active = 1 \
                        and w.disabled is null) \
                        and not exists (select 1 from webhook_deliveries o where o.webhook_id = d.webhook_id \
                        and o.status = 'pending' and o.claimed_until > $1 and o.claimed_until <= $3)";

/// The moments by which a message is taken to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// The present one.
    pub now: &'a str,
    /// Until when the message is this process's.
    pub until: &'a str,
    /// A claim beyond it was made by a clock that has gone back since: it does not count.
    pub distant: &'a str,
    /// A message that waits beyond it does so by such a clock: it is sent now.
    pub distant_next: &'a str,
}

impl Store {
    /// The messages to one webhook, newest first.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn deliveries(&self, webhook_id: i64, limit: u32, offset: u32) -> Result<Vec<DeliveryRow>> {
        let sql = format!(
            "select {COLUMNS} from webhook_deliveries where webhook_id = $1 order by id desc limit $2 offset $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(webhook_id)
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(delivery).collect()
    }

    /// One message.
    ///
    /// # Errors
    /// As [`Store::deliveries`].
    pub async fn delivery(&self, id: i64) -> Result<Option<DeliveryRow>> {
        let sql = format!("select {COLUMNS} from webhook_deliveries where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(delivery).transpose()
    }

    /// How many messages are still to be sent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn waiting_deliveries(&self) -> Result<i64> {
        let sql = "select count(*) from webhook_deliveries where status = 'pending'";
        Ok(sqlx::query_scalar(sql).fetch_one(&self.read).await?)
    }

    /// When the first message that cannot be sent yet is to be sent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn next_delivery(&self, now: &str) -> Result<Option<String>> {
        let sql = "select min(next_at) from webhook_deliveries where status = 'pending' and next_at > $1";
        Ok(sqlx::query_scalar(sql).bind(now).fetch_one(&self.read).await?)
    }

    /// Takes the message that has waited longest, for this process to send; `None` when none may be sent.
    ///
    /// # Errors
    /// The database could not write, or a row is not what this program writes.
    pub async fn claim_delivery(&self, at: &Sending<'_>) -> Result<Option<DeliveryRow>> {
        loop {
            let sql = format!(
                "select d.id from webhook_deliveries d where {SENDABLE} order by d.next_at, d.id limit 1"
            );
            let waiting: Option<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .bind(at.now)
                .bind(at.distant_next)
                .bind(at.distant)
                .fetch_optional(&self.read)
                .await?;
            let Some(id) = waiting else { return Ok(None) };
            let mut batch = self.begin().await?;
            let sql = format!(
                "update webhook_deliveries as d set claimed_until = $4 where d.id = $5 and {SENDABLE} \
                 returning {COLUMNS}"
            );
            let row = sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(at.now)
                .bind(at.distant_next)
                .bind(at.distant)
                .bind(at.until)
                .bind(id)
                .fetch_optional(&mut *batch.tx)
                .await?;
            batch.commit().await?;
            // Another process took it between both statements: look for the next.
            if let Some(row) = row {
                return delivery(&row).map(Some);
            }
        }
    }
}

impl Batch {
    /// Adds messages, to be sent at once.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_deliveries(&mut self, messages: &[NewDelivery], now: &str) -> Result<Vec<i64>> {
        let mut ids = Vec::with_capacity(messages.len());
        for message in messages {
            let id = sqlx::query_scalar(
                "insert into webhook_deliveries (webhook_id, message_id, event, payload, status, next_at, created_at) \
                 values ($1, $2, $3, $4, 'pending', $5, $5) returning id",
            )
            .bind(message.webhook_id)
            .bind(&message.message_id)
            .bind(&message.event)
            .bind(&message.payload)
            .bind(now)
            .fetch_one(&mut *self.tx)
            .await?;
            ids.push(id);
        }
        Ok(ids)
    }

    /// Takes one message, whatever else goes on, for this process to send until `until`.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn hold_delivery(&mut self, id: i64, until: &str) -> Result<()> {
        sqlx::query("update webhook_deliveries set claimed_until = $2 where id = $1")
            .bind(id)
            .bind(until)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Keeps what became of an attempt, and gives the message back.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_attempt(&mut self, row: &DeliveryRow) -> Result<()> {
        sqlx::query(
            "update webhook_deliveries set status = $2, attempts = $3, next_at = $4, response_status = $5, error = $6, \
             completed_at = $7, claimed_until = null where id = $1",
        )
        .bind(row.id)
        .bind(row.status.word())
        .bind(i64::from(row.attempts))
        .bind(row.next_at.clone())
        .bind(row.response_status.map(i64::from))
        .bind(row.error.as_ref().map(text_json))
        .bind(row.completed_at.clone())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Removes what came up before that moment; returns how many there were.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_deliveries(&mut self, before: &str) -> Result<u64> {
        let done = sqlx::query("delete from webhook_deliveries where created_at < $1")
            .bind(before)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }
}

fn delivery(row: &AnyRow) -> Result<DeliveryRow> {
    let status: String = row.try_get("status")?;
    let attempts = count(row.try_get::<i64, _>("attempts")?);
    let response: Option<i64> = row.try_get("response_status")?;
    Ok(DeliveryRow {
        id: row.try_get("id")?,
        message: NewDelivery {
            webhook_id: row.try_get("webhook_id")?,
            message_id: row.try_get("message_id")?,
            event: row.try_get("event")?,
            payload: row.try_get("payload")?,
        },
        status: DeliveryStatus::from_word(&status)
            .ok_or(Error::Corrupt { what: "delivery status", value: status })?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        next_at: row.try_get("next_at")?,
        response_status: response.and_then(|status| u16::try_from(status).ok()),
        error: json(row.try_get("error")?, "error")?,
        created_at: row.try_get("created_at")?,
        completed_at: row.try_get("completed_at")?,
    })
}

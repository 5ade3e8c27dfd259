//! The table `webhooks`: who is told what happens.

use model::{Event, Text};
use secrecy::SecretString;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{json, text_json};
use crate::{Batch, Error, Result, Store};

/// An address that is told what happens. Its secret stays sealed until [`Store::webhook_secret`] opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookRow {
    /// Its id; 0 before it is stored.
    pub id: i64,
    /// A random word its secret is sealed under.
    pub reference: String,
    /// What people call it.
    pub title: String,
    /// Where messages are sent.
    pub url: String,
    /// What it is told.
    pub events: Vec<Event>,
    /// Whether messages are sent.
    pub is_active: bool,
    /// Why it was switched off by itself.
    pub disabled: Option<Text>,
    /// When it was made.
    pub created_at: String,
    /// When it was last saved.
    pub updated_at: String,
}

const COLUMNS: &str = "id, reference, title, url, events, is_active, disabled, created_at, updated_at";

impl Store {
    /// Every webhook, in the order in which they were made.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn webhooks(&self) -> Result<Vec<WebhookRow>> {
        let sql = format!("select {COLUMNS} from webhooks order by id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        rows.iter().map(webhook).collect()
    }

    /// One webhook.
    ///
    /// # Errors
    /// As [`Store::webhooks`].
    pub async fn webhook(&self, id: i64) -> Result<Option<WebhookRow>> {
        let sql = format!("select {COLUMNS} from webhooks where id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(webhook).transpose()
    }

    /// The secret that the messages of a webhook are signed with, opened.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the keys at hand do not open it; the database does not answer.
    pub async fn webhook_secret(&self, row: &WebhookRow) -> Result<SecretString> {
        let sealed: String = sqlx::query_scalar("select secret from webhooks where id = $1")
            .bind(row.id)
            .fetch_one(&self.read)
            .await?;
        self.keys.open(&place(&row.reference), &sealed)
    }
}

impl Batch {
    /// Stores a new webhook with its secret; returns its id.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_webhook(
        &mut self,
        store: &Store,
        row: &WebhookRow,
        secret: &SecretString,
    ) -> Result<i64> {
        let sealed = self.seal(store, &place(&row.reference), secret).await?;
        let id = sqlx::query_scalar(
            "insert into webhooks (reference, title, url, secret, events, is_active, disabled, created_at, updated_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        )
        .bind(&row.reference)
        .bind(&row.title)
        .bind(&row.url)
        .bind(sealed)
        .bind(words(&row.events))
        .bind(i64::from(row.is_active))
        .bind(row.disabled.as_ref().map(text_json))
        .bind(&row.created_at)
        .bind(&row.updated_at)
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Stores the settings of a webhook, all but its secret.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_webhook(&mut self, row: &WebhookRow) -> Result<()> {
        sqlx::query(
            "update webhooks set title = $2, url = $3, events = $4, is_active = $5, disabled = $6, updated_at = $7 \
             where id = $1",
        )
        .bind(row.id)
        .bind(&row.title)
        .bind(&row.url)
        .bind(words(&row.events))
        .bind(i64::from(row.is_active))
        .bind(row.disabled.as_ref().map(text_json))
        .bind(&row.updated_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Seals and stores another secret for a webhook.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_webhook_secret(
        &mut self,
        store: &Store,
        row: &WebhookRow,
        secret: &SecretString,
    ) -> Result<()> {
        let sealed = self.seal(store, &place(&row.reference), secret).await?;
        sqlx::query("update webhooks set secret = $2 where id = $1")
            .bind(row.id)
            .bind(sealed)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Notes why a webhook is switched off by itself.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn disable_webhook(&mut self, id: i64, why: &Text) -> Result<()> {
        sqlx::query("update webhooks set disabled = $2 where id = $1")
            .bind(id)
            .bind(text_json(why))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes a webhook with its messages.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_webhook(&mut self, id: i64) -> Result<()> {
        sqlx::query("delete from webhooks where id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// What the secret of a webhook is sealed for.
pub(crate) fn place(reference: &str) -> String {
    format!("webhook/{reference}")
}

fn words(events: &[Event]) -> String {
    serde_json::json!(events.iter().map(|event| event.word()).collect::<Vec<_>>()).to_string()
}

fn webhook(row: &AnyRow) -> Result<WebhookRow> {
    let events: Vec<String> = json(row.try_get("events")?, "events")?.unwrap_or_default();
    let known = |word: String| Event::from_word(&word).ok_or(Error::Corrupt { what: "events", value: word });
    Ok(WebhookRow {
        id: row.try_get("id")?,
        reference: row.try_get("reference")?,
        title: row.try_get("title")?,
        url: row.try_get("url")?,
        events: events.into_iter().map(known).collect::<Result<_>>()?,
        is_active: row.try_get::<i64, _>("is_active")? != 0,
        disabled: json(row.try_get("disabled")?, "disabled")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

//! The tables `hints`, `hint_events` and `hint_records`: where services say that something changed, what they
//! said already, and what is to be read for it.

use model::Text;
use secrecy::SecretString;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{json, text_json};
use crate::{Batch, Result, Store};

/// Where the service of a connection says that something changed. Its secret stays sealed until
/// [`Store::hint_secret`] opens it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HintRow {
    /// The connection.
    pub provider: String,
    /// The word in the address that the service was given.
    pub word: String,
    /// The service's id of the table it is about.
    pub stream: String,
    /// What the service calls that table.
    pub stream_name: String,
    /// The service's id of the subscription, where the connection asked for it.
    pub subscription: Option<String>,
    /// Whether the secret is known that messages are signed with.
    pub has_secret: bool,
    /// When the subscription ends, where it does.
    pub expires_at: Option<String>,
    /// When it is looked after next; `None` where nobody can.
    pub look_at: Option<String>,
    /// Why it could not be looked after.
    pub problem: Option<Text>,
    /// When a message was last believed.
    pub heard_at: Option<String>,
    /// When a message was last not believed.
    pub refused_at: Option<String>,
    /// When what waits is read; `None` when nothing does.
    pub due_at: Option<String>,
    /// When somebody switched it on.
    pub created_at: String,
}

/// What a message said.
#[derive(Clone, Copy, Debug)]
pub struct HeardHint<'a> {
    /// What the service calls the events.
    pub events: &'a [String],
    /// The records to read; an empty id stands for all.
    pub records: &'a [String],
    /// When it came.
    pub at: &'a str,
    /// When they are to be read, unless others wait already.
    pub due_at: &'a str,
}

const COLUMNS: &str = "provider, word, stream, stream_name, subscription, \
                       case when secret is null then 0 else 1 end as has_secret, expires_at, look_at, problem, \
                       heard_at, refused_at, due_at, created_at";

impl Store {
    /// Where the service of a connection says that something changed, if it was asked to.
    ///
    /// # Errors
    /// The database does not answer, or the row is not what this program writes.
    pub async fn hint(&self, provider: &str) -> Result<Option<HintRow>> {
        self.one_hint("provider", provider).await
    }

    /// The row of an address.
    ///
    /// # Errors
    /// As [`Store::hint`].
    pub async fn hint_at(&self, word: &str) -> Result<Option<HintRow>> {
        self.one_hint("word", word).await
    }

    async fn one_hint(&self, column: &str, value: &str) -> Result<Option<HintRow>> {
        let sql = format!("select {COLUMNS} from hints where {column} = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(value).fetch_optional(&self.read).await?;
        row.as_ref().map(hint).transpose()
    }

    /// Where something waits to be read since before `now`, the longest first; and where it would wait beyond
    /// `distant`, because the clock has gone back since.
    ///
    /// # Errors
    /// As [`Store::hint`].
    pub async fn due_hints(&self, now: &str, distant: &str) -> Result<Vec<HintRow>> {
        self.hints_before("due_at", now, distant).await
    }

    /// The subscriptions that are to be looked after; `distant` as in [`Store::due_hints`].
    ///
    /// # Errors
    /// As [`Store::hint`].
    pub async fn hints_to_look_after(&self, now: &str, distant: &str) -> Result<Vec<HintRow>> {
        self.hints_before("look_at", now, distant).await
    }

    async fn hints_before(&self, column: &str, now: &str, distant: &str) -> Result<Vec<HintRow>> {
        let sql = format!(
            "select {COLUMNS} from hints where {column} <= $1 or {column} > $2 order by {column}, provider"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now).bind(distant);
        query.fetch_all(&self.read).await?.iter().map(hint).collect()
    }

    /// Every connection with a moment when something is to be done for it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn hint_moments(&self) -> Result<Vec<(String, String)>> {
        let sql = "select provider, due_at as at from hints where due_at is not null \
                   union all select provider, look_at from hints where look_at is not null";
        let rows = sqlx::query(sql).fetch_all(&self.read).await?;
        rows.iter().map(|row| Ok((row.try_get("provider")?, row.try_get("at")?))).collect()
    }

    /// What waits to be read of a connection; an empty id stands for all.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn hinted_records(&self, provider: &str) -> Result<Vec<String>> {
        let sql = "select record from hint_records where provider = $1 order by record";
        Ok(sqlx::query_scalar(sql).bind(provider).fetch_all(&self.read).await?)
    }

    /// What the messages of a connection's service are signed with, opened; `None` while it is not known.
    ///
    /// # Errors
    /// [`crate::Error::Sealed`] when the keys at hand do not open it; the database does not answer.
    pub async fn hint_secret(&self, provider: &str) -> Result<Option<SecretString>> {
        let sealed: Option<Option<String>> =
            sqlx::query_scalar("select secret from hints where provider = $1")
                .bind(provider)
                .fetch_optional(&self.read)
                .await?;
        sealed.flatten().map(|sealed| self.keys.open(&place(provider), &sealed)).transpose()
    }
}

impl Batch {
    /// Stores where a service is to say that something changed, in place of what was there; all but its secret.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_hint(&mut self, row: &HintRow) -> Result<()> {
        self.delete_hint(&row.provider).await?;
        sqlx::query(
            "insert into hints (provider, word, stream, stream_name, subscription, expires_at, look_at, problem, \
             heard_at, refused_at, due_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&row.provider)
        .bind(&row.word)
        .bind(&row.stream)
        .bind(&row.stream_name)
        .bind(row.subscription.clone())
        .bind(row.expires_at.clone())
        .bind(row.look_at.clone())
        .bind(row.problem.as_ref().map(text_json))
        .bind(row.heard_at.clone())
        .bind(row.refused_at.clone())
        .bind(row.due_at.clone())
        .bind(&row.created_at)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Seals and stores what messages are signed with.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_hint_secret(
        &mut self,
        store: &Store,
        provider: &str,
        secret: &SecretString,
    ) -> Result<()> {
        let sealed = self.seal(store, &place(provider), secret).await?;
        sqlx::query("update hints set secret = $2 where provider = $1")
            .bind(provider)
            .bind(sealed)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Keeps how a subscription stands after it was looked after: what it is about, its id, its end, the next time and
    /// what is wrong with it.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_subscription(&mut self, row: &HintRow) -> Result<()> {
        sqlx::query(
            "update hints set subscription = $3, expires_at = $4, look_at = $5, problem = $6, stream = $7, \
             stream_name = $8 where provider = $1 and word = $2",
        )
        .bind(&row.provider)
        .bind(&row.word)
        .bind(row.subscription.clone())
        .bind(row.expires_at.clone())
        .bind(row.look_at.clone())
        .bind(row.problem.as_ref().map(text_json))
        .bind(&row.stream)
        .bind(&row.stream_name)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Has everything read at that moment, although nothing was said.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn want_all_records(&mut self, provider: &str, due_at: &str) -> Result<()> {
        let sql = "insert into hint_records (provider, record) values ($1, '') on conflict do nothing";
        sqlx::query(sql).bind(provider).execute(&mut *self.tx).await?;
        let sql = "update hints set due_at = $2 where provider = $1";
        sqlx::query(sql).bind(provider).bind(due_at).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Keeps what a message said; `false` when all of it was heard before.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn hear_hint(&mut self, provider: &str, heard: HeardHint<'_>) -> Result<bool> {
        let mut is_new = heard.events.is_empty();
        for event in heard.events {
            let sql =
                "insert into hint_events (provider, event, at) values ($1, $2, $3) on conflict do nothing";
            let done =
                sqlx::query(sql).bind(provider).bind(event).bind(heard.at).execute(&mut *self.tx).await?;
            is_new |= done.rows_affected() > 0;
        }
        if !is_new {
            return Ok(false);
        }
        for record in heard.records {
            let sql = "insert into hint_records (provider, record) values ($1, $2) on conflict do nothing";
            sqlx::query(sql).bind(provider).bind(record).execute(&mut *self.tx).await?;
        }
        let due_at = (!heard.records.is_empty()).then(|| heard.due_at.to_owned());
        sqlx::query("update hints set heard_at = $2, due_at = coalesce(due_at, $3) where provider = $1")
            .bind(provider)
            .bind(heard.at)
            .bind(due_at)
            .execute(&mut *self.tx)
            .await?;
        Ok(true)
    }

    /// Notes that a message was not believed; no more often than `unless_since` says, so that a stranger cannot
    /// keep the database busy.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn refuse_hint(&mut self, provider: &str, at: &str, unless_since: &str) -> Result<()> {
        let sql = "update hints set refused_at = $2 where provider = $1 and (refused_at is null or refused_at < $3)";
        sqlx::query(sql).bind(provider).bind(at).bind(unless_since).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Takes what waits, which is due again at `again_at` unless it is done by then. `false` when another
    /// process took it first.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn claim_hint(&mut self, row: &HintRow, again_at: &str) -> Result<bool> {
        let done = sqlx::query("update hints set due_at = $3 where provider = $1 and due_at = $2")
            .bind(&row.provider)
            .bind(row.due_at.clone())
            .bind(again_at)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes a subscription to look after; as [`Batch::claim_hint`].
    ///
    /// # Errors
    /// The database could not write.
    pub async fn claim_look(&mut self, row: &HintRow, again_at: &str) -> Result<bool> {
        let done = sqlx::query("update hints set look_at = $3 where provider = $1 and look_at = $2")
            .bind(&row.provider)
            .bind(row.look_at.clone())
            .bind(again_at)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// These records are being read. What was said meanwhile is due at `due_at`. What was heard before
    /// `forget_before` is forgotten.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn hint_followed(
        &mut self,
        provider: &str,
        records: &[String],
        due_at: &str,
        forget_before: &str,
    ) -> Result<()> {
        for record in records {
            sqlx::query("delete from hint_records where provider = $1 and record = $2")
                .bind(provider)
                .bind(record)
                .execute(&mut *self.tx)
                .await?;
        }
        sqlx::query(
            "update hints set due_at = case when exists (select 1 from hint_records where provider = $1) then $2 \
             else null end where provider = $1",
        )
        .bind(provider)
        .bind(due_at)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("delete from hint_events where at < $1")
            .bind(forget_before)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Forgets the address and all that was said there.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_hint(&mut self, provider: &str) -> Result<()> {
        for sql in [
            "delete from hints where provider = $1",
            "delete from hint_events where provider = $1",
            "delete from hint_records where provider = $1",
        ] {
            sqlx::query(sql).bind(provider).execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

/// What the secret of a connection's messages is sealed for.
pub(crate) fn place(provider: &str) -> String {
    format!("hint/{provider}")
}

fn hint(row: &AnyRow) -> Result<HintRow> {
    Ok(HintRow {
        provider: row.try_get("provider")?,
        word: row.try_get("word")?,
        stream: row.try_get("stream")?,
        stream_name: row.try_get("stream_name")?,
        subscription: row.try_get("subscription")?,
        has_secret: row.try_get::<i64, _>("has_secret")? == 1,
        expires_at: row.try_get("expires_at")?,
        look_at: row.try_get("look_at")?,
        problem: json(row.try_get("problem")?, "problem")?,
        heard_at: row.try_get("heard_at")?,
        refused_at: row.try_get("refused_at")?,
        due_at: row.try_get("due_at")?,
        created_at: row.try_get("created_at")?,
    })
}

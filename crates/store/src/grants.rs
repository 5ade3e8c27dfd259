//! The table `oauth_grants`: what authorization servers gave to connections, and whose turn it is to renew it.
//!
//! Several servers may work on one database. Only the holder of a connection's turn writes its tokens; the
//! turn is taken and given back by conditional updates, and ends by itself.

use model::Text;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Batch, Error, Result, Store};

/// What is known of a connection's grant without opening its tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantRow {
    /// The connection's unique name.
    pub provider: String,
    /// Whether tokens are kept.
    pub has_tokens: bool,
    /// When they were asked for.
    pub obtained_at: Option<String>,
    /// When the access token ends, where the server says so.
    pub expires_at: Option<String>,
    /// Why a person has to connect again.
    pub lost: Option<Text>,
    /// Since when.
    pub lost_at: Option<String>,
}

/// The tokens of a grant, opened.
#[derive(Clone, Debug)]
pub struct GrantTokens {
    /// Goes with requests.
    pub access: SecretString,
    /// Good for others.
    pub refresh: Option<SecretString>,
    /// When they were asked for.
    pub obtained_at: String,
    /// When the access token ends, where the server says so.
    pub expires_at: Option<String>,
}

/// What is inside the sealed tokens.
#[derive(Serialize, Deserialize)]
struct Inside {
    access: String,
    refresh: Option<String>,
}

const COLUMNS: &str = "provider, case when tokens is null then 0 else 1 end as has_tokens, obtained_at, expires_at, \
                       lost, lost_at";

impl Store {
    /// What is known of one connection's grant; `None` when it never had one.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn grant(&self, provider: &str) -> Result<Option<GrantRow>> {
        let sql = format!("select {COLUMNS} from oauth_grants where provider = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(provider).fetch_optional(&self.read).await?;
        row.as_ref().map(grant).transpose()
    }

    /// Every grant, by connection.
    ///
    /// # Errors
    /// As [`Store::grant`].
    pub async fn grants(&self) -> Result<Vec<GrantRow>> {
        let sql = format!("select {COLUMNS} from oauth_grants order by provider");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        rows.iter().map(grant).collect()
    }

    /// The tokens of a connection's grant, opened; `None` where none are kept.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the keys at hand do not open them.
    pub async fn grant_tokens(&self, provider: &str) -> Result<Option<GrantTokens>> {
        let sql = "select tokens, obtained_at, expires_at from oauth_grants \
                   where provider = $1 and tokens is not null";
        let row = sqlx::query(sql).bind(provider).fetch_optional(&self.read).await?;
        let Some(row) = row else { return Ok(None) };
        let name = place(provider);
        let plain = self.keys.open(&name, row.try_get("tokens")?)?;
        let inside: Inside = serde_json::from_str(plain.expose_secret()).map_err(|_| Error::Sealed(name))?;
        Ok(Some(GrantTokens {
            access: inside.access.into(),
            refresh: inside.refresh.map(SecretString::from),
            obtained_at: row.try_get::<Option<String>, _>("obtained_at")?.unwrap_or_default(),
            expires_at: row.try_get("expires_at")?,
        }))
    }

    /// Takes the turn of a connection until that instant, and gives its number; `None` when it is another's. A turn
    /// that would last beyond `distant` was taken by a clock that has gone back since, and counts for nothing.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn claim_turn(
        &self,
        provider: &str,
        now: &str,
        until: &str,
        distant: &str,
    ) -> Result<Option<i64>> {
        let turn = fastrand::i64(1..);
        let mut batch = self.begin().await?;
        let claimed = sqlx::query(
            "insert into oauth_grants (provider, turn, turn_until, updated_at) values ($1, $2, $3, $4) \
             on conflict (provider) do update set turn = excluded.turn, turn_until = excluded.turn_until \
             where oauth_grants.turn_until is null or oauth_grants.turn_until <= $5 \
             or oauth_grants.turn_until > $6",
        )
        .bind(provider)
        .bind(turn)
        .bind(until)
        .bind(now)
        .bind(now)
        .bind(distant)
        .execute(&mut *batch.tx)
        .await?;
        batch.commit().await?;
        Ok((claimed.rows_affected() == 1).then_some(turn))
    }

    /// Gives the turn back; nothing when it is another's by now.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn release_turn(&self, provider: &str, turn: i64) -> Result<()> {
        let mut batch = self.begin().await?;
        sqlx::query(
            "update oauth_grants set turn = null, turn_until = null where provider = $1 and turn = $2",
        )
        .bind(provider)
        .bind(turn)
        .execute(&mut *batch.tx)
        .await?;
        batch.commit().await
    }

    /// Seals and keeps the tokens that the holder of the turn got; what was lost is found again. Whether the
    /// turn was still theirs: if not, nothing is kept.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_grant_tokens(
        &self,
        provider: &str,
        turn: i64,
        tokens: &GrantTokens,
        now: &str,
    ) -> Result<bool> {
        let name = place(provider);
        let inside = Inside {
            access: tokens.access.expose_secret().to_owned(),
            refresh: tokens.refresh.as_ref().map(|token| token.expose_secret().to_owned()),
        };
        let plain = serde_json::to_string(&inside).map_err(|_| Error::Sealed(name.clone()))?;
        let mut batch = self.begin().await?;
        let sealed = batch.seal(self, &name, &SecretString::from(plain)).await?;
        let kept = sqlx::query(
            "update oauth_grants set tokens = $3, obtained_at = $4, expires_at = $5, lost = null, \
             lost_at = null, updated_at = $6 where provider = $1 and turn = $2",
        )
        .bind(provider)
        .bind(turn)
        .bind(sealed)
        .bind(&tokens.obtained_at)
        .bind(tokens.expires_at.clone())
        .bind(now)
        .execute(&mut *batch.tx)
        .await?;
        batch.commit().await?;
        Ok(kept.rows_affected() == 1)
    }

    /// Keeps why a grant is gone, as the holder of the turn learned; nothing when the turn is another's by now.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn put_grant_loss(&self, provider: &str, turn: i64, why: &Text, now: &str) -> Result<()> {
        let mut batch = self.begin().await?;
        sqlx::query(
            "update oauth_grants set lost = $3, lost_at = $4, updated_at = $5 \
             where provider = $1 and turn = $2",
        )
        .bind(provider)
        .bind(turn)
        .bind(serde_json::json!(why).to_string())
        .bind(now)
        .bind(now)
        .execute(&mut *batch.tx)
        .await?;
        batch.commit().await
    }
}

impl Batch {
    /// Forgets what was granted to a connection, and the ways to a grant that were begun for it.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_grant(&mut self, provider: &str) -> Result<()> {
        for sql in
            ["delete from oauth_grants where provider = $1", "delete from oauth_states where provider = $1"]
        {
            sqlx::query(sql).bind(provider).execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

/// What the tokens of a grant are sealed for, apart from the connection's own secret.
pub(crate) fn place(provider: &str) -> String {
    format!("{provider}/oauth")
}

fn grant(row: &AnyRow) -> Result<GrantRow> {
    let lost: Option<String> = row.try_get("lost")?;
    let read = |text: String| {
        serde_json::from_str(&text).map_err(|_| Error::Corrupt { what: "reason", value: text })
    };
    Ok(GrantRow {
        provider: row.try_get("provider")?,
        has_tokens: row.try_get::<i64, _>("has_tokens")? == 1,
        obtained_at: row.try_get("obtained_at")?,
        expires_at: row.try_get("expires_at")?,
        lost: lost.map(read).transpose()?,
        lost_at: row.try_get("lost_at")?,
    })
}

//! The table `audit_log`: who did what, when and from where.

use model::access::Action;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::sql::{count, number};
use crate::{Batch, Error, Result, Store};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its id; 0 before it is stored.
    pub id: i64,
    /// When.
    pub at: String,
    /// Who, by the name of that moment.
    pub actor: String,
    /// From where; empty for the command line.
    pub address: String,
    /// What.
    pub action: Action,
    /// To what; never a secret.
    pub subject: String,
}

impl Store {
    /// A part of the log, newest first.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn audit_log(&self, limit: u32, offset: u32) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query(
            "select id, at, actor, address, action, subject from audit_log order by id desc limit $1 offset $2",
        )
        .bind(i64::from(limit))
        .bind(number(offset.into()))
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(entry).collect()
    }

    /// How many entries the log has.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_audit_log(&self) -> Result<u64> {
        Ok(count(sqlx::query_scalar("select count(*) from audit_log").fetch_one(&self.read).await?))
    }
}

impl Batch {
    /// Adds an entry.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_audit(&mut self, row: &AuditRow) -> Result<()> {
        sqlx::query(
            "insert into audit_log (at, actor, address, action, subject) values ($1, $2, $3, $4, $5)",
        )
        .bind(&row.at)
        .bind(&row.actor)
        .bind(&row.address)
        .bind(row.action.word())
        .bind(&row.subject)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Forgets what was done before an instant.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_audit(&mut self, before: &str) -> Result<()> {
        sqlx::query("delete from audit_log where at < $1").bind(before).execute(&mut *self.tx).await?;
        Ok(())
    }
}

fn entry(row: &AnyRow) -> Result<AuditRow> {
    let action: String = row.try_get("action")?;
    Ok(AuditRow {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        actor: row.try_get("actor")?,
        address: row.try_get("address")?,
        action: Action::from_word(&action).ok_or(Error::Corrupt { what: "action", value: action })?,
        subject: row.try_get("subject")?,
    })
}

//! What was done: who, when, from where, what. Never what a secret is.

use chrono::TimeDelta;
use model::Lang;
use model::access::Action;
use model::api::AuditBody;
use store::AuditRow;

use super::caller::{Origin, Visitor};
use crate::{Hub, Result};

/// How long it is kept.
pub(super) const KEPT: TimeDelta = TimeDelta::days(365);

impl Hub {
    /// Notes what a visitor did, and to what. What was done is done, whether the log could be written or not.
    pub async fn note_action(&self, by: &Visitor, action: Action, subject: &str) {
        if let Err(error) = self.note(&self.entry(by.name(), &by.origin, action, subject)).await {
            tracing::error!(%error, "the audit log could not be written");
        }
    }

    /// A part of the log, newest first, and how many entries there are.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_log(&self, limit: u32, offset: u32, lang: Lang) -> Result<(Vec<AuditBody>, u64)> {
        let rows = self.store().audit_log(limit, offset).await?;
        let total = self.store().count_audit_log().await?;
        Ok((rows.into_iter().map(|row| body(row, lang)).collect(), total))
    }

    /// An entry of this moment.
    pub(super) fn entry(&self, actor: &str, origin: &Origin, action: Action, subject: &str) -> AuditRow {
        AuditRow {
            id: 0,
            at: self.at(),
            actor: actor.to_owned(),
            address: origin.place(),
            action,
            subject: subject.to_owned(),
        }
    }

    pub(super) async fn note(&self, entry: &AuditRow) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.add_audit(entry).await?;
        Ok(batch.commit().await?)
    }
}

fn body(row: AuditRow, lang: Lang) -> AuditBody {
    AuditBody {
        id: row.id,
        at: row.at,
        actor: row.actor,
        address: row.address,
        action: row.action.word().to_owned(),
        label: row.action.label().get(lang).to_owned(),
        subject: row.subject,
    }
}

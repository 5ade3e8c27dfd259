//! Browsers somebody has logged in with.

use chrono::{DateTime, TimeDelta};
use model::Text;
use model::access::Action;
use model::api::SessionBody;
use store::{Living, NewSession, SessionRow};

use super::caller::{Caller, Member, Origin, Visitor};
use super::nobody;
use crate::digest::hash;
use crate::{Error, Hub, Kind, Result};

/// How long a session lives at most.
pub const LIFETIME: TimeDelta = TimeDelta::days(90);
/// How long one lives without being used.
const IDLE: TimeDelta = TimeDelta::days(14);
/// When one was seen is written at most that often.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

impl Hub {
    /// Begins a session under what the cookie holds; `false` when there is one already.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn begin_session(&self, key: &str, user_id: i64, origin: &Origin) -> Result<bool> {
        let new = NewSession {
            key_hash: hash(key),
            user_id,
            browser: origin.browser.clone(),
            address: origin.place(),
        };
        let mut batch = self.store().begin().await?;
        let is_new = batch.add_session(&new, &self.at()).await?;
        batch.commit().await?;
        Ok(is_new)
    }

    /// Ends the session of a cookie.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn end_session(&self, key: &str) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.end_session(&hash(key)).await?;
        Ok(batch.commit().await?)
    }

    /// In whose name a cookie speaks; `None` when its session is over. That it was seen is noted with the place it
    /// was seen at, where that is given.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn caller_of_session(&self, key: &str, seen: Option<&Origin>) -> Result<Option<Caller>> {
        let Some(row) = self.store().session(&hash(key), &self.living()).await? else { return Ok(None) };
        if let Some(origin) = seen.filter(|_| self.is_due(Some(&row.seen_at))) {
            let mut batch = self.store().begin().await?;
            batch.touch_session(row.id, &origin.place(), &self.at()).await?;
            batch.commit().await?;
        }
        let SessionRow { id, user_id, name, role, .. } = row;
        Ok(Some(Caller::Session { member: Member { id: user_id, name, role }, id }))
    }

    /// The visitor's sessions, the one that was seen last first.
    ///
    /// # Errors
    /// `NotConfigured` in local mode; the database does not answer.
    pub async fn sessions(&self, by: &Visitor) -> Result<Vec<SessionBody>> {
        let member = by.caller.member().ok_or_else(nobody)?;
        let rows = self.store().sessions(member.id, &self.living()).await?;
        Ok(rows.into_iter().map(|row| body(row, &by.caller)).collect())
    }

    /// Ends one of the visitor's sessions.
    ///
    /// # Errors
    /// `NotFound` when they have none of that id; `NotConfigured` in local mode.
    pub async fn revoke_session(&self, by: &Visitor, id: i64) -> Result<()> {
        let member = by.caller.member().ok_or_else(nobody)?;
        let mut batch = self.store().begin().await?;
        if !batch.revoke_session(member.id, id).await? {
            return Err(Error::new(
                Kind::NotFound,
                Text::new(
                    format!("La session n° {id} n'est pas l'une des vôtres, ou elle est terminée."),
                    format!("Session {id} is none of yours, or it is over."),
                ),
            ));
        }
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::SessionRevoked, &id.to_string())).await?;
        Ok(batch.commit().await?)
    }

    /// Forgets what nobody can use any more, and what was done more than a year ago.
    pub(super) async fn forget_what_is_over(&self) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.forget_sessions(&self.living()).await?;
        batch.forget_audit(&self.ago(super::audit::KEPT)).await?;
        Ok(batch.commit().await?)
    }

    /// Whether something that was last seen then is to be written down again.
    pub(super) fn is_due(&self, seen_at: Option<&str>) -> bool {
        let seen = seen_at.and_then(|at| DateTime::parse_from_rfc3339(at).ok());
        seen.is_none_or(|at| self.time() - at.to_utc() >= SEEN_EVERY)
    }

    fn living(&self) -> Living {
        Living { begun_after: self.ago(LIFETIME), seen_after: self.ago(IDLE) }
    }
}

fn body(row: SessionRow, caller: &Caller) -> SessionBody {
    SessionBody {
        is_current: matches!(caller, Caller::Session { id, .. } if *id == row.id),
        id: row.id,
        browser: row.browser,
        address: row.address,
        created_at: row.created_at,
        last_seen_at: row.seen_at,
    }
}

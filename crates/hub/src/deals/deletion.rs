//! Deleting deals, and taking it back.

use std::time::Duration;

use chrono::TimeDelta;
use model::Text;
use model::api::instant;
use store::{BroughtBack, LeftOut, TakingBack};

use super::bulk::PORTION;
use super::{DealSelection, halfway, not_found};
use crate::{Caller, DealFilter, Error, Hub, Kind, Result};

/// How long a deletion can be taken back.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// How often what is older is looked for.
const EVERY: Duration = Duration::from_secs(3_600);

/// What a deletion did.
#[derive(Clone, Debug, Default)]
pub struct Deletion {
    /// Its number, with which it is taken back; none when nothing was deleted.
    pub number: Option<i64>,
    /// How many deals were deleted.
    pub deleted: u64,
    /// How many ids are no deal's.
    pub missing: u64,
    /// What stopped it before its end.
    pub stopped: Option<Error>,
}

/// What came of taking a deletion back.
#[derive(Clone, Debug, Default)]
pub struct Undone {
    /// How many deals came back.
    pub restored: u64,
    /// How many could not.
    pub left_out: u64,
    /// The first hundred of those.
    pub named: Vec<NotRestored>,
    /// What stopped it before its end; asked for again, it goes on.
    pub stopped: Option<Error>,
}

/// A deal that could not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRestored {
    /// Its id.
    pub id: i64,
    /// Whom it was with.
    pub client: String,
    /// Why.
    pub reason: Text,
}

impl Hub {
    /// Deletes a deal; returns the number with which this is taken back.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé »; the database could not write.
    pub async fn delete_deal(&self, by: &Caller, id: i64) -> Result<i64> {
        let deletion = self.delete_deals(by, DealSelection::Ids(vec![id])).await?;
        deletion.number.ok_or_else(not_found)
    }

    /// Deletes every deal.
    ///
    /// # Errors
    /// As [`Hub::delete_deals`].
    pub async fn delete_all_deals(&self, by: &Caller) -> Result<Deletion> {
        self.delete_deals(by, DealSelection::Filter(DealFilter::default())).await
    }

    /// Deletes many deals, five hundred to a transaction, all under one number. What stops it when some of them are
    /// deleted already is told with what was done.
    ///
    /// # Errors
    /// The database could not write; then nothing was deleted.
    pub async fn delete_deals(&self, by: &Caller, which: DealSelection) -> Result<Deletion> {
        let mut done = Deletion::default();
        match self.delete_portions(by, which, &mut done).await {
            Err(cause) if done.deleted > 0 => done.stopped = Some(halfway::deleted(&done, cause)),
            ended => ended?,
        }
        Ok(done)
    }

    async fn delete_portions(&self, by: &Caller, which: DealSelection, done: &mut Deletion) -> Result<()> {
        for ids in self.selected(which).await?.chunks(PORTION) {
            let mut batch = self.store().begin().await?;
            let at = self.at();
            let number = match done.number {
                Some(number) => number,
                None => batch.begin_deletion(&at).await?,
            };
            let deleted = batch.delete_deals(number, ids, &by.author(), &at).await?;
            if deleted > 0 {
                batch.commit().await?;
                done.number = Some(number);
            }
            done.deleted += deleted;
            done.missing += ids.len() as u64 - deleted;
        }
        Ok(())
    }

    /// Brings the deals of a deletion back, with their ids, links and instants, five hundred to a transaction. A deal
    /// whose record a run has given to another deal meanwhile stays away. What stops it when some are back already is
    /// told with what was done; asked for again, it goes on.
    ///
    /// # Errors
    /// `NotFound` for a number that is none or is forgotten; `Outdated` when it was taken back already, or is
    /// older than a day; the database could not write, and then nothing came back.
    pub async fn undo_deletion(&self, by: &Caller, number: i64) -> Result<Undone> {
        let mut undone = Undone::default();
        match self.bring_portions_back(by, number, &mut undone).await {
            Err(cause) if undone.restored > 0 => undone.stopped = Some(halfway::restored(&undone, cause)),
            ended => ended?,
        }
        Ok(undone)
    }

    async fn bring_portions_back(&self, by: &Caller, number: i64, undone: &mut Undone) -> Result<()> {
        let mut after = None;
        loop {
            let mut batch = self.store().begin().await?;
            let at = self.time();
            if after.is_none() {
                match batch.begin_taking_back(number, &instant(at - KEPT), &instant(at)).await? {
                    TakingBack::Begun => {}
                    refused => return Err(not_taken_back(number, refused)),
                }
            }
            let brought =
                batch.bring_back(number, after.unwrap_or_default(), &by.author(), &instant(at)).await?;
            batch.commit().await?;
            let Some(BroughtBack { restored, last }) = brought else { break };
            undone.restored += restored;
            after = Some(last);
        }
        let (left_out, named) = self.store().left_out(number).await?;
        undone.left_out = left_out;
        undone.named = named.into_iter().map(not_restored).collect();
        Ok(())
    }

    /// Forgets deletions that can no longer be taken back, for as long as it is let.
    pub async fn forget_old_deletions(&self) {
        loop {
            if let Err(error) = self.forget_deletions_before(&instant(self.time() - KEPT)).await {
                tracing::warn!(%error, "old deletions could not be forgotten");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn forget_deletions_before(&self, before: &str) -> Result<()> {
        loop {
            let mut batch = self.store().begin().await?;
            let more = batch.forget_deletions(before).await?;
            batch.commit().await?;
            if !more {
                return Ok(());
            }
        }
    }
}

/// Why a deletion is not taken back.
fn not_taken_back(number: i64, refused: TakingBack) -> Error {
    let (kind, text) = match refused {
        TakingBack::Already | TakingBack::Begun => (
            Kind::Outdated,
            Text::new(
                format!("La suppression n° {number} a déjà été annulée."),
                format!("Deletion {number} was taken back already."),
            ),
        ),
        TakingBack::TooLate => (
            Kind::Outdated,
            Text::new(
                format!("La suppression n° {number} date de plus de 24 heures : elle est définitive."),
                format!("Deletion {number} is older than 24 hours: it is final."),
            ),
        ),
        TakingBack::Unknown => (
            Kind::NotFound,
            Text::new(
                format!("La suppression n° {number} n'existe pas, ou elle date de plus de 24 heures."),
                format!("There is no deletion {number}, or it is older than 24 hours."),
            ),
        ),
    };
    Error::new(kind, text)
}

fn not_restored(LeftOut { id, client, in_favour_of }: LeftOut) -> NotRestored {
    let reason = match in_favour_of {
        Some(other) => Text::new(
            format!(
                "« {client} » (deal n° {id}) n'est pas revenu : une synchronisation a relié son enregistrement au deal n° {other} depuis."
            ),
            format!(
                "“{client}” (deal {id}) did not come back: a sync has since linked its record to deal {other}."
            ),
        ),
        None => Text::new(
            format!(
                "« {client} » (deal n° {id}) n'est pas revenu : il existe de nouveau un deal de ce numéro."
            ),
            format!("“{client}” (deal {id}) did not come back: there is a deal of this number again."),
        ),
    };
    NotRestored { id, client, reason }
}

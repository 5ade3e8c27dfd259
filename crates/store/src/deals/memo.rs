//! Figures that were worked out and still hold, since no deal has changed.
//!
//! On SQLite triggers raise a number with every change of a deal, and a reading sees the number of its own moment.
//! On PostgreSQL all writers would have to wait for each other at that number: there nothing is kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::{Any, Transaction};

use super::DealFilter;
use super::figures::{FigureDays, FigureGroup};
use crate::Result;
use crate::sql::Dialect;

/// How many questions of a kind are kept.
const QUESTIONS: usize = 16;
/// An answer of more rows is not kept, so that what is kept stays within a few megabytes.
const ROWS: usize = 2_000;

/// What is kept for the readings of one store.
#[derive(Clone, Default)]
pub(crate) struct Memo(Arc<Mutex<Kept>>);

/// What was found, by what was asked.
#[derive(Default)]
pub(super) struct Kept {
    /// The number that all of it is of.
    revision: i64,
    /// The few deals that a search found.
    pub(super) fits: Recent<DealFilter, i64>,
    /// Counts and sums.
    pub(super) groups: Recent<(DealFilter, FigureDays), FigureGroup>,
}

/// The last questions of a kind, each with the rows it found.
pub(super) struct Recent<Q, T>(VecDeque<(Q, Vec<T>)>);

/// What is known at the moment of one reading.
pub(super) struct Known {
    memo: Memo,
    /// None where it cannot be told whether deals have changed.
    revision: Option<i64>,
}

impl Memo {
    /// What is known at the moment that a transaction sees.
    pub(super) async fn at(&self, dialect: Dialect, tx: &mut Transaction<'_, Any>) -> Result<Known> {
        let revision = match dialect {
            Dialect::Sqlite => {
                Some(sqlx::query_scalar("select number from deals_revision").fetch_one(&mut **tx).await?)
            }
            Dialect::Postgres => None,
        };
        Ok(Known { memo: self.clone(), revision })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing is done under the lock that could stop halfway.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// What was found before and still holds.
    pub(super) fn found<Q: Eq, T: Clone>(
        &self,
        kind: fn(&mut Kept) -> &mut Recent<Q, T>,
        question: &Q,
    ) -> Option<Vec<T>> {
        let mut kept = self.memo.kept();
        if self.revision != Some(kept.revision) {
            return None;
        }
        kind(&mut kept).0.iter().find(|(asked, _)| asked == question).map(|(_, rows)| rows.clone())
    }

    /// Keeps what was found, unless it is of a moment that is over or too long.
    pub(super) fn keep<Q, T: Clone>(
        &self,
        kind: fn(&mut Kept) -> &mut Recent<Q, T>,
        question: Q,
        rows: &[T],
    ) {
        let Some(revision) = self.revision.filter(|_| rows.len() <= ROWS) else { return };
        let mut kept = self.memo.kept();
        if revision < kept.revision {
            return;
        }
        if revision > kept.revision {
            *kept = Kept { revision, ..Kept::default() };
        }
        let recent = &mut kind(&mut kept).0;
        recent.truncate(QUESTIONS - 1);
        recent.push_front((question, rows.to_vec()));
    }
}

impl<Q, T> Default for Recent<Q, T> {
    fn default() -> Recent<Q, T> {
        Recent(VecDeque::new())
    }
}

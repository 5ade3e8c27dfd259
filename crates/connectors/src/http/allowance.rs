//! What a service said is left of an account's allowances.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use model::Budget;

use super::Headers;

/// Reads what an answer says is left, at the moment it came.
pub type ReadBudgets = fn(&Headers<'_>, DateTime<Utc>) -> Vec<Budget>;

/// For services that say nothing of it.
pub fn no_budgets(_: &Headers<'_>, _: DateTime<Utc>) -> Vec<Budget> {
    Vec::new()
}

/// The last word on every allowance of one account, shared by all its runs.
#[derive(Debug, Default)]
pub(super) struct Allowance(Mutex<Vec<Budget>>);

impl Allowance {
    pub(super) fn note(&self, said: Vec<Budget>) {
        if !said.is_empty() {
            Budget::replace(&mut self.lock(), said);
        }
    }

    pub(super) fn known(&self) -> Vec<Budget> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Budget>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

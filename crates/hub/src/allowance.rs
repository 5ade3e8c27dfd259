//! What services say is left of their allowances: kept after every run, and a part of each day's left to
//! people.

use model::budget::Window;
use model::{Budget, Text};
use store::ConfigRow;

use crate::connections::kind_of;
use crate::{Hub, Result};

/// The part of a day's allowance that scheduled runs leave to those a person starts, in hundredths.
const RESERVE: u8 = 20;

impl Hub {
    /// What the service of a connection said last of each of its allowances, where that still counts.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn budgets(&self, provider: &str) -> Result<Vec<Budget>> {
        let mut budgets = self.store().budgets(provider).await?;
        budgets.retain(|budget| budget.holds(self.time()));
        Ok(budgets)
    }

    /// Keeps what the service said during a run or a test. Nothing is sent: all who use an account hear the
    /// same.
    pub(crate) async fn note_budgets(&self, provider: &str) -> Result<()> {
        let row = self.connection_row(provider).await?;
        if !self.inner.connectors.contains_key(kind_of(&row)) {
            return Ok(());
        }
        let said = self.connect(&row).await?.connection.budgets();
        if said.is_empty() {
            return Ok(());
        }
        let mut batch = self.store().begin().await?;
        batch.put_budgets(provider, &said).await?;
        Ok(batch.commit().await?)
    }

    /// Why a run that nobody waits for is left out now: little is left of the day's allowance.
    pub(crate) async fn reserved(&self, provider: &str) -> Result<Option<Text>> {
        let budgets = self.budgets(provider).await?;
        let short = budgets.into_iter().filter(|budget| budget.window == Window::Day);
        let short = short.filter_map(|budget| budget.percent_left()).find(|percent| *percent < RESERVE);
        Ok(short.map(|percent| {
            Text::new(
                format!(
                    "Il ne reste que {percent} % des requêtes que le service accorde par jour : elles sont gardées \
                     pour ce que vous lancez vous-même."
                ),
                format!(
                    "Only {percent}% of the requests that the service grants a day are left: they are kept for what \
                     you start yourself."
                ),
            )
        }))
    }

    /// Whether a run of another connection that counts against the same kind of service's allowance is going
    /// on. Where a service says nothing of one, connections do not wait for each other.
    pub(crate) async fn shares_a_running_allowance(&self, provider: &str) -> Result<bool> {
        if self.store().budgets(provider).await?.is_empty() {
            return Ok(false);
        }
        let rows = self.store().configs().await?;
        let kind = rows.iter().find(|row| row.provider == provider).map(kind_of);
        let is_like_it = |row: &&ConfigRow| row.provider != provider && Some(kind_of(row)) == kind;
        for row in rows.iter().filter(is_like_it) {
            if self.store().running(&row.provider).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

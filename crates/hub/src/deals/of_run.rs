//! The deals that an import of a file created, to be deleted together when it was the wrong file.

use model::{RunStatus, Text};

use crate::deals_csv::CSV;
use crate::{Error, Hub, Result};

/// What is left of the deals that an import created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CreatedDeals {
    /// How many are there.
    pub there: u64,
    /// How many of these have changed since: somebody or a later import did something to them.
    pub changed: u64,
}

impl Hub {
    /// What is left of the deals that an import of a file created, once it has ended; nothing of other runs, for a
    /// service would bring its deals again.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn created_deals(&self, run_id: i64) -> Result<CreatedDeals> {
        let run = self.run_row(run_id).await?;
        if run.provider != CSV || run.status == RunStatus::Running {
            return Ok(CreatedDeals::default());
        }
        let (there, changed) = self.store().count_created_by(run_id).await?;
        Ok(CreatedDeals { there, changed })
    }

    /// Their ids.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for a run that is no import of a file, or still goes on.
    pub(super) async fn created_ids(&self, run_id: i64) -> Result<Vec<i64>> {
        let run = self.run_row(run_id).await?;
        if run.provider != CSV {
            return Err(Error::invalid(Text::new(
                format!(
                    "La synchronisation n° {run_id} ne vient pas d'un fichier : son service ramènerait ces deals."
                ),
                format!("Run {run_id} is not of a file: its service would bring these deals again."),
            )));
        }
        if run.status == RunStatus::Running {
            return Err(Error::invalid(Text::new(
                format!("L'import n° {run_id} est encore en cours. Attendez sa fin ou annulez-le d'abord."),
                format!("Import {run_id} is still going on. Wait for its end or cancel it first."),
            )));
        }
        Ok(self.store().deals_created_by(run_id).await?)
    }
}

//! What people set for the CRM as a whole.

use model::Text;

use crate::{Error, Hub, Result};

/// The setting's name in its table.
const COLD_DAYS: &str = "cold_days";
/// What it is while nobody set it.
const USUAL_COLD_DAYS: u32 = 10;

impl Hub {
    /// After how many days without change an open deal is cold: 10 while nobody set it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn cold_days(&self) -> Result<u32> {
        let set = self.store().setting(COLD_DAYS).await?;
        Ok(set.and_then(|days| days.parse().ok()).unwrap_or(USUAL_COLD_DAYS))
    }

    /// Sets it, from 1 to 365.
    ///
    /// # Errors
    /// `Invalid` when the number is beyond these; the database could not write.
    pub async fn set_cold_days(&self, days: u32) -> Result<()> {
        if !(1..=365).contains(&days) {
            return Err(Error::invalid(Text::new(
                format!("« cold_days » : {days} n'est pas un nombre de jours de 1 à 365."),
                format!("“cold_days”: {days} is not a number of days from 1 to 365."),
            )));
        }
        let mut batch = self.store().begin().await?;
        batch.put_setting(COLD_DAYS, &days.to_string()).await?;
        Ok(batch.commit().await?)
    }
}

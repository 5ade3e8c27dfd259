//! Exchanging the key that seals secrets, while the program may be serving.

use std::time::Duration;

use store::{Rotation, Trouble};

use crate::fault_point::reached;
use crate::{Hub, Result};

/// How often the exchange gives way to others who write, on PostgreSQL, before it gives up; a quarter of a
/// second is left to them each time.
const TRIES: u32 = 60;

impl Hub {
    /// Begins to exchange the key, see [`store::Rotation`].
    ///
    /// # Errors
    /// The key file cannot be written, or another process is exchanging it.
    pub fn begin_rotation(&self) -> Result<Rotation> {
        Ok(self.store().keys().begin_rotation()?)
    }

    /// Seals every secret anew, in one transaction, and gives up the old keys. Says how many there were.
    ///
    /// # Errors
    /// A secret does not open with any key, and nothing was changed; the database or the key file cannot be
    /// written, and old and new keys both go on opening.
    pub async fn rotate(&self, rotation: Rotation) -> Result<u64> {
        reached("rotation-begun").await;
        let count = self.seal_anew().await?;
        reached("rotation-committed").await;
        rotation.finish()?;
        reached("rotation-done").await;
        self.store().fold_log().await?;
        Ok(count)
    }

    async fn seal_anew(&self) -> Result<u64> {
        let mut tries = 0;
        loop {
            let mut batch = self.store().begin().await?;
            match batch.seal_anew(self.store()).await {
                Ok(count) => {
                    reached("rotation-sealed").await;
                    batch.commit().await?;
                    return Ok(count);
                }
                Err(error) if error.trouble() == Some(Trouble::Locked) && tries < TRIES => tries += 1,
                Err(error) => return Err(error.into()),
            }
            drop(batch);
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }
}

//! The table `source_files`: what was read to its end, so that it is not read again unchanged.

use std::collections::BTreeMap;

use model::canonical::Entity;
use sqlx::Row;

use crate::{Result, Scope, Store};

impl Store {
    /// The marks of the files of one kind that were read to their end, by file name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn file_marks(&self, scope: Scope, entity: Entity) -> Result<BTreeMap<String, String>> {
        let rows = sqlx::query("select name, mark from source_files where scope_id = $1 and entity = $2")
            .bind(scope.0)
            .bind(entity.table())
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}

//! The table `source_columns`: what the columns of a source looked like when it was last loaded.

use model::canonical::Entity;
use model::quality::ColumnKind;
use sqlx::Row;

use crate::{Batch, Result, Scope, Store};

/// A column as the last load met it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownColumn {
    /// Its name in the source.
    pub name: String,
    /// What its values looked like; `None` when there were none.
    pub kind: Option<ColumnKind>,
    /// What they looked like before that, where it changed in the last load.
    pub kind_before: Option<ColumnKind>,
    /// The last load met it, and none before: not told of the first load, to which everything is new.
    pub is_new: bool,
    /// The last load did not meet it any more.
    pub is_gone: bool,
}

impl Store {
    /// Remembers the columns that a run met in what goes into a table. A name that comes twice counts once.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn remember_columns(
        &self,
        scope: Scope,
        run_id: i64,
        entity: Entity,
        columns: &[(String, Option<ColumnKind>)],
    ) -> Result<()> {
        let mut batch = self.begin().await?;
        for (name, kind) in columns {
            let kind = kind.map_or("", ColumnKind::word);
            // A column without values has not changed its kind: nobody knows.
            sqlx::query(
                "insert into source_columns (scope_id, entity, name, kind, first_run_id, kind_run_id, last_run_id) \
                 values ($1, $2, $3, $4, $5, $5, $5) on conflict (scope_id, entity, name) do update set \
                 kind_before = case when excluded.kind not in ('', source_columns.kind) and source_columns.kind <> '' \
                 then source_columns.kind else source_columns.kind_before end, \
                 kind_run_id = case when excluded.kind not in ('', source_columns.kind) and source_columns.kind <> '' \
                 then excluded.last_run_id else source_columns.kind_run_id end, \
                 kind = case when excluded.kind = '' then source_columns.kind else excluded.kind end, \
                 last_run_id = excluded.last_run_id",
            )
            .bind(scope.0)
            .bind(entity.table())
            .bind(name)
            .bind(kind)
            .bind(run_id)
            .execute(&mut *batch.tx)
            .await?;
        }
        batch.commit().await
    }

    /// The columns known of what goes into a table, by name; empty before the first load.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn known_columns(&self, scope: Scope, entity: Entity) -> Result<Vec<KnownColumn>> {
        let rows = sqlx::query(
            "select name, kind, coalesce(kind_before, ''), first_run_id, kind_run_id, last_run_id \
             from source_columns where scope_id = $1 and entity = $2 order by name",
        )
        .bind(scope.0)
        .bind(entity.table())
        .fetch_all(&self.read)
        .await?;
        let runs = |place: usize| rows.iter().map(move |row| row.try_get::<i64, _>(place).unwrap_or(0));
        let (first, last) = (runs(3).min().unwrap_or(0), runs(5).max().unwrap_or(0));
        rows.iter()
            .map(|row| {
                let kind = |place: usize| -> Result<Option<ColumnKind>> {
                    Ok(ColumnKind::from_word(row.try_get::<&str, _>(place)?))
                };
                let run = |place: usize| -> Result<i64> { Ok(row.try_get(place)?) };
                let kind_before = kind(2)?;
                Ok(KnownColumn {
                    name: row.try_get(0)?,
                    kind: kind(1)?,
                    kind_before: if run(4)? == last { kind_before } else { None },
                    is_new: run(3)? == last && first < last,
                    is_gone: run(5)? < last,
                })
            })
            .collect()
    }
}

impl Batch {
    /// Forgets what the columns of a source looked like.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_columns(&mut self, scope: Scope) -> Result<()> {
        sqlx::query("delete from source_columns where scope_id = $1")
            .bind(scope.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

//! The tables `quality_checks` and `quality_coverage`: what a load left behind.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use model::canonical::Entity;
use sqlx::Row;

use super::ask::{DataValue, Question};
use super::checks::{Check, checks, joined};
use crate::sql::{self, count, number};
use crate::{Error, Result, Scope, Store};

/// What was found in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// The table.
    pub entity: Entity,
    /// Per check how many rows it found, of how many it looked at; the gravest first.
    pub found: Vec<(&'static str, u64, u64)>,
    /// Per field how many rows have something in it, of how many.
    pub filled: Vec<(&'static str, u64, u64)>,
}

impl Store {
    /// Looks at every row a source has in a table, and at those that a run refused for it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn assess(
        &self,
        scope: Scope,
        run_id: i64,
        entity: Entity,
        today: NaiveDate,
    ) -> Result<Assessed> {
        let (missing, refused) = self.refusals(run_id, entity).await?;
        // What is found by comparing rows with each other takes as long as all the rest: both at once.
        let (alone, mut repeated) =
            tokio::try_join!(self.one_by_one(scope, entity, today), self.repeated(scope, entity))?;
        let mut counts = alone.into_iter();
        let total = counts.next().unwrap_or(0);
        let filled = entity
            .fields()
            .iter()
            .map(|field| (field.name, if field.required { total } else { counts.next().unwrap_or(0) }, total))
            .collect();
        let found = checks(entity)
            .map(|check| match check.is_missing() {
                Some(true) => (check.code, missing, total + refused),
                Some(false) => (check.code, refused - missing, total + refused),
                None => {
                    let compared = repeated.remove(check.code);
                    (check.code, compared.or_else(|| counts.next()).unwrap_or(0), total)
                }
            })
            .collect();
        Ok(Assessed { entity, found, filled })
    }

    /// In one look at every row: how many there are, how many have something in each field that may be
    /// empty, how many each check finds that needs no other rows of the table.
    async fn one_by_one(&self, scope: Scope, entity: Entity, today: NaiveDate) -> Result<Vec<u64>> {
        let mut counts = vec!["count(*)".to_owned()];
        for field in entity.fields().iter().filter(|field| !field.required) {
            counts.push(format!("count(t.{})", field.name));
        }
        let alone = |check: &&Check| check.is_in_table() && check.count(entity, scope.0).is_none();
        for check in checks(entity).filter(alone) {
            let condition = check.condition(entity, Some(scope.0), today);
            counts.push(format!("count(*) filter (where {condition})"));
        }
        let (wanted, from) = (counts.len(), joined(entity));
        let sql = format!("select {} from {from} where t.scope_id = {}", counts.join(", "), scope.0);
        self.ask_counts(Question { sql, values: Vec::new() }, wanted).await
    }

    /// How many rows are alike, by the check that finds them.
    async fn repeated(&self, scope: Scope, entity: Entity) -> Result<BTreeMap<&'static str, u64>> {
        let mut found = BTreeMap::new();
        for check in checks(entity) {
            if let Some(sql) = check.count(entity, scope.0) {
                let counts = self.ask_counts(Question { sql, values: Vec::new() }, 1).await?;
                found.insert(check.code, counts.first().copied().unwrap_or(0));
            }
        }
        Ok(found)
    }

    /// How many rows a run refused for want of a needed value, and how many in all.
    async fn refusals(&self, run_id: i64, entity: Entity) -> Result<(u64, u64)> {
        let mut values = Vec::new();
        for field in entity.fields().iter().filter(|field| field.required) {
            // As a load writes it.
            values.push(DataValue::Text(serde_json::json!(field.missing()).to_string()));
        }
        let places = sql::numbered(1, values.len());
        let sql = format!(
            "select sum(case when reason in ({places}) then 1 else 0 end), count(*) from refused_rows \
             where run_id = {run_id} and entity = '{}'",
            entity.table()
        );
        let counts = self.ask_counts(Question { sql, values }, 2).await?;
        let at = |place: usize| counts.get(place).copied().unwrap_or(0);
        Ok((at(0), at(1)))
    }

    /// Keeps what was found in the tables of a run; what was kept of them before is replaced.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn keep_assessed(&self, run_id: i64, assessed: &[Assessed]) -> Result<()> {
        let mut batch = self.begin().await?;
        for table in assessed {
            let entity = table.entity.table();
            for (sql, lines) in [
                (
                    "insert into quality_checks (run_id, entity, code, found, checked) values ($1, $2, $3, $4, $5) \
                     on conflict (run_id, entity, code) do update set found = excluded.found, checked = excluded.checked",
                    &table.found,
                ),
                (
                    "insert into quality_coverage (run_id, entity, field, filled, total) values ($1, $2, $3, $4, $5) \
                     on conflict (run_id, entity, field) do update set filled = excluded.filled, total = excluded.total",
                    &table.filled,
                ),
            ] {
                for (name, part, whole) in lines {
                    sqlx::query(sql)
                        .bind(run_id)
                        .bind(entity)
                        .bind(*name)
                        .bind(number(*part))
                        .bind(number(*whole))
                        .execute(&mut *batch.tx)
                        .await?;
                }
            }
        }
        batch.commit().await
    }

    /// Keeps of a run what was kept of an earlier one: nothing has changed since.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn keep_assessed_again(&self, run_id: i64, earlier: i64) -> Result<()> {
        let mut batch = self.begin().await?;
        for sql in [
            "insert into quality_checks (run_id, entity, code, found, checked) \
             select $1, entity, code, found, checked from quality_checks where run_id = $2",
            "insert into quality_coverage (run_id, entity, field, filled, total) \
             select $1, entity, field, filled, total from quality_coverage where run_id = $2",
        ] {
            sqlx::query(sql).bind(run_id).bind(earlier).execute(&mut *batch.tx).await?;
        }
        batch.commit().await
    }

    /// What was kept of a run, table by table in the order of loading; empty when nothing was. Checks and
    /// fields that this program no longer knows are left out.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn assessed(&self, run_id: i64) -> Result<Vec<Assessed>> {
        let mut tables: Vec<Assessed> = Vec::new();
        let sql = "select entity, code, found, checked, 0 from quality_checks where run_id = $1 \
                   union all select entity, field, filled, total, 1 from quality_coverage where run_id = $1";
        for row in sqlx::query(sql).bind(run_id).fetch_all(&self.read).await? {
            let (entity, name): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let entity = sql::entity(entity)?;
            let is_field = row.try_get::<i32, _>(4)? == 1;
            let known = if is_field {
                entity.field(&name).map(|field| field.name)
            } else {
                Check::of(entity, &name).map(|check| check.code)
            };
            let table = match tables.iter_mut().position(|table| table.entity == entity) {
                Some(place) => &mut tables[place],
                None => {
                    tables.push(Assessed { entity, found: Vec::new(), filled: Vec::new() });
                    let last = tables.len() - 1;
                    &mut tables[last]
                }
            };
            let lines = if is_field { &mut table.filled } else { &mut table.found };
            lines.extend(
                known
                    .map(|name| Ok::<_, Error>((name, count(row.try_get(2)?), count(row.try_get(3)?))))
                    .transpose()?,
            );
        }
        for table in &mut tables {
            let entity = table.entity;
            table.found.sort_by_key(|(code, ..)| checks(entity).position(|check| check.code == *code));
            table
                .filled
                .sort_by_key(|(name, ..)| entity.fields().iter().position(|field| field.name == *name));
        }
        tables.sort_by_key(|table| table.entity);
        Ok(tables)
    }

    /// The runs of a source that something is kept of, with the moment each began; newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn assessed_runs(&self, source: &str, limit: u32) -> Result<Vec<(i64, String)>> {
        let sql = "select r.id, r.started_at from sync_logs r where r.provider = $1 \
                   and exists (select 1 from quality_checks q where q.run_id = r.id) \
                   order by r.id desc limit $2";
        Ok(sqlx::query_as(sql).bind(source).bind(i64::from(limit)).fetch_all(&self.read).await?)
    }

    /// The last run of the same source before this one in which a table was looked at.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn assessed_before(&self, source: &str, run_id: i64, entity: Entity) -> Result<Option<i64>> {
        let sql = "select max(r.id) from sync_logs r where r.provider = $1 and r.id < $2 \
                   and exists (select 1 from quality_coverage q where q.run_id = r.id and q.entity = $3)";
        let before = sqlx::query_scalar(sql).bind(source).bind(run_id).bind(entity.table());
        Ok(before.fetch_one(&self.read).await?)
    }
}

//! The rows of the canonical tables, as they are browsed and exported.

use chrono::NaiveDate;
use model::canonical::{Entity, Field};

use super::ask::{DataValue, Holds, Question};
use super::select::{RowFilter, RowSort, order};
use crate::{Result, Scope, Store};

/// A row of a canonical table.
#[derive(Clone, Debug, PartialEq)]
pub struct DataRow {
    /// Whose it is.
    pub scope: Scope,
    /// The source's name.
    pub source: String,
    /// Its values, one for each of [`Entity::fields`].
    pub values: Vec<DataValue>,
}

/// A part of a long list.
#[derive(Clone, Copy, Debug)]
pub struct RowPart {
    /// In which order.
    pub sort: Option<RowSort>,
    /// How many rows at most.
    pub limit: u32,
    /// After how many.
    pub offset: u64,
    /// How many there are in all, as [`Store::count_rows`] said: what stands near the end is looked for
    /// from there.
    pub all: u64,
}

impl Store {
    /// How many rows fit.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_rows(&self, entity: Entity, filter: &RowFilter, today: NaiveDate) -> Result<u64> {
        let condition = filter.condition(entity, today);
        let sql = format!("select count(*) from {} where {}", condition.from, condition.sql);
        let counts = self.ask_counts(Question { sql, values: condition.values }, 1).await?;
        Ok(counts.first().copied().unwrap_or(0))
    }

    /// A part of the rows that fit.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn rows(
        &self,
        entity: Entity,
        filter: &RowFilter,
        part: RowPart,
        today: NaiveDate,
    ) -> Result<Vec<DataRow>> {
        let RowPart { sort, limit, offset, all } = part;
        let taken = u64::from(limit).min(all.saturating_sub(offset));
        if taken == 0 {
            return Ok(Vec::new());
        }
        let from_the_end = offset > all / 2;
        let skipped = if from_the_end { all - offset - taken } else { offset };
        let (table, key) = (entity.table(), entity.key().name);
        let condition = filter.condition(entity, today);
        let order = order(entity, sort, from_the_end);
        // Only keys are sorted; the rows are fetched afterwards.
        let sql = format!(
            "select {} from (select t.scope_id, t.{key} from {} where {} order by {order} \
             limit {taken} offset {skipped}) page \
             join {table} t on t.scope_id = page.scope_id and t.{key} = page.{key} order by {order}",
            columns(entity),
            condition.from,
            condition.sql,
        );
        let mut rows = self.data_rows(entity, Question { sql, values: condition.values }).await?;
        if from_the_end {
            rows.reverse();
        }
        Ok(rows)
    }

    /// The rows that fit, by source and key, after that row or from the first. Rows that are written
    /// meanwhile may be told as they were or as they are, none twice.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn rows_after(
        &self,
        entity: Entity,
        filter: &RowFilter,
        after: Option<&DataRow>,
        limit: u32,
        today: NaiveDate,
    ) -> Result<Vec<DataRow>> {
        let key = entity.key().name;
        let mut condition = filter.condition(entity, today);
        if let Some(row) = after {
            let place = condition.values.len() + 1;
            condition.sql.push_str(&format!(" and (t.scope_id, t.{key}) > ({}, ${place})", row.scope.0));
            condition.values.push(row.values.first().cloned().unwrap_or(DataValue::Empty));
        }
        let sql = format!(
            "select {} from {} where {} order by {} limit {limit}",
            columns(entity),
            condition.from,
            condition.sql,
            order(entity, None, false),
        );
        self.data_rows(entity, Question { sql, values: condition.values }).await
    }

    /// How many rows each source has in a table, by the source's name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn rows_by_source(&self, entity: Entity) -> Result<Vec<(String, u64)>> {
        let sql = format!(
            "select s.scope, n.rows_there from (select scope_id, count(*) as rows_there from {} group by scope_id) n \
             join sync_scopes s on s.id = n.scope_id order by s.scope",
            entity.table()
        );
        let rows = self.ask(Question { sql, values: Vec::new() }, vec![Holds::Text, Holds::Int]).await?;
        let told = |row: Vec<DataValue>| match <[DataValue; 2]>::try_from(row) {
            Ok([DataValue::Text(source), DataValue::Int(rows)]) => Some((source, crate::sql::count(rows))),
            _ => None,
        };
        Ok(rows.into_iter().filter_map(told).collect())
    }

    /// The sources that have rows in a table, by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn row_sources(&self, entity: Entity) -> Result<Vec<(String, Scope)>> {
        let sql = format!(
            "select s.scope, s.id from sync_scopes s where exists (select 1 from {} t where t.scope_id = s.id) \
             order by s.scope",
            entity.table()
        );
        let rows: Vec<(String, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.read).await?;
        Ok(rows.into_iter().map(|(name, id)| (name, Scope(id))).collect())
    }

    async fn data_rows(&self, entity: Entity, question: Question) -> Result<Vec<DataRow>> {
        let holds = [Holds::Int, Holds::Text].into_iter().chain(entity.fields().iter().map(holds)).collect();
        let rows = self.ask(question, holds).await?;
        let row = |mut row: Vec<DataValue>| {
            let values = row.split_off(2);
            let mut head = row.into_iter();
            let scope = match head.next() {
                Some(DataValue::Int(scope)) => Scope(scope),
                _ => Scope(0),
            };
            let source = match head.next() {
                Some(DataValue::Text(source)) => source,
                _ => String::new(),
            };
            DataRow { scope, source, values }
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

/// The scope, the source's name and every field.
fn columns(entity: Entity) -> String {
    let mut columns = String::from("t.scope_id, (select scope from sync_scopes s where s.id = t.scope_id)");
    for field in entity.fields() {
        columns.push_str(", t.");
        columns.push_str(field.name);
    }
    columns
}

fn holds(field: &Field) -> Holds {
    match field.kind {
        kind if kind.is_text() => Holds::Text,
        kind if kind.is_integer() => Holds::Int,
        _ => Holds::Real,
    }
}

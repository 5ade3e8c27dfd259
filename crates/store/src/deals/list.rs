//! Lists of deals.

use model::Deal;
use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, AssertSqlSafe, Transaction};

use super::fit::Fit;
use super::{COLUMNS, DealFilter, add, by_ids, deal};
use crate::sql::{Dialect, count};
use crate::{Result, Store};

impl Store {
    /// The deals of a filter, and how many there are without its limit.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn deals(&self, filter: &DealFilter) -> Result<(Vec<Deal>, u64)> {
        let mut tx = self.begin_reading().await?;
        let fit = Fit::of(filter, self.dialect, &self.memo, &mut tx).await?;
        let mut arguments = AnyArguments::default();
        let condition = fit.condition(self.dialect, &mut arguments)?;
        let sql = format!("select count(*) from deals where {condition}");
        let total: i64 = sqlx::query_scalar_with(AssertSqlSafe(sql), arguments)
            .persistent(false)
            .fetch_one(&mut *tx)
            .await?;
        let deals = page(&fit, filter, self.dialect, &mut tx).await?;
        tx.commit().await?;
        Ok((deals, count(total)))
    }

    /// The deals with these ids that exist, by id.
    ///
    /// # Errors
    /// As [`Store::deals`].
    pub async fn deals_with_ids(&self, ids: &[i64]) -> Result<Vec<Deal>> {
        let mut deals = by_ids(self.dialect, &mut *self.read.acquire().await?, ids).await?;
        deals.sort_unstable_by_key(|deal| deal.id);
        Ok(deals)
    }

    /// The ids of every deal of a filter, whatever its limit and order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deal_ids(&self, filter: &DealFilter) -> Result<Vec<i64>> {
        let mut arguments = AnyArguments::default();
        let condition = filter.condition(self.dialect, &mut arguments)?;
        let sql = format!("select id from deals where {condition} order by id");
        Ok(sqlx::query_scalar_with(AssertSqlSafe(sql), arguments).fetch_all(&self.read).await?)
    }
}

/// The page of the deals that fit, in the filter's order.
pub(super) async fn page(
    fit: &Fit<'_>,
    filter: &DealFilter,
    dialect: Dialect,
    tx: &mut Transaction<'_, Any>,
) -> Result<Vec<Deal>> {
    let mut arguments = AnyArguments::default();
    let condition = fit.condition(dialect, &mut arguments)?;
    let next = arguments.len() + 1;
    add(&mut arguments, i64::from(filter.limit.unwrap_or(100).min(1_000)))?;
    add(&mut arguments, i64::from(filter.offset))?;
    let order = filter.sort.sql(filter.reversed);
    // The page is found by what indexes hold; only then are its rows read, with their long texts.
    let sql = format!(
        "select {COLUMNS} from deals where id in (select id from deals where {condition} \
         order by {order} limit ${next} offset ${}) order by {order}",
        next + 1
    );
    let rows = sqlx::query_with(AssertSqlSafe(sql), arguments).persistent(false).fetch_all(&mut **tx).await?;
    rows.iter().map(deal).collect()
}

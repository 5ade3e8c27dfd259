//! What a filter comes down to: every deal, a condition, or the few deals that a search found.

use sqlx::any::AnyArguments;
use sqlx::{Any, AssertSqlSafe, Transaction};

use super::DealFilter;
use super::memo::Memo;
use crate::Result;
use crate::sql::Dialect;

/// A search that finds at most that many deals is carried out once; what follows then looks at these deals. One
/// that finds more finds any twenty of them soon.
const FEW: usize = 1_000;

/// The deals that fit a filter.
pub(super) enum Fit<'f> {
    /// Every deal.
    All,
    /// Those for which the filter's fields hold.
    Fields(&'f DealFilter),
    /// The same, and a search that finds many: no index helps with it.
    Search(&'f DealFilter),
    /// These.
    Ids(Vec<i64>),
}

impl<'f> Fit<'f> {
    pub(super) async fn of(
        filter: &'f DealFilter,
        dialect: Dialect,
        memo: &Memo,
        tx: &mut Transaction<'_, Any>,
    ) -> Result<Fit<'f>> {
        if filter.is_open() {
            return Ok(Fit::All);
        }
        if filter.searched().is_none() {
            return Ok(Fit::Fields(filter));
        }
        let known = memo.at(dialect, tx).await?;
        if let Some(ids) = known.found(|kept| &mut kept.fits, &filter.which()) {
            return Ok(Fit::Ids(ids));
        }
        let mut arguments = AnyArguments::default();
        let condition = filter.condition(dialect, &mut arguments)?;
        let sql = format!("select id from deals where {condition} limit {}", FEW + 1);
        let ids: Vec<i64> =
            sqlx::query_scalar_with(AssertSqlSafe(sql), arguments).fetch_all(&mut **tx).await?;
        if ids.len() > FEW {
            return Ok(Fit::Search(filter));
        }
        known.keep(|kept| &mut kept.fits, filter.which(), &ids);
        Ok(Fit::Ids(ids))
    }

    /// The condition, with its values after those that are there already.
    pub(super) fn condition(&self, dialect: Dialect, arguments: &mut AnyArguments) -> Result<String> {
        match self {
            Fit::All => Ok("1 = 1".to_owned()),
            Fit::Fields(filter) | Fit::Search(filter) => filter.condition(dialect, arguments),
            Fit::Ids(ids) if ids.is_empty() => Ok("1 = 0".to_owned()),
            Fit::Ids(ids) => {
                let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
                Ok(format!("id in ({})", ids.join(", ")))
            }
        }
    }
}

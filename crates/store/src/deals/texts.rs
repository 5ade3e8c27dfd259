//! The sectors and assignees that deals have: an index is asked for the next text after each, so that the work grows
//! with the texts (on SQLite with the pairs of sector and assignee) and not with the deals.

use sqlx::{Any, AssertSqlSafe, Transaction};

use super::figures::FIGURES_INDEX;
use crate::Result;
use crate::sql::Dialect;

/// The sectors and the assignees of deals; each once, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealTexts {
    /// Their sectors.
    pub secteur: Vec<String>,
    /// Who follows them.
    pub assignee: Vec<String>,
}

impl DealTexts {
    /// Those of all deals.
    pub(super) async fn of_all(dialect: Dialect, tx: &mut Transaction<'_, Any>) -> Result<DealTexts> {
        let sectors = format!("{} select text from secteurs where text is not null", each("secteur"));
        let assignees = match dialect {
            Dialect::Sqlite => assignees_by_sector(),
            Dialect::Postgres => {
                format!("{} select text from assignees where text is not null", each("assignee"))
            }
        };
        Ok(DealTexts {
            secteur: sqlx::query_scalar(AssertSqlSafe(sectors)).fetch_all(&mut **tx).await?,
            assignee: sqlx::query_scalar(AssertSqlSafe(assignees)).fetch_all(&mut **tx).await?,
        })
    }
}

/// The texts of a column that an index begins with, one after the other, then null; a table of the column's name
/// in the plural.
fn each(column: &str) -> String {
    format!(
        "with recursive {column}s (text) as (select min({column}) from deals union all \
         select (select min({column}) from deals where {column} > text) from {column}s where text is not null)"
    )
}

/// SQLite has assignees in the index of figures alone, behind their sectors, of which null is one.
fn assignees_by_sector() -> String {
    let sectors = each("secteur");
    let next = format!("select min(assignee) from {FIGURES_INDEX} where secteur is sector");
    format!(
        "{sectors}, people (sector, name) as (\
         select sector, ({next}) from (select text as sector from secteurs) union all \
         select sector, ({next} and assignee > name) from people where name is not null) \
         select distinct name from people where name is not null"
    )
}

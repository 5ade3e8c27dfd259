//! The table `deals`.

mod figures;
mod filter;
mod fit;
mod list;
pub(crate) mod memo;
mod plain;
mod statuses;
mod texts;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use model::deal::FieldValue;
use model::{Deal, DealField, DealValues, Money, Slot, Status};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Row};

use crate::sql::{CHUNK, Dialect, count};
use crate::{Batch, Error, Link, Result, Scope, Store};

pub use figures::{Few, FigureDays, FigureGroup, Figures};
pub use filter::{DealFilter, DealSort};
pub use texts::DealTexts;

/// The columns [`deal`] reads. Amounts leave the database as whole cents.
pub(crate) const COLUMNS: &str = "id, client, statut, cast(round(montant_brut * 100) as bigint) as centimes, \
                                  secteur, date_echeance, assignee, notes, created_at, updated_at";

/// A client's name as matching sees it.
pub fn client_key(client: &str) -> String {
    client.trim().to_lowercase()
}

impl Store {
    /// One deal.
    ///
    /// # Errors
    /// As [`Store::deals`].
    pub async fn deal(&self, id: i64) -> Result<Option<Deal>> {
        let sql = format!("select {COLUMNS} from deals where id = $1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(deal).transpose()
    }

    /// At most `limit` deals with an id above `after`, by id, each with its link if it has one in this
    /// scope.
    ///
    /// # Errors
    /// As [`Store::deals`].
    pub async fn deals_after(
        &self,
        scope: Scope,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(Deal, Option<Link>)>> {
        let sql = format!(
            "select {COLUMNS}, external_id, content from deals \
             left join sync_links on sync_links.deal_id = deals.id and sync_links.scope_id = $1 \
             where id > $2 order by id limit $3"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(scope.0)
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(|row| Ok((deal(row)?, link(row)?))).collect()
    }

    /// How many deals there are.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deal_count(&self) -> Result<u64> {
        Ok(count(sqlx::query_scalar("select count(*) from deals").fetch_one(&self.read).await?))
    }
}

impl Batch {
    /// The deals with these ids that exist.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn deals(&mut self, ids: &[i64]) -> Result<Vec<Deal>> {
        by_ids(self.dialect, &mut self.tx, ids).await
    }

    /// The ids of the deals of these clients (as [`client_key`] writes them) without a link in this scope. Whoever
    /// is to change them reads them with [`Batch::deals_to_change`]: a person may be changing them now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unlinked_deals(&mut self, scope: Scope, client_keys: &[&str]) -> Result<Vec<i64>> {
        let mut ids = Vec::new();
        for keys in client_keys.chunks(CHUNK) {
            let sql = format!(
                "select id from deals where not exists \
                 (select 1 from sync_links l where l.deal_id = deals.id and l.scope_id = {}) \
                 and client_key in ({})",
                self.dialect.one(1),
                self.dialect.list(2, keys.len())
            );
            let mut query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(scope.0);
            for key in keys {
                query = query.bind(*key);
            }
            ids.append(&mut query.fetch_all(&mut *self.tx).await?);
        }
        Ok(ids)
    }
}

/// The deals with these ids that exist.
async fn by_ids(dialect: Dialect, session: &mut AnyConnection, ids: &[i64]) -> Result<Vec<Deal>> {
    let mut deals = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let sql = format!("select {COLUMNS} from deals where id in ({})", dialect.list(1, ids.len()));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(*id);
        }
        for row in query.fetch_all(&mut *session).await? {
            deals.push(deal(&row)?);
        }
    }
    Ok(deals)
}

fn add<'t, T>(arguments: &mut AnyArguments, value: T) -> Result<()>
where
    T: sqlx::Encode<'t, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    arguments.add(value).map_err(|e| Error::Database(sqlx::Error::Encode(e)))
}

/// The link that came with a deal, if it has one.
fn link(row: &AnyRow) -> Result<Option<Link>> {
    let external_id: Option<String> = row.try_get("external_id")?;
    let Some(external_id) = external_id else { return Ok(None) };
    Ok(Some(Link { external_id, deal_id: row.try_get("id")?, content: row.try_get("content")? }))
}

/// Reads the columns of [`COLUMNS`].
pub(crate) fn deal(row: &AnyRow) -> Result<Deal> {
    let corrupt = |what, value| Error::Corrupt { what, value };
    let text = |name: &str| -> Result<Option<String>> { Ok(row.try_get(name)?) };
    let instant = |name: &str| -> Result<DateTime<Utc>> {
        let value: String = row.try_get(name)?;
        value.parse().map_err(|_| corrupt("instant", value))
    };
    let mut values = DealValues::default();
    for field in [DealField::Client, DealField::Secteur, DealField::Assignee, DealField::Notes] {
        values.set(field, Slot::known(text(field.key())?.map(FieldValue::Text)));
    }
    let status: String = row.try_get("statut")?;
    let status = Status::from_word(&status).ok_or_else(|| corrupt("statut", status))?;
    values.set(DealField::Statut, Slot::Set(FieldValue::Status(status)));
    let amount = Money::from_cents(row.try_get("centimes")?);
    values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(amount)));
    let due = text("date_echeance")?
        .map(|d| NaiveDate::parse_from_str(&d, "%Y-%m-%d").map_err(|_| corrupt("date_echeance", d)))
        .transpose()?;
    values.set(DealField::DateEcheance, Slot::known(due.map(FieldValue::Date)));
    Ok(Deal {
        id: row.try_get("id")?,
        values,
        created_at: instant("created_at")?,
        updated_at: instant("updated_at")?,
    })
}

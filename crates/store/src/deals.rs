//! The table `deals`.

use chrono::{DateTime, NaiveDate, Utc};
use model::deal::FieldValue;
use model::{Deal, DealField, DealValues, Money, Slot, Status};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Arguments, AssertSqlSafe, Row};

use crate::sql::{self, CHUNK, count};
use crate::{Batch, Error, Link, Result, Scope, Store};

/// Which deals, and in which order.
#[derive(Clone, Debug, Default)]
pub struct DealFilter {
    /// Any of these statuses (CRM words); all when empty.
    pub statut: Vec<String>,
    /// Any of these sectors; all when empty.
    pub secteur: Vec<String>,
    /// Any of these assignees; all when empty.
    pub assignee: Vec<String>,
    /// Due on that day or later.
    pub date_from: Option<NaiveDate>,
    /// Due on that day or earlier.
    pub date_to: Option<NaiveDate>,
    /// A part of the client's name or of the notes, without case.
    pub search: Option<String>,
    /// At most that many; 100 by default, 1,000 at most.
    pub limit: Option<u32>,
    /// After that many.
    pub offset: u32,
    /// In which order.
    pub sort: DealSort,
}

/// The order of deals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DealSort {
    /// Last changed first.
    #[default]
    Recent,
    /// By id.
    Id,
    /// By client.
    Client,
    /// Largest amount first.
    Amount,
    /// Soonest due first, undated last.
    Due,
}

impl DealSort {
    fn sql(self) -> &'static str {
        match self {
            DealSort::Recent => "updated_at desc, id desc",
            DealSort::Id => "id",
            DealSort::Client => "client_key, id",
            DealSort::Amount => "montant_brut desc, id",
            DealSort::Due => "case when date_echeance is null then 1 else 0 end, date_echeance, id",
        }
    }
}

/// The columns [`deal`] reads. Amounts leave the database as whole cents.
pub(crate) const COLUMNS: &str = "id, client, statut, cast(round(montant_brut * 100) as bigint) as centimes, \
                                  secteur, date_echeance, assignee, notes, created_at, updated_at";

/// A client's name as matching sees it.
pub fn client_key(client: &str) -> String {
    client.trim().to_lowercase()
}

impl Store {
    /// The deals of a filter, and how many there are without its limit.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn deals(&self, filter: &DealFilter) -> Result<(Vec<Deal>, u64)> {
        let (condition, arguments) = condition(filter)?;
        let total: i64 = sqlx::query_scalar_with(
            AssertSqlSafe(format!("select count(*) from deals where {condition}")),
            arguments,
        )
        .fetch_one(&self.read)
        .await?;
        let (_, mut arguments) = self::condition(filter)?;
        let next = arguments.len() + 1;
        add(&mut arguments, i64::from(filter.limit.unwrap_or(100).min(1_000)))?;
        add(&mut arguments, i64::from(filter.offset))?;
        let sql = format!(
            "select {COLUMNS} from deals where {condition} order by {} limit ${next} offset ${}",
            filter.sort.sql(),
            next + 1
        );
        let rows = sqlx::query_with(AssertSqlSafe(sql), arguments).fetch_all(&self.read).await?;
        Ok((rows.iter().map(deal).collect::<Result<_>>()?, count(total)))
    }

    /// The ids of every deal of a filter, whatever its limit and order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deal_ids(&self, filter: &DealFilter) -> Result<Vec<i64>> {
        let (condition, arguments) = condition(filter)?;
        let sql = format!("select id from deals where {condition} order by id");
        Ok(sqlx::query_scalar_with(AssertSqlSafe(sql), arguments).fetch_all(&self.read).await?)
    }

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
        let mut deals = Vec::with_capacity(ids.len());
        for ids in ids.chunks(CHUNK) {
            let sql =
                format!("select {COLUMNS} from deals where id in ({})", self.dialect.list(1, ids.len()));
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for id in ids {
                query = query.bind(*id);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                deals.push(deal(&row)?);
            }
        }
        Ok(deals)
    }

    /// The deals of these clients (as [`client_key`] writes them) without a link in this scope.
    ///
    /// # Errors
    /// As [`Batch::deals`].
    pub async fn unlinked_deals(&mut self, scope: Scope, client_keys: &[&str]) -> Result<Vec<Deal>> {
        let mut deals = Vec::new();
        for keys in client_keys.chunks(CHUNK) {
            let sql = format!(
                "select {COLUMNS} from deals where not exists \
                 (select 1 from sync_links l where l.deal_id = deals.id and l.scope_id = {}) \
                 and client_key in ({}) order by id",
                self.dialect.one(1),
                self.dialect.list(2, keys.len())
            );
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(scope.0);
            for key in keys {
                query = query.bind(*key);
            }
            for row in query.fetch_all(&mut *self.tx).await? {
                deals.push(deal(&row)?);
            }
        }
        Ok(deals)
    }

    /// Inserts deals and returns their ids, in the order of `deals`.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn insert_deals(&mut self, deals: &[&DealValues], now: &str) -> Result<Vec<i64>> {
        const ROW: [&str; 12] =
            ["?", "?", "?", "? / 100.0", "? / 100.0", "? / 100.0", "?", "?", "?", "?", "?", "?"];
        let mut ids = Vec::with_capacity(deals.len());
        for deals in deals.chunks(CHUNK) {
            let sql = format!(
                "insert into deals (client, client_key, statut, montant_brut, probabilite, valeur_ponderee, secteur, \
                 date_echeance, assignee, notes, created_at, updated_at) values {} returning id",
                self.dialect.rows(deals.len(), &ROW)
            );
            let mut arguments = AnyArguments::default();
            for deal in deals {
                bind(&mut arguments, deal)?;
                add(&mut arguments, now.to_owned())?;
                add(&mut arguments, now.to_owned())?;
            }
            let mut new: Vec<i64> =
                sqlx::query_scalar_with(AssertSqlSafe(sql), arguments).fetch_all(&mut *self.tx).await?;
            // Both engines number the rows of one insert in the order of its values, but neither
            // promises to return them in that order.
            new.sort_unstable();
            ids.append(&mut new);
        }
        Ok(ids)
    }

    /// Replaces the fields of a deal. False when it does not exist.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn update_deal(&mut self, id: i64, values: &DealValues, now: &str) -> Result<bool> {
        let mut arguments = AnyArguments::default();
        bind(&mut arguments, values)?;
        add(&mut arguments, now.to_owned())?;
        add(&mut arguments, id)?;
        let done = sqlx::query_with(
            "update deals set client = $1, client_key = $2, statut = $3, montant_brut = $4 / 100.0, \
             probabilite = $5 / 100.0, valeur_ponderee = $6 / 100.0, secteur = $7, date_echeance = $8, \
             assignee = $9, notes = $10, updated_at = $11 where id = $12",
            arguments,
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Deletes the deals that are linked in this scope and in no other; returns how many there were.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_linked_deals(&mut self, scope: Scope) -> Result<u64> {
        let done = sqlx::query(
            "delete from deals where id in (select deal_id from sync_links where scope_id = $1) \
             and id not in (select deal_id from sync_links where scope_id <> $1)",
        )
        .bind(scope.0)
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected())
    }
}

/// Adds the ten values of a deal in the order of the statements above.
fn bind(arguments: &mut AnyArguments, values: &DealValues) -> Result<()> {
    let text = |field| values.text(field).map(str::to_owned);
    let client = text(DealField::Client).unwrap_or_default();
    let status = values.status().unwrap_or_default();
    let amount = values.money().unwrap_or_default();
    let key = client_key(&client);
    add(arguments, client)?;
    add(arguments, key)?;
    add(arguments, status.word())?;
    add(arguments, amount.cents())?;
    add(arguments, i64::from(status.percent()))?;
    add(arguments, amount.percent(status.percent()).cents())?;
    add(arguments, text(DealField::Secteur))?;
    add(arguments, values.date().map(|d| d.to_string()))?;
    add(arguments, text(DealField::Assignee))?;
    add(arguments, text(DealField::Notes))
}

fn add<'t, T>(arguments: &mut AnyArguments, value: T) -> Result<()>
where
    T: sqlx::Encode<'t, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    arguments.add(value).map_err(|e| Error::Database(sqlx::Error::Encode(e)))
}

/// The condition of a filter, with its values.
fn condition(filter: &DealFilter) -> Result<(String, AnyArguments)> {
    let mut arguments = AnyArguments::default();
    let mut parts = vec!["1 = 1".to_owned()];
    for (column, values) in
        [("statut", &filter.statut), ("secteur", &filter.secteur), ("assignee", &filter.assignee)]
    {
        if !values.is_empty() {
            parts.push(format!("{column} in ({})", sql::numbered(arguments.len() + 1, values.len())));
            for value in values {
                add(&mut arguments, value.clone())?;
            }
        }
    }
    for (comparison, day) in [(">=", filter.date_from), ("<=", filter.date_to)] {
        if let Some(day) = day {
            parts.push(format!("date_echeance {comparison} ${}", arguments.len() + 1));
            add(&mut arguments, day.to_string())?;
        }
    }
    if let Some(search) = filter.search.as_deref().map(str::trim).filter(|s| !s.is_empty()) {
        let escaped = search.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let place = arguments.len() + 1;
        parts.push(format!(
            "(client_key like ${place} escape '\\' or lower(notes) like ${place} escape '\\')"
        ));
        add(&mut arguments, format!("%{escaped}%"))?;
    }
    Ok((parts.join(" and "), arguments))
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

//! The tables `deal_deletions`, `deleted_deals`, `deleted_links` and `deleted_statuses`: deals that can still come
//! back, with what hangs on them.

use model::Deal;
use model::deal_history::DealEventKind;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::deal_events::{Author, NewDealEvent};
use crate::sql::{CHUNK, Dialect, count};
use crate::{Batch, Result};

/// Every column of a deal, and so of a deleted one.
const DEAL: &str = "id, client, client_key, statut, montant_brut, probabilite, valeur_ponderee, secteur, \
                    date_echeance, assignee, notes, client_plain, notes_plain, gagne_apres, created_at, updated_at";

/// What goes with a deal and comes back with it: where it is kept aside, its table, and the columns.
const HANGING: [(&str, &str, &str); 2] = [
    ("deleted_links", "sync_links", "scope_id, external_id, deal_id, content"),
    ("deleted_statuses", "deal_statuses", "deal_id, statut, since"),
];

/// How many deleted deals go for good in one transaction.
const PORTION: i64 = 500;

/// How many of the deals that could not come back are named.
const NAMED: i64 = 100;

/// What became of a wish to take a deletion back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakenBack {
    /// There is no such deletion, or it is forgotten.
    Unknown,
    /// It was taken back before.
    Already,
    /// It was made too long ago.
    TooLate,
    /// Deals came back.
    Done {
        /// How many.
        restored: u64,
        /// How many could not.
        left_out: u64,
        /// The first hundred of those.
        named: Vec<LeftOut>,
    },
}

/// A deal that could not come back: a run has taken its record, or somebody its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its id.
    pub id: i64,
    /// Whom it was with.
    pub client: String,
    /// The deal that its record belongs to now; none when its own id is taken.
    pub in_favour_of: Option<i64>,
}

impl Batch {
    /// The deals with these ids that exist. Until the end of this batch nobody else changes them. Everybody
    /// takes deals in the order of their ids, a batch best all at once: so nobody waits for somebody who waits for
    /// them.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn deals_to_change(&mut self, ids: &[i64]) -> Result<Vec<Deal>> {
        // On SQLite nobody else writes now anyway.
        if self.dialect == Dialect::Postgres {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            for ids in ids.chunks(CHUNK) {
                self.for_ids("select id from deals where id in ({}) order by id for update", ids).await?;
            }
        }
        self.deals(ids).await
    }

    /// Begins a deletion; its number takes it back.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn begin_deletion(&mut self, now: &str) -> Result<i64> {
        let begun = sqlx::query_scalar("insert into deal_deletions (at) values ($1) returning id").bind(now);
        Ok(begun.fetch_one(&mut *self.tx).await?)
    }

    /// Deletes deals with what hangs on them, keeps all aside under the number of a deletion, and says so in their
    /// history. Returns how many of them there were.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn delete_deals(&mut self, deletion: i64, ids: &[i64], by: &Author, now: &str) -> Result<u64> {
        let there: Vec<i64> = self.deals_to_change(ids).await?.iter().map(|deal| deal.id).collect();
        for ids in there.chunks(CHUNK) {
            let deals = format!(
                "insert into deleted_deals (deletion_id, {DEAL}) select {deletion}, {DEAL} from deals where id in ({{}})"
            );
            self.for_ids(&deals, ids).await?;
            for (aside, table, columns) in HANGING {
                let copied = format!(
                    "insert into {aside} (deletion_id, {columns}) select {deletion}, {columns} from {table} \
                     where deal_id in ({{}})"
                );
                self.for_ids(&copied, ids).await?;
            }
            self.for_ids("delete from deals where id in ({})", ids).await?;
        }
        self.add_deal_events(&events(&there, DealEventKind::Deleted), by, now).await?;
        Ok(there.len() as u64)
    }

    /// Brings the deals of a deletion back with their ids, links and instants, if it was made after
    /// `not_before`. One whose record belongs to another deal by now stays away: it would be its twin.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn take_back_deletion(
        &mut self,
        number: i64,
        not_before: &str,
        by: &Author,
        now: &str,
    ) -> Result<TakenBack> {
        // A run looks for the link of a record, and links it to a new deal when there is none: on PostgreSQL the
        // links must not come back in between. On SQLite they cannot.
        if self.dialect == Dialect::Postgres {
            sqlx::query("lock table sync_links in access exclusive mode").execute(&mut *self.tx).await?;
        }
        let made = sqlx::query("select at, undone_at from deal_deletions where id = $1").bind(number);
        let Some(made) = made.fetch_optional(&mut *self.tx).await? else { return Ok(TakenBack::Unknown) };
        let (at, undone_at): (String, Option<String>) = (made.try_get(0)?, made.try_get(1)?);
        if undone_at.is_some() {
            return Ok(TakenBack::Already);
        }
        if at.as_str() < not_before {
            return Ok(TakenBack::TooLate);
        }
        sqlx::query("update deal_deletions set undone_at = $1 where id = $2")
            .bind(now)
            .bind(number)
            .execute(&mut *self.tx)
            .await?;
        self.of_deletion(LEAVE_OUT, number).await?;
        let coming = sqlx::query_scalar(
            "select id from deleted_deals where deletion_id = $1 and left_out = 0 order by id",
        );
        let coming: Vec<i64> = coming.bind(number).fetch_all(&mut *self.tx).await?;
        let deals = format!(
            "insert into deals ({DEAL}) select {DEAL} from deleted_deals where deletion_id = $1 and left_out = 0 order by id"
        );
        self.of_deletion(&deals, number).await?;
        for (aside, table, columns) in HANGING {
            // Those of deals that stay away stay with them.
            let back = format!(
                "insert into {table} ({columns}) select {columns} from {aside} where deletion_id = $1 and deal_id in \
                 (select id from deleted_deals where deletion_id = $1 and left_out = 0)"
            );
            self.of_deletion(&back, number).await?;
        }
        self.of_deletion("delete from deleted_deals where deletion_id = $1 and left_out = 0", number).await?;
        self.add_deal_events(&events(&coming, DealEventKind::Restored), by, now).await?;
        let left_out =
            sqlx::query_scalar("select count(*) from deleted_deals where deletion_id = $1").bind(number);
        let left_out = count(left_out.fetch_one(&mut *self.tx).await?);
        let named = sqlx::query(WHO_IS_LEFT_OUT).bind(number).bind(NAMED).fetch_all(&mut *self.tx).await?;
        let named = named.iter().map(left_out_row).collect::<Result<_>>()?;
        Ok(TakenBack::Done { restored: coming.len() as u64, left_out, named })
    }

    /// Forgets up to five hundred deals that were deleted before an instant, with their history. Whether there
    /// may be more.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_deletions(&mut self, before: &str) -> Result<bool> {
        let old = sqlx::query_scalar(
            "select id from deleted_deals where deletion_id in (select id from deal_deletions where at < $1) limit $2",
        );
        let old: Vec<i64> = old.bind(before).bind(PORTION).fetch_all(&mut *self.tx).await?;
        for ids in old.chunks(CHUNK) {
            self.for_ids(
                "delete from deal_events where deal_id in ({}) \
                 and not exists (select 1 from deals where deals.id = deal_events.deal_id)",
                ids,
            )
            .await?;
            let gone = format!(
                "delete from deleted_deals where id in ({}) and deletion_id in (select id from deal_deletions where at < {})",
                self.dialect.list(1, ids.len()),
                self.dialect.one(ids.len() + 1)
            );
            let query = ids.iter().fold(sqlx::query(AssertSqlSafe(gone)), |query, id| query.bind(*id));
            query.bind(before).execute(&mut *self.tx).await?;
        }
        if old.is_empty() {
            let empty = sqlx::query("delete from deal_deletions where at < $1").bind(before);
            empty.execute(&mut *self.tx).await?;
        }
        Ok(!old.is_empty())
    }

    /// Carries out a statement in which `{}` stands for the ids.
    async fn for_ids(&mut self, sql: &str, ids: &[i64]) -> Result<()> {
        let sql = sql.replace("{}", &self.dialect.list(1, ids.len()));
        let query = ids.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(*id));
        query.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Carries out a statement about one deletion.
    async fn of_deletion(&mut self, sql: &str, number: i64) -> Result<()> {
        sqlx::query(AssertSqlSafe(sql)).bind(number).execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// Marks the deals that cannot come back.
const LEAVE_OUT: &str = "update deleted_deals set left_out = 1 where deletion_id = $1 \
                         and (exists (select 1 from deals where deals.id = deleted_deals.id) \
                         or exists (select 1 from deleted_links d join sync_links l \
                         on l.scope_id = d.scope_id and l.external_id = d.external_id \
                         where d.deletion_id = deleted_deals.deletion_id and d.deal_id = deleted_deals.id))";

/// Names those that cannot, each with the deal that has its record.
const WHO_IS_LEFT_OUT: &str = "select o.id, o.client, (select min(l.deal_id) from deleted_links d join sync_links l \
                               on l.scope_id = d.scope_id and l.external_id = d.external_id \
                               where d.deletion_id = o.deletion_id and d.deal_id = o.id) \
                               from deleted_deals o where o.deletion_id = $1 order by o.id limit $2";

fn events(ids: &[i64], kind: DealEventKind) -> Vec<NewDealEvent> {
    ids.iter().map(|id| NewDealEvent { deal_id: *id, kind, fields: "[]".to_owned() }).collect()
}

fn left_out_row(row: &AnyRow) -> Result<LeftOut> {
    Ok(LeftOut { id: row.try_get(0)?, client: row.try_get(1)?, in_favour_of: row.try_get(2)? })
}

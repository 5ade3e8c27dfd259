//! The tables `deal_deletions`, `deleted_deals`, `deleted_links` and `deleted_statuses`: deals that can still come
//! back, with what hangs on them.

use model::Deal;
use model::deal_history::DealEventKind;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::deal_events::{Author, NewDealEvent};
use crate::sql::{CHUNK, Dialect, count};
use crate::{Batch, Result, Store};

/// Every column of a deal, and so of a deleted one.
const DEAL: &str = "id, client, client_key, statut, montant_brut, probabilite, valeur_ponderee, secteur, \
                    date_echeance, assignee, notes, client_plain, notes_plain, gagne_apres, created_at, updated_at";

/// What goes with a deal and comes back with it: where it is kept aside, its table, and the columns.
const HANGING: [(&str, &str, &str); 2] = [
    ("deleted_links", "sync_links", "scope_id, external_id, deal_id, content"),
    ("deleted_statuses", "deal_statuses", "deal_id, statut, since"),
];

/// How many deleted deals go for good, or come back, in one transaction: others who write wait a moment at most.
const PORTION: i64 = 500;

/// How many of the deals that could not come back are named.
const NAMED: i64 = 100;

/// What a wish to take a deletion back meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakingBack {
    /// There is no such deletion, or it is forgotten.
    Unknown,
    /// It was taken back before, to its end.
    Already,
    /// It was made too long ago.
    TooLate,
    /// Its deals may come back: all of them, or those that an earlier wish did not get to.
    Begun,
}

/// Some deals of a deletion that is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroughtBack {
    /// How many came back; the others of this portion stay away.
    pub restored: u64,
    /// The highest id of them all: the next portion begins after it.
    pub last: i64,
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

    /// Begins to take a deletion back, or goes on with it, if it was made after `not_before` or a wish of that time
    /// did not come to its end. Until the end of this batch nobody else does.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn begin_taking_back(
        &mut self,
        number: i64,
        not_before: &str,
        now: &str,
    ) -> Result<TakingBack> {
        // Changes nothing, but nobody else passes here now.
        let held = sqlx::query("update deal_deletions set at = at where id = $1").bind(number);
        held.execute(&mut *self.tx).await?;
        let made = sqlx::query(
            "select at, undone_at, case when exists (select 1 from deleted_deals \
             where deletion_id = deal_deletions.id and left_out = 0) then 1 else 0 end \
             from deal_deletions where id = $1",
        );
        let made = made.bind(number).fetch_optional(&mut *self.tx).await?;
        let Some(made) = made else { return Ok(TakingBack::Unknown) };
        let (at, undone_at): (String, Option<String>) = (made.try_get(0)?, made.try_get(1)?);
        let is_more: i64 = made.try_get(2)?;
        if undone_at.is_some() && is_more == 0 {
            return Ok(TakingBack::Already);
        }
        if undone_at.as_deref().unwrap_or(&at) < not_before {
            return Ok(TakingBack::TooLate);
        }
        let begun =
            sqlx::query("update deal_deletions set undone_at = $1 where id = $2").bind(now).bind(number);
        begun.execute(&mut *self.tx).await?;
        Ok(TakingBack::Begun)
    }

    /// Brings the next five hundred deals of a deletion back, by their ids above `after`, with these ids, their links
    /// and instants. One whose record belongs to another deal by now stays away: it would be its twin. None when
    /// there is nothing left to bring back.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn bring_back(
        &mut self,
        number: i64,
        after: i64,
        by: &Author,
        now: &str,
    ) -> Result<Option<BroughtBack>> {
        // A run looks for the link of a record, and links it to a new deal when there is none: on PostgreSQL the
        // links must not come back in between, see [`Batch::links`]. On SQLite they cannot.
        if self.dialect == Dialect::Postgres {
            sqlx::query("lock table sync_links in exclusive mode").execute(&mut *self.tx).await?;
        }
        let last = sqlx::query_scalar(
            "select max(id) from (select id from deleted_deals where deletion_id = $1 and left_out = 0 and id > $2 \
             order by id limit $3) as portion",
        );
        let last: Option<i64> = last.bind(number).bind(after).bind(PORTION).fetch_one(&mut *self.tx).await?;
        let Some(last) = last else { return Ok(None) };
        let portion = Portion { number, after, last };
        self.of_portion(LEAVE_OUT, portion).await?;
        let coming = format!("select id from deleted_deals where {COMING}");
        let coming: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(coming))
            .bind(number)
            .bind(after)
            .bind(last)
            .fetch_all(&mut *self.tx)
            .await?;
        self.of_portion(
            &format!("insert into deals ({DEAL}) select {DEAL} from deleted_deals where {COMING}"),
            portion,
        )
        .await?;
        for (aside, table, columns) in HANGING {
            // Those of deals that stay away stay with them.
            let back = format!(
                "insert into {table} ({columns}) select {columns} from {aside} where deletion_id = $1 and deal_id in \
                 (select id from deleted_deals where {COMING})"
            );
            self.of_portion(&back, portion).await?;
        }
        self.of_portion(&format!("delete from deleted_deals where {COMING}"), portion).await?;
        self.add_deal_events(&events(&coming, DealEventKind::Restored), by, now).await?;
        Ok(Some(BroughtBack { restored: coming.len() as u64, last }))
    }

    /// Forgets up to five hundred deals that were deleted before an instant, with their history. Those that
    /// somebody has begun to bring back since are kept as long from then on. Whether there may be more.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn forget_deletions(&mut self, before: &str) -> Result<bool> {
        let old = sqlx::query_scalar(
            "select id from deleted_deals where deletion_id in \
             (select id from deal_deletions where coalesce(undone_at, at) < $1) limit $2",
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
                "delete from deleted_deals where id in ({}) and deletion_id in \
                 (select id from deal_deletions where coalesce(undone_at, at) < {})",
                self.dialect.list(1, ids.len()),
                self.dialect.one(ids.len() + 1)
            );
            let query = ids.iter().fold(sqlx::query(AssertSqlSafe(gone)), |query, id| query.bind(*id));
            query.bind(before).execute(&mut *self.tx).await?;
        }
        if old.is_empty() {
            let empty =
                sqlx::query("delete from deal_deletions where coalesce(undone_at, at) < $1").bind(before);
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

    /// Carries out a statement about some deals of one deletion.
    async fn of_portion(&mut self, sql: &str, Portion { number, after, last }: Portion) -> Result<()> {
        let query = sqlx::query(AssertSqlSafe(sql)).bind(number).bind(after).bind(last);
        query.execute(&mut *self.tx).await?;
        Ok(())
    }
}

impl Store {
    /// How many deals of a deletion could not come back, and the first hundred of them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn left_out(&self, number: i64) -> Result<(u64, Vec<LeftOut>)> {
        let all = "select count(*) from deleted_deals where deletion_id = $1 and left_out = 1";
        let all = sqlx::query_scalar(all).bind(number).fetch_one(&self.read).await?;
        let named = sqlx::query(WHO_IS_LEFT_OUT).bind(number).bind(NAMED).fetch_all(&self.read).await?;
        Ok((count(all), named.iter().map(left_out_row).collect::<Result<_>>()?))
    }
}

/// The deals of a deletion with ids above `after`, up to `last`.
#[derive(Clone, Copy)]
struct Portion {
    number: i64,
    after: i64,
    last: i64,
}

/// The deals of a portion that come back.
const COMING: &str = "deletion_id = $1 and left_out = 0 and id > $2 and id <= $3";

/// Marks the deals of a portion that cannot come back.
const LEAVE_OUT: &str = "update deleted_deals set left_out = 1 \
                         where deletion_id = $1 and left_out = 0 and id > $2 and id <= $3 \
                         and (exists (select 1 from deals where deals.id = deleted_deals.id) \
                         or exists (select 1 from deleted_links d join sync_links l \
                         on l.scope_id = d.scope_id and l.external_id = d.external_id \
                         where d.deletion_id = deleted_deals.deletion_id and d.deal_id = deleted_deals.id))";

/// Names those that could not, each with the deal that has its record.
const WHO_IS_LEFT_OUT: &str = "select o.id, o.client, (select min(l.deal_id) from deleted_links d join sync_links l \
                               on l.scope_id = d.scope_id and l.external_id = d.external_id \
                               where d.deletion_id = o.deletion_id and d.deal_id = o.id) \
                               from deleted_deals o where o.deletion_id = $1 and o.left_out = 1 \
                               order by o.id limit $2";

fn events(ids: &[i64], kind: DealEventKind) -> Vec<NewDealEvent> {
    ids.iter().map(|id| NewDealEvent { deal_id: *id, kind, fields: "[]".to_owned() }).collect()
}

fn left_out_row(row: &AnyRow) -> Result<LeftOut> {
    Ok(LeftOut { id: row.try_get(0)?, client: row.try_get(1)?, in_favour_of: row.try_get(2)? })
}

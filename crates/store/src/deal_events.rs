//! The table `deal_events`, and the changes of runs that belong beside it: the history of a deal.

use model::deal_history::{DealActor, DealEventKind};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Arguments, AssertSqlSafe, Row};

use crate::sql::CHUNK;
use crate::{Batch, Error, Result, Store};

/// Who changes deals by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// The member; none where nobody has to log in.
    pub user_id: Option<i64>,
    /// Their name at that time.
    pub name: Option<String>,
}

/// Something somebody did to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDealEvent {
    /// The deal.
    pub deal_id: i64,
    /// What.
    pub kind: DealEventKind,
    /// JSON list of [`model::deal_history::DealFieldChange`].
    pub fields: String,
}

/// Something that happened to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealEventRow {
    /// When.
    pub at: String,
    /// What.
    pub kind: DealEventKind,
    /// Who did it.
    pub actor: DealActor,
    /// JSON list of objects with `field`, `before` and `after`: texts where a person did it, values where a
    /// run did.
    pub fields: String,
}

/// What people did. The same columns as [`BY_RUNS`].
const BY_HAND: &str = "select at, kind, actor, fields from deal_events where deal_id = $1 \
                       order by at desc, id desc limit $2";

/// What imports did: an export changes the service, not the deal.
const BY_RUNS: &str = "select coalesce(c.at, r.started_at), \
                       case c.action when 'create' then 'created' else 'changed' end, \
                       r.provider, c.fields, r.id, r.cause \
                       from sync_changes c join sync_logs r on r.id = c.run_id \
                       where c.deal_id = $1 and c.action in ('create', 'update') and r.direction = 'import' \
                       order by 1 desc, c.id desc limit $2";

impl Store {
    /// What happened to a deal, newest first, at most `limit` events.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn deal_events(&self, deal_id: i64, limit: u32) -> Result<Vec<DealEventRow>> {
        let rows = |sql| sqlx::query(sql).bind(deal_id).bind(i64::from(limit)).fetch_all(&self.read);
        let by_hand = rows(BY_HAND).await?;
        let by_runs = rows(BY_RUNS).await?;
        let mut events: Vec<DealEventRow> =
            by_hand.iter().map(by_hand_row).chain(by_runs.iter().map(by_run_row)).collect::<Result<_>>()?;
        // Each part is in order already: what happened at the same instant stays in it.
        events.sort_by(|a, b| b.at.cmp(&a.at));
        events.truncate(limit.try_into().unwrap_or(usize::MAX));
        Ok(events)
    }
}

impl Batch {
    /// Keeps what somebody did to deals.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn add_deal_events(&mut self, events: &[NewDealEvent], by: &Author, at: &str) -> Result<()> {
        let failed = |e| Error::Database(sqlx::Error::Encode(e));
        for events in events.chunks(CHUNK) {
            let sql = format!(
                "insert into deal_events (deal_id, at, kind, user_id, actor, fields) values {}",
                self.dialect.rows(events.len(), &["?"; 6])
            );
            let mut arguments = AnyArguments::default();
            for event in events {
                arguments.add(event.deal_id).map_err(failed)?;
                arguments.add(at).map_err(failed)?;
                arguments.add(event.kind.word()).map_err(failed)?;
                arguments.add(by.user_id).map_err(failed)?;
                arguments.add(by.name.as_deref()).map_err(failed)?;
                arguments.add(event.fields.as_str()).map_err(failed)?;
            }
            sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}

fn by_hand_row(row: &AnyRow) -> Result<DealEventRow> {
    let actor = DealActor::Person { name: row.try_get(2)? };
    Ok(DealEventRow { at: row.try_get(0)?, kind: kind(row)?, actor, fields: row.try_get(3)? })
}

fn by_run_row(row: &AnyRow) -> Result<DealEventRow> {
    let actor = DealActor::Run { id: row.try_get(4)?, connection: row.try_get(2)?, cause: row.try_get(5)? };
    Ok(DealEventRow { at: row.try_get(0)?, kind: kind(row)?, actor, fields: row.try_get(3)? })
}

fn kind(row: &AnyRow) -> Result<DealEventKind> {
    let word: String = row.try_get(1)?;
    DealEventKind::from_word(&word).ok_or(Error::Corrupt { what: "event of a deal", value: word })
}

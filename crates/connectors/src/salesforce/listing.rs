//! The records of an object page by page, in the order of their ids.
//!
//! The first page is a small one and soon there. The others are pages of one query behind its last id, to be
//! had one after the other at addresses that the service gives and forgets: after two days, or when the user
//! has opened too many queries. Then the same question is asked again behind the last id that came.

use std::sync::Arc;

use model::Record;

use super::api::{Api, FoundPage};
use super::columns::{Asked, Columns};
use super::place::Place;
use super::{refusal, soql};
use crate::common::cell::Cells;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// Records of the first page.
const FIRST: usize = 100;
/// Bytes that the fields of a query may have: an address holds 16,384 with its headers, and some of them
/// are for the token and for what else is asked.
const ROOM: usize = 10_000;

/// The pages of one object.
pub(super) struct ObjectPages {
    api: Arc<Api>,
    columns: Columns,
    asked: Asked,
}

impl ObjectPages {
    pub(super) fn new(api: &Arc<Api>, columns: Columns) -> ObjectPages {
        let asked = columns.asked(ROOM);
        ObjectPages { api: Arc::clone(api), columns, asked }
    }

    /// What comes behind an id, or from the start; all of it, or the first few.
    async fn ask(&self, after: &str, limit: Option<usize>) -> Result<FoundPage<Record>, Failure> {
        let mut query = format!("SELECT {} FROM {}", self.asked.in_query.join(","), self.columns.object);
        if !after.is_empty() {
            query.push_str(&format!(" WHERE Id > {}", soql::quoted(after)));
        }
        query.push_str(" ORDER BY Id");
        if let Some(limit) = limit {
            query.push_str(&format!(" LIMIT {limit}"));
        }
        self.api.query(&query, |cells| self.columns.record(cells)).await
    }

    /// The page at a place, and whether there may be more than the service says.
    async fn at(&self, place: &Place) -> Result<(FoundPage<Record>, bool), Failure> {
        let page = match place {
            Place::Start => {
                let page = self.ask("", Some(FIRST)).await?;
                let is_full = page.records.len() >= FIRST;
                return Ok((page, is_full));
            }
            Place::After(id) => self.ask(id, None).await?,
            Place::Cursor { after, path } => {
                match self.api.more(path, |cells| self.columns.record(cells)).await {
                    Err(failure) if failure.code == refusal::CURSOR_GONE => self.ask(after, None).await?,
                    page => page?,
                }
            }
        };
        Ok((page, false))
    }

    /// Asks for what the query had no room for. A record that was deleted meanwhile is left out: the next
    /// reading would not find it either.
    async fn complete(&self, records: Vec<Record>) -> Result<Vec<Record>, Failure> {
        if self.asked.besides.is_empty() || records.is_empty() {
            return Ok(records);
        }
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        let keep = |cells: &Cells| self.columns.told(cells);
        let parts = self.api.by_ids(&self.columns.object, &ids, &self.asked.besides, keep).await?;
        let whole = records.into_iter().zip(parts).filter_map(|(mut record, part)| {
            record.fields.extend(part?);
            Some(record)
        });
        Ok(whole.collect())
    }
}

impl Pages for ObjectPages {
    type Record = Record;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Record>, Failure> {
        let place = token.map_or(Place::Start, Place::parse);
        let (page, goes_on) = self.at(&place).await?;
        let before = match &place {
            Place::Start => "",
            Place::After(id) | Place::Cursor { after: id, .. } => id,
        };
        let last = page.records.last().map_or(before, |record| &record.id).to_owned();
        let next = match page.next {
            Some(path) => Some(Place::Cursor { after: last, path }),
            None => goes_on.then_some(Place::After(last)),
        };
        let records = self.complete(page.records).await?;
        Ok(Listed { records, next: next.map(|place| place.write()), restarted: false })
    }

    fn has_expired(_failure: &Failure) -> bool {
        // The listing goes on behind the last id by itself.
        false
    }
}

//! The records of a model page by page, in the order they were last written.
//!
//! The keyset is the time of writing and the id. The service compares times by the microsecond and tells
//! them by the second, so a page that ends within a second cannot be continued after its last record:
//! its last second is left to the next page. Where more records than a page holds were written within one
//! second, as an import of them does, that second is read by id. Nothing is skipped and nothing comes
//! twice, unless it is written again meanwhile: then it comes again, at the end.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::api::{Api, Query};
use super::decode::whole;
use super::place::{Place, next_second};
use super::refusal;
use crate::common::cell::Cells;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// Records of the first page: soon there.
const FIRST: usize = 200;
/// Records of the others. No limit is documented; more make large answers.
const PAGE: usize = 1_000;
/// The time of writing, which every record is asked for.
pub(super) const WRITTEN: &str = "write_date";
/// The order by ids alone, where they make the keyset.
const BY_ID: &str = "id asc";

/// The pages of one model.
pub(super) struct ModelPages<K> {
    api: Arc<Api>,
    model: String,
    /// Which records, where not all: conditions that hold together.
    only: Vec<Json>,
    fields: Vec<String>,
    keep: K,
}

/// A record, and what the keyset needs of it.
struct Dated<R> {
    id: i64,
    written: String,
    record: R,
}

impl<R, K: Fn(i64, &Cells) -> R> ModelPages<K> {
    /// `keep` makes a record into what is kept of it, while the answer is at hand.
    pub(super) fn new(
        api: &Arc<Api>,
        model: &str,
        only: Vec<Json>,
        fields: Vec<String>,
        keep: K,
    ) -> ModelPages<K> {
        ModelPages { api: Arc::clone(api), model: model.to_owned(), only, fields, keep }
    }

    async fn ask(&self, terms: &[Json], order: &'static str, limit: usize) -> Result<Vec<Dated<R>>, Failure> {
        let domain: Vec<&Json> = self.only.iter().chain(terms).collect();
        let query = Query { domain: json!(domain), fields: &self.fields, order, limit };
        let keep = |cells: Cells| {
            let id = cells.get("id").and_then(whole).unwrap_or_default();
            let written = cells.text(WRITTEN).unwrap_or_default().to_owned();
            Dated { id, written, record: (self.keep)(id, &cells) }
        };
        self.api.search(&self.model, query, keep).await
    }

    /// What was written from a second on, up to the last second that is not whole.
    async fn from(&self, second: &str, limit: usize) -> Result<Listed<R>, Failure> {
        let term =
            if second.is_empty() { json!([WRITTEN, "!=", false]) } else { json!([WRITTEN, ">=", second]) };
        let mut rows = self.ask(&[term], "write_date asc, id asc", limit).await?;
        if rows.len() < limit {
            let undated = self.undated(0).await?;
            let records = rows.into_iter().map(|row| row.record).chain(undated.records);
            return Ok(Listed { records: records.collect(), ..undated });
        }
        let last = rows.last().map(|row| row.written.clone()).unwrap_or_default();
        rows.retain(|row| row.written < last);
        if rows.is_empty() {
            return self.within(&last, 0, limit).await;
        }
        Ok(listed(rows, Some(Place::From(last))))
    }

    /// What was written within a second, by id.
    async fn within(&self, second: &str, after: i64, limit: usize) -> Result<Listed<R>, Failure> {
        let end = next_second(second);
        let within = [json!([WRITTEN, ">=", second]), json!([WRITTEN, "<", end]), json!(["id", ">", after])];
        let rows = self.ask(&within, BY_ID, limit).await?;
        let next = match rows.last() {
            Some(last) if rows.len() == limit => Place::Within(second.to_owned(), last.id),
            _ => Place::From(end),
        };
        Ok(listed(rows, Some(next)))
    }

    /// What was put into the database without the application bears no time: it must not be lost.
    async fn undated(&self, after: i64) -> Result<Listed<R>, Failure> {
        let undated = [json!([WRITTEN, "=", false]), json!(["id", ">", after])];
        let rows = self.ask(&undated, BY_ID, PAGE).await?;
        let next = rows.last().filter(|_| rows.len() == PAGE).map(|last| Place::Undated(last.id));
        Ok(listed(rows, next))
    }
}

impl<R, K> Pages for ModelPages<K>
where
    R: Send,
    K: Fn(i64, &Cells) -> R + Send + Sync,
{
    type Record = R;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<R>, Failure> {
        let limit = if token.is_none() { FIRST } else { PAGE };
        match token.map_or(Place::From(String::new()), Place::parse) {
            Place::From(second) => self.from(&second, limit).await,
            Place::Within(second, after) => self.within(&second, after, limit).await,
            Place::Undated(after) => self.undated(after).await,
        }
    }

    fn has_expired(_failure: &Failure) -> bool {
        // A keyset is good for ever.
        false
    }
}

fn listed<R>(rows: Vec<Dated<R>>, next: Option<Place>) -> Listed<R> {
    let records = rows.into_iter().map(|row| row.record).collect();
    Listed { records, next: next.map(|place| place.write()), restarted: false }
}

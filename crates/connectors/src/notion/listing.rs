//! The rows of a data source page by page, beyond the 10,000 that one query gives.
//!
//! Rows come in the order they were created. Where a query is cut, the next one asks for what was
//! created in the last row's minute or later, and the rows of that minute that were given already are
//! left out.

use std::collections::HashSet;
use std::sync::Arc;

use super::api::{Api, Query};
use super::page::RawPage;
use super::{refusal, texts};
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// Stands between the two parts of a [`Place`]; in neither of them.
const BETWEEN: char = '|';

/// The pages of one question to one data source.
pub(super) struct SourcePages<K> {
    api: Arc<Api>,
    source_id: String,
    query: Query,
    keep: K,
    last_minute: LastMinute,
}

impl<R, K: Fn(RawPage) -> R> SourcePages<K> {
    /// `keep` makes a row into what is kept of it, while the answer is at hand.
    pub(super) fn new(api: &Arc<Api>, source_id: &str, query: Query, keep: K) -> SourcePages<K> {
        let last_minute = LastMinute::default();
        SourcePages { api: Arc::clone(api), source_id: source_id.to_owned(), query, keep, last_minute }
    }
}

impl<R, K> Pages for SourcePages<K>
where
    R: Send,
    K: Fn(RawPage) -> R + Send + Sync,
{
    type Record = R;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<R>, Failure> {
        if token.is_none() {
            self.last_minute = LastMinute::default();
        }
        let place = token.map(Place::parse).unwrap_or_default();
        let since = place.since.clone().or_else(|| self.query.created_since.clone());
        let query = Query { created_since: since.clone(), ..self.query.clone() };
        let keep = |page: RawPage| {
            let (id, created) = (page.id.as_ref().to_owned(), page.created_time.as_ref().to_owned());
            (id, created, (self.keep)(page))
        };
        let answer = self.api.query(&self.source_id, &query, place.cursor.as_deref(), keep).await?;
        let next = match (answer.cursor, answer.cut) {
            (Some(cursor), _) => Some(Place { since: place.since, cursor: Some(cursor) }),
            (None, false) => None,
            (None, true) => {
                let last = answer.rows.last().map(|(_, created, _)| created.clone());
                let last = last.filter(|last| !last.is_empty() && Some(last) != since.as_ref());
                let Some(last) = last else {
                    return Err(texts::too_many_in_a_minute(since.as_deref().unwrap_or_default()).into());
                };
                Some(Place { since: Some(last), cursor: None })
            }
        };
        let mut records = Vec::with_capacity(answer.rows.len());
        for (id, created, record) in answer.rows {
            if self.last_minute.is_new(id, &created) {
                records.push(record);
            }
        }
        Ok(Listed { records, next: next.map(|place| place.write()), restarted: false })
    }

    fn has_expired(failure: &Failure) -> bool {
        refusal::is_cursor_gone(failure)
    }
}

/// Where a listing stands: which query it is, and where in it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Place {
    /// The query asks for what was created since; all, for the first one.
    pub(super) since: Option<String>,
    /// The cursor within the query; none at its beginning.
    pub(super) cursor: Option<String>,
}

impl Place {
    pub(super) fn parse(token: &str) -> Place {
        let (since, cursor) = token.split_once(BETWEEN).unwrap_or(("", token));
        let some = |part: &str| Some(part.to_owned()).filter(|part| !part.is_empty());
        Place { since: some(since), cursor: some(cursor) }
    }

    pub(super) fn write(&self) -> String {
        let [since, cursor] = [&self.since, &self.cursor].map(|part| part.as_deref().unwrap_or_default());
        format!("{since}{BETWEEN}{cursor}")
    }
}

/// The rows created in the latest minute seen, which the next query gives again.
#[derive(Default)]
struct LastMinute {
    created: String,
    ids: HashSet<String>,
}

impl LastMinute {
    fn is_new(&mut self, id: String, created: &str) -> bool {
        if *created > *self.created {
            created.clone_into(&mut self.created);
            self.ids.clear();
        }
        *created != *self.created || self.ids.insert(id)
    }
}

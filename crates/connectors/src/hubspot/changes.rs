//! The records that were changed since a moment, through the search.
//!
//! They come in the order of their ids, each page asked for by the last id of the one before: so it does not
//! matter that a search shows no more than 10,000, nor how many of them were changed at one moment.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::api::{Api, SEARCH_PAGE, Search};
use super::listing::Verified;
use super::read::{Columns, Row};
use super::{refusal, streams};
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// How far a reading reaches back before the moment it begins after: the search follows what is written after
/// a while, which HubSpot puts at moments and nobody warrants.
const OVERLAP: TimeDelta = TimeDelta::minutes(5);

/// The pages of what changed in one type.
pub(super) struct ChangedPages {
    api: Arc<Api>,
    object: String,
    columns: Arc<Columns>,
    since: DateTime<Utc>,
    verified: Verified,
}

impl ChangedPages {
    pub(super) fn new(
        api: &Arc<Api>,
        object: &str,
        columns: &Arc<Columns>,
        since: DateTime<Utc>,
    ) -> ChangedPages {
        let (api, columns) = (Arc::clone(api), Arc::clone(columns));
        ChangedPages {
            api,
            object: object.to_owned(),
            columns,
            since: since - OVERLAP,
            verified: Verified::default(),
        }
    }

    /// A search tells no associations: they are asked for besides.
    async fn link(&self, rows: &mut [Row]) -> Result<(), Failure> {
        let ids: Vec<String> = rows.iter().map(|row| row.record.id.clone()).collect();
        for to in self.columns.links().iter().filter(|_| !ids.is_empty()) {
            let ends = self.api.associations(&self.object, to, &ids).await?;
            let mut ends: HashMap<String, Option<Vec<String>>> = ends
                .into_iter()
                .map(|ends| {
                    let ids = ends.to.iter().map(|end| end.to_object_id.to_string()).collect();
                    (ends.from.id, ends.paging.is_none().then_some(ids))
                })
                .collect();
            for row in rows.iter_mut() {
                if let Some(ends) = ends.remove(&row.record.id) {
                    row.links.insert((*to).to_owned(), ends);
                }
            }
        }
        Ok(())
    }
}

impl Pages for ChangedPages {
    type Record = Row;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Row>, Failure> {
        let asked = self.columns.asked();
        let modified = streams::modified(&self.object);
        let search = Search {
            filters: &[(modified, "GTE", self.since.timestamp_millis().to_string())],
            properties: &asked,
            after_id: token.unwrap_or("0"),
        };
        let mut rows = self.api.search(&self.object, &search, |raw| self.columns.row(&raw)).await?;
        self.verified.check(&self.api, &self.object, &asked, &rows).await?;
        self.link(&mut rows).await?;
        let next = rows.last().filter(|_| rows.len() == SEARCH_PAGE).map(|last| last.record.id.clone());
        Ok(Listed { records: rows, next, restarted: false })
    }

    fn has_expired(_failure: &Failure) -> bool {
        false
    }
}

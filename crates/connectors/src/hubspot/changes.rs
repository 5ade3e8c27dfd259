//! The records that were changed since a moment, through the search.
//!
//! They come in the order of their ids, each page asked for by the last id of the one before: so it does not
//! matter that a search shows no more than 10,000, nor how many of them were changed at one moment.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::api::{Api, SEARCH_PAGE, Search};
use super::associated::associate;
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
        // A search tells no associations.
        associate(&self.api, &self.object, &self.columns, &mut rows).await?;
        let next = rows.last().filter(|_| rows.len() == SEARCH_PAGE).map(|last| last.record.id.clone());
        Ok(Listed { records: rows, next, restarted: false })
    }

    fn has_expired(_failure: &Failure) -> bool {
        false
    }
}

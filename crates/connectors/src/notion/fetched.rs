//! Pages by their ids, one a request, several requests in flight.

use std::sync::Arc;

use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};

use super::api::Api;
use super::page::RawPage;
use super::read::{Columns, Row};
use super::{refusal, texts};
use crate::common::by_ids::ByIds;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// Pages asked for before they are handed on: the limit of requests lets these through in a few seconds.
const AT_ONCE: usize = 24;
/// Requests under way at once; the limiter spaces them.
const IN_FLIGHT: usize = 8;

/// Some pages of one data source.
pub(super) struct FetchedPages {
    api: Arc<Api>,
    source_id: String,
    columns: Columns,
    ids: ByIds,
}

impl FetchedPages {
    pub(super) fn new(api: &Arc<Api>, source_id: &str, columns: Columns, ids: &[String]) -> FetchedPages {
        let (api, ids) = (Arc::clone(api), ByIds::new(ids, AT_ONCE));
        FetchedPages { api, source_id: source_id.to_owned(), columns, ids }
    }

    /// One page; `None` when it is not, or no longer, in the data source.
    async fn one(&self, id: &str, properties: &[String]) -> Result<Option<Row>, Failure> {
        let keep = |page: RawPage| page.is_in(&self.source_id).then(|| self.columns.row(&page));
        let failure = match self.api.page(id, properties, keep).await {
            Ok(row) => return Ok(row),
            Err(failure) => failure,
        };
        if refusal::is_not_found(&failure) {
            return Ok(None);
        }
        if !refusal::is_unknown_property(&failure) {
            return Err(failure);
        }
        // Another data source has other properties; every page has a title.
        match self.api.page(id, &["title".to_owned()], |page| page.is_in(&self.source_id)).await {
            Ok(false) => Ok(None),
            Err(other) if refusal::is_not_found(&other) => Ok(None),
            Ok(true) => Err(failure),
            Err(other) => Err(other),
        }
    }
}

impl Pages for FetchedPages {
    type Record = Row;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Row>, Failure> {
        let (ids, next) = self.ids.piece(token);
        let properties = self.columns.query().properties;
        let asked: Vec<_> = ids.iter().map(|id| self.one(id, &properties).boxed()).collect();
        let found: Vec<Option<Row>> = stream::iter(asked).buffered(IN_FLIGHT).try_collect().await?;
        // Pages of a data source that is no longer shared, or lies in the trash, are not gone for that.
        if found.iter().any(Option::is_none) && self.api.source(&self.source_id).await?.in_trash {
            return Err(texts::in_trash().into());
        }
        Ok(Listed { records: found.into_iter().flatten().collect(), next, restarted: false })
    }

    fn has_expired(_failure: &Failure) -> bool {
        false
    }
}

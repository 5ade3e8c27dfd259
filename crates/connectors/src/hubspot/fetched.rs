//! Records by their ids.

use std::collections::HashSet;
use std::sync::Arc;

use super::api::{Api, PAGE};
use super::associated::associate;
use super::listing::Verified;
use super::read::{Columns, Row};
use super::refusal;
use crate::common::by_ids::ByIds;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// The pages of some records of one type.
pub(super) struct FetchedPages {
    api: Arc<Api>,
    object: String,
    columns: Arc<Columns>,
    ids: ByIds,
    verified: Verified,
}

impl FetchedPages {
    pub(super) fn new(api: &Arc<Api>, object: &str, columns: &Arc<Columns>, ids: &[String]) -> FetchedPages {
        let (api, columns) = (Arc::clone(api), Arc::clone(columns));
        let (object, ids) = (object.to_owned(), ByIds::new(ids, PAGE));
        FetchedPages { api, object, columns, ids, verified: Verified::default() }
    }
}

impl Pages for FetchedPages {
    type Record = Row;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Row>, Failure> {
        let (ids, next) = self.ids.piece(token);
        if ids.is_empty() {
            return Ok(Listed { records: Vec::new(), next, restarted: false });
        }
        let asked = self.columns.asked();
        let mut rows = self.api.read(&self.object, ids, &asked, |raw| self.columns.row(&raw)).await?;
        // One that was merged may come as the record it went into.
        let mut open: HashSet<&String> = ids.iter().collect();
        rows.retain(|row| open.remove(&row.record.id));
        self.verified.check(&self.api, &self.object, &asked, &rows).await?;
        associate(&self.api, &self.object, &self.columns, &mut rows).await?;
        Ok(Listed { records: rows, next, restarted: false })
    }

    fn has_expired(_failure: &Failure) -> bool {
        false
    }
}

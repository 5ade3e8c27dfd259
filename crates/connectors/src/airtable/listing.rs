//! The pages of a table, as a listing asks for them.

use std::sync::Arc;

use super::api::Api;
use super::cell::RawRecord;
use super::query::Query;
use super::refusal;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// The pages of one question to one table.
pub(super) struct TablePages<K> {
    api: Arc<Api>,
    table_id: String,
    query: Query,
    keep: K,
}

impl<R, K: Fn(RawRecord) -> R> TablePages<K> {
    /// `keep` makes a record into what is kept of it, while the answer is at hand.
    pub(super) fn new(api: &Arc<Api>, table_id: &str, query: Query, keep: K) -> TablePages<K> {
        TablePages { api: Arc::clone(api), table_id: table_id.to_owned(), query, keep }
    }
}

impl<R, K> Pages for TablePages<K>
where
    R: Send,
    K: Fn(RawRecord) -> R + Send + Sync,
{
    type Record = R;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<R>, Failure> {
        self.api.list(&self.table_id, &self.query, token, &self.keep).await
    }

    fn has_expired(failure: &Failure) -> bool {
        failure.code == refusal::OFFSET_GONE
    }
}

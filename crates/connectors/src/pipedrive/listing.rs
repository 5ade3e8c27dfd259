//! The records of a stream page by page.

use std::sync::Arc;

use super::api::{Api, Query};
use super::entity::Entity;
use super::refusal;
use crate::common::cell::Cells;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// The pages of a stream.
pub(super) struct EntityPages<K> {
    api: Arc<Api>,
    entity: Entity,
    keep: K,
}

impl<R, K: Fn(&Cells) -> R> EntityPages<K> {
    /// `keep` makes a record into what is kept of it, while the answer is at hand.
    pub(super) fn new(api: &Arc<Api>, entity: Entity, keep: K) -> EntityPages<K> {
        EntityPages { api: Arc::clone(api), entity, keep }
    }
}

impl<R, K> Pages for EntityPages<K>
where
    R: Send,
    K: Fn(&Cells) -> R + Send + Sync,
{
    type Record = R;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<R>, Failure> {
        self.api.records(self.entity, Query::All, token, &self.keep).await
    }

    fn has_expired(failure: &Failure) -> bool {
        refusal::is_cursor_gone(failure)
    }
}

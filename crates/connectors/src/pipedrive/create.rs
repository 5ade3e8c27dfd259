//! A record to create, and how it is recognised among the latest ones.

use std::sync::Arc;
use std::time::Duration;

use chrono::{SubsecRound, TimeDelta};
use serde_json::Value as Json;

use super::api::{Api, Query};
use super::decode::{moment, whole};
use super::entity::Entity;
use super::holds::holds;
use super::refusal::SERVICE;
use crate::common::cell::{Cell, Cells};
use crate::common::lookout::Creating;
use crate::http::{Channel, Failure};

/// One record of one stream.
pub(super) struct NewRecord<'a> {
    pub(super) api: &'a Arc<Api>,
    pub(super) entity: Entity,
    pub(super) body: &'a Json,
}

impl Creating for NewRecord<'_> {
    const SERVICE: &'static str = SERVICE;

    fn channel(&self) -> &Channel {
        self.api.channel()
    }

    async fn create(&self, _places: &[usize]) -> Result<Vec<Option<String>>, Failure> {
        Ok(vec![Some(self.api.create(self.entity, self.body).await?.id.to_string())])
    }

    async fn created_within(&self, time: Duration) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        // Moments are told to the second.
        let ago = TimeDelta::from_std(time).unwrap_or_default();
        let since = (self.api.channel().service_now() - ago).trunc_subsecs(0);
        let keep = |cells: &Cells| {
            let is_late = moment(cells, "add_time").is_none_or(|added| added >= since);
            let id = cells.get("id").and_then(whole).filter(|_| self.is(cells));
            (is_late, id)
        };
        let (mut created, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let page = self.api.records(self.entity, Query::Latest, cursor.as_deref(), keep).await?;
            let all_late = page.records.iter().all(|(is_late, _)| *is_late);
            let late = page.records.into_iter().filter(|(is_late, _)| *is_late);
            created.extend(late.filter_map(|(_, id)| Some((id?.to_string(), vec![0]))));
            if !all_late || page.next.is_none() || page.next == cursor {
                return Ok(created);
            }
            cursor = page.next;
        }
    }
}

impl NewRecord<'_> {
    /// Whether a record has exactly this content.
    fn is(&self, cells: &Cells) -> bool {
        let sent = self.body.as_object().into_iter().flatten();
        let mut sent = sent.peekable();
        sent.peek().is_some()
            && sent.all(|(key, sent)| match (sent, cells.get(key)) {
                (Json::Object(custom), Some(Cell::Object(read))) => {
                    custom.iter().all(|(key, sent)| holds(sent, read.get(key)))
                }
                (sent, read) => holds(sent, read),
            })
    }
}

//! A record to create, and how it is recognised among those the user created since.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Map, Value as Json, json};

use super::api::{Api, Query};
use super::decode::whole;
use super::holds::holds;
use super::moment;
use super::refusal::SERVICE;
use crate::common::cell::Cells;
use crate::common::lookout::Creating;
use crate::http::{Channel, Failure};

/// More than one user creates in the time a call takes with its repetitions.
const LOOKED_THROUGH: usize = 5_000;

/// One record of one model.
pub(super) struct NewRecord<'a> {
    pub(super) api: &'a Arc<Api>,
    pub(super) model: &'a str,
    pub(super) values: &'a Map<String, Json>,
}

impl Creating for NewRecord<'_> {
    const SERVICE: &'static str = SERVICE;

    fn channel(&self) -> &Channel {
        self.api.channel()
    }

    async fn create(&self, _places: &[usize]) -> Result<Vec<Option<String>>, Failure> {
        let ids = self.api.create(self.model, self.values).await?;
        Ok(ids.iter().map(|id| Some(id.to_string())).collect())
    }

    async fn created_within(&self, time: Duration) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        let uid = self.api.session().await?.uid;
        let ago = TimeDelta::from_std(time).unwrap_or_default();
        let since = moment::write(self.api.channel().service_now() - ago);
        let fields: Vec<String> = self.values.keys().cloned().collect();
        let domain = json!([["create_uid", "=", uid], ["create_date", ">=", since]]);
        let query = Query { domain, fields: &fields, order: "id asc", limit: LOOKED_THROUGH };
        let keep = |cells: Cells| {
            let id = cells.get("id").and_then(whole)?;
            self.is(&cells).then(|| (id.to_string(), vec![0]))
        };
        Ok(self.api.search(self.model, query, keep).await?.into_iter().flatten().collect())
    }
}

impl NewRecord<'_> {
    /// Whether a record has exactly this content.
    fn is(&self, cells: &Cells) -> bool {
        self.values.iter().all(|(key, sent)| holds(sent, cells.get(key)))
    }
}

//! A page to create, and how it is recognised among those its data source got since.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde_json::{Map, Value as Json};
use tokio::sync::OnceCell;

use super::api::{Api, Query};
use super::holds::holds;
use super::listing::SourcePages;
use super::page::RawPage;
use super::refusal::SERVICE;
use crate::common::listing::Listing;
use crate::common::lookout::Creating;
use crate::http::{Channel, Failure};

/// One page of one data source.
pub(super) struct NewPage<'a> {
    pub(super) api: &'a Arc<Api>,
    pub(super) source_id: &'a str,
    /// The values by property id.
    pub(super) properties: &'a Map<String, Json>,
    /// The id of the integration, once it was asked for.
    pub(super) bot: &'a OnceCell<String>,
}

impl Creating for NewPage<'_> {
    const SERVICE: &'static str = SERVICE;

    fn channel(&self) -> &Channel {
        self.api.channel()
    }

    async fn create(&self, _places: &[usize]) -> Result<Vec<Option<String>>, Failure> {
        let properties = Json::Object(self.properties.clone());
        Ok(vec![Some(self.api.create(self.source_id, &properties).await?)])
    }

    async fn created_within(&self, time: Duration) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        let bot = self.bot.get_or_try_init(async || Ok::<_, Failure>(self.api.bot().await?.id)).await?;
        let query = Query {
            properties: self.properties.keys().cloned().collect(),
            created_since: Some(minute(self.api.channel().service_now(), time)),
        };
        let keep = |page: RawPage| {
            let ours = page.created_by.text("id") == Some(bot.as_str()) && self.is(&page);
            ours.then(|| (page.id.as_ref().to_owned(), vec![0]))
        };
        let mut listing = Listing::new(SourcePages::new(self.api, self.source_id, query, keep), None);
        let mut created = Vec::new();
        while let Some(listed) = listing.next().await? {
            created.extend(listed.records.into_iter().flatten());
        }
        Ok(created)
    }
}

impl NewPage<'_> {
    /// Whether a page has exactly this content. A page without content resembles none.
    fn is(&self, page: &RawPage) -> bool {
        !self.properties.is_empty() && self.properties.iter().all(|(id, sent)| holds(sent, page.value(id)))
    }
}

/// The minute this long ago: times of creation are rounded down to the minute.
fn minute(now: DateTime<Utc>, ago: Duration) -> String {
    let then = (now - TimeDelta::from_std(ago).unwrap_or_default()).trunc_subsecs(0);
    let seconds = TimeDelta::seconds(then.timestamp().rem_euclid(60));
    (then - seconds).to_rfc3339_opts(SecondsFormat::Millis, true)
}

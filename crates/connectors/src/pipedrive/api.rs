//! The requests, one function each. It does not know what a value means.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;
use std::time::Duration;

use model::Budget;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use url::Url;

use super::answers::{
    Envelope, Found, Me, Named, RawField, RawPage, RawPipeline, RawRecord, RawRecords, RawStage, Written,
};
use super::budgets::read_budgets;
use super::entity::Entity;
use super::people::User;
use super::refusal::{SERVICE, read_refusal};
use super::settings::{Access, PipedriveSettings};
use crate::common::cell::Cells;
use crate::common::listing::Listed;
use crate::connector::Context;
use crate::error;
use crate::http::{Channel, Effect, Failure, Given, Limits, Request, Target};

/// Requests in any two seconds on the smallest plan, for a user's token and for an application's
/// (pipedrive.readme.io, “Rate limiting”).
const PER_TWO_SECONDS: f64 = 20.0;
const PER_TWO_SECONDS_GRANTED: f64 = 80.0;
/// The most a list gives at once.
const PAGE: &str = "500";
/// The most records one request may name.
pub(super) const MOST_IDS: usize = 100;

/// One company, seen through its API.
pub(super) struct Api {
    channel: Channel,
    root: Url,
}

/// Which records of an entity are asked for, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Query<'a> {
    /// All, in the order of their ids.
    #[default]
    All,
    /// All, the latest first.
    Latest,
    /// Those with these ids, [`MOST_IDS`] at most.
    Among(&'a [i64]),
}

impl Api {
    pub(super) fn new(context: &Context, settings: &PipedriveSettings) -> error::Result<Api> {
        let per_two_seconds = match settings.access {
            Access::Token(_) => PER_TWO_SECONDS,
            Access::Application(_) => PER_TWO_SECONDS_GRANTED,
        };
        let root = settings.root.clone();
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("pipedrive:{root}:{:x}", fingerprint(settings)),
            // Its address is its own or the operator's; of what a user types only a word enters it.
            address: Given::ByOperator,
            limits: Limits {
                per_second: per_two_seconds / 2.0,
                burst: NonZeroU32::MIN,
                penalty: Duration::from_secs(2),
            },
            credential: settings.credential(context),
            headers: &[("accept", "application/json")],
            read_refusal,
            read_budgets,
        })?;
        Ok(Api { channel, root })
    }

    /// The way to the service, for pauses between attempts and for its clock.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    pub(super) fn budgets(&self) -> Vec<Budget> {
        self.channel.budgets()
    }

    /// Whose token it is. Version 2 does not tell.
    pub(super) async fn me(&self) -> Result<Me, Failure> {
        self.one(self.url(&["v1", "users", "me"])).await
    }

    /// Everybody, those who left included. Version 2 does not tell.
    pub(super) async fn users(&self) -> Result<Vec<User>, Failure> {
        self.one(self.url(&["v1", "users"])).await
    }

    pub(super) async fn fields(&self, entity: Entity) -> Result<Vec<RawField>, Failure> {
        self.all(&["v2", entity.fields()]).await
    }

    pub(super) async fn pipelines(&self) -> Result<Vec<RawPipeline>, Failure> {
        self.all(&["v2", "pipelines"]).await
    }

    pub(super) async fn stages(&self) -> Result<Vec<RawStage>, Failure> {
        self.all(&["v2", "stages"]).await
    }

    /// Some records; each is made into what the caller keeps of it while the answer is at hand.
    pub(super) async fn records<R>(
        &self,
        entity: Entity,
        query: Query<'_>,
        cursor: Option<&str>,
        keep: impl Fn(&Cells) -> R + Sync,
    ) -> Result<Listed<R>, Failure> {
        let mut url = self.url(&["v2", entity.id()]);
        url.query_pairs_mut().append_pair("limit", PAGE);
        match query {
            Query::All => {}
            Query::Latest => {
                url.query_pairs_mut()
                    .append_pair("sort_by", "add_time")
                    .append_pair("sort_direction", "desc");
            }
            Query::Among(ids) => {
                url.query_pairs_mut().append_pair("ids", &joined(ids));
            }
        }
        let request = Request::get(with_cursor(url, cursor));
        let read = |body: &[u8]| {
            let (records, next) = serde_json::from_slice::<RawRecords>(body)?.split();
            Ok(Listed { records: records.iter().map(&keep).collect(), next, restarted: false })
        };
        self.channel.call(&request, read).await
    }

    /// The names of some records, [`MOST_IDS`] at most. Those that are hidden or gone are left out.
    pub(super) async fn names(&self, entity: Entity, ids: &[i64]) -> Result<Vec<Named>, Failure> {
        let mut url = self.url(&["v2", entity.id()]);
        url.query_pairs_mut().append_pair("ids", &joined(ids)).append_pair("limit", PAGE);
        let read = |body: &[u8]| Ok(serde_json::from_slice::<RawPage<Named>>(body)?.split().0);
        self.channel.call(&Request::get(url), read).await
    }

    /// The records of that name, compared without case; a few of them where there are many.
    pub(super) async fn named(&self, entity: Entity, name: &str) -> Result<Vec<Named>, Failure> {
        let mut url = self.url(&["v2", entity.id(), "search"]);
        url.query_pairs_mut()
            .append_pair("term", name)
            .append_pair("fields", "name")
            .append_pair("exact_match", "true");
        let found: Found = self.one(url).await?;
        Ok(found.items.into_iter().map(|found| found.item).collect())
    }

    /// What is kept of one record.
    pub(super) async fn record<R>(
        &self,
        entity: Entity,
        id: i64,
        keep: impl Fn(&Cells) -> R + Sync,
    ) -> Result<R, Failure> {
        let url = self.url(&["v2", entity.id(), &id.to_string()]);
        let read = |body: &[u8]| Ok(keep(&serde_json::from_slice::<RawRecord>(body)?.data));
        self.channel.call(&Request::get(url), read).await
    }

    pub(super) async fn create(&self, entity: Entity, body: &Json) -> Result<Written, Failure> {
        let request = Request::post(self.url(&["v2", entity.id()]), body, Effect::OnceOnly);
        self.send(&request).await
    }

    pub(super) async fn update(&self, entity: Entity, id: i64, body: &Json) -> Result<Written, Failure> {
        let url = self.url(&["v2", entity.id(), &id.to_string()]);
        self.send(&Request::patch(url, body)).await
    }

    pub(super) async fn one<T: DeserializeOwned>(&self, url: Url) -> Result<T, Failure> {
        self.send(&Request::get(url)).await
    }

    pub(super) async fn send<T: DeserializeOwned>(&self, request: &Request) -> Result<T, Failure> {
        let read = |body: &[u8]| serde_json::from_slice::<Envelope<T>>(body).map(|answer| answer.data);
        self.channel.call(request, read).await
    }

    /// A list that is short, whole.
    async fn all<T: for<'de> Deserialize<'de>>(&self, path: &[&str]) -> Result<Vec<T>, Failure> {
        let mut all = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut url = self.url(path);
            url.query_pairs_mut().append_pair("limit", PAGE);
            let request = Request::get(with_cursor(url, cursor.as_deref()));
            let read = |body: &[u8]| serde_json::from_slice::<RawPage<T>>(body).map(RawPage::split);
            let (some, next) = self.channel.call(&request, read).await?;
            all.extend(some);
            // A cursor that leads back to itself would never end.
            if next.is_none() || next == cursor {
                return Ok(all);
            }
            cursor = next;
        }
    }

    pub(super) fn url(&self, path: &[&str]) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("api").extend(path);
        }
        url
    }
}

fn joined(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

fn with_cursor(mut url: Url, cursor: Option<&str>) -> Url {
    if let Some(cursor) = cursor {
        url.query_pairs_mut().append_pair("cursor", cursor);
    }
    url
}

/// Tells accounts apart without holding what they are told by.
fn fingerprint(settings: &PipedriveSettings) -> u64 {
    let mut hasher = DefaultHasher::new();
    match &settings.access {
        Access::Token(token) => token.expose_secret().hash(&mut hasher),
        Access::Application(own) => own.client.client_id.hash(&mut hasher),
    }
    hasher.finish()
}

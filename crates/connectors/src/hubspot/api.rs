//! The requests for records, one function each. It does not know what a record means.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use url::Url;

use super::auth::HubspotSettings;
use super::budgets::read_budgets;
use super::refusal::{SERVICE, read_refusal};
use super::wire::{RawEnds, RawList, RawPage, RawPaging, RawRecord, RawWritten};
use crate::common::listing::Listed;
use crate::connector::Context;
use crate::error;
use crate::http::{Channel, Effect, Failure, Given, Limits, Request, Target};

/// 100 in any ten seconds; apps of larger plans and those of OAuth have more.
const LIMITS: Limits = Limits { per_second: 10.0, burst: NonZeroU32::MIN, penalty: Duration::from_secs(10) };
/// Searches are counted by themselves, for the whole account.
const SEARCHES: Limits = Limits { per_second: 5.0, burst: NonZeroU32::MIN, penalty: Duration::from_secs(1) };
/// Records a list gives at most, and a batch takes.
pub(super) const PAGE: usize = 100;
/// Records a search gives at most.
pub(super) const SEARCH_PAGE: usize = 200;
/// Longer addresses are answered 414; where exactly that begins is documented nowhere.
const LONGEST_URL: usize = 4_000;

/// One account, seen through its API.
pub(super) struct Api {
    channel: Channel,
    searches: Channel,
    root: Url,
}

/// Which records are searched: those after an id, by that order, for which these conditions hold.
pub(super) struct Search<'a> {
    /// Property, operator, value.
    pub(super) filters: &'a [(&'a str, &'a str, String)],
    pub(super) properties: &'a [String],
    pub(super) after_id: &'a str,
}

impl Api {
    pub(super) fn new(context: &Context, settings: &HubspotSettings) -> error::Result<Api> {
        let mut hasher = DefaultHasher::new();
        settings.whose.expose_secret().hash(&mut hasher);
        let (root, whose) = (&settings.root, hasher.finish());
        let channel = |counted: &str, limits| {
            context.http.channel(Target {
                service: SERVICE,
                key: format!("{counted}:{root}:{whose:x}"),
                // Its address is its own or the operator's.
                address: Given::ByOperator,
                limits,
                credential: settings.credential.clone(),
                headers: &[],
                read_refusal,
                read_budgets,
            })
        };
        let (channel, searches) = (channel("hubspot", LIMITS)?, channel("hubspot-search", SEARCHES)?);
        Ok(Api { channel, searches, root: settings.root.clone() })
    }

    /// The way to the service, for pauses between attempts, its clock and its budgets.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// The address of a list of this type with these properties, which may be too long ([`fits`]).
    pub(super) fn listed(&self, object: &str, properties: &[String], links: &[&str], limit: usize) -> Url {
        let mut url = self.records(object, &[]);
        {
            let mut pairs = url.query_pairs_mut();
            pairs.append_pair("limit", &limit.to_string());
            for (key, names) in [("properties", properties.join(",")), ("associations", links.join(","))] {
                if !names.is_empty() {
                    pairs.append_pair(key, &names);
                }
            }
        }
        url
    }

    /// One page of a list; each record is made into what the caller keeps of it while the answer is at hand.
    pub(super) async fn list<R>(
        &self,
        mut url: Url,
        after: Option<&str>,
        keep: impl Fn(RawRecord) -> R,
    ) -> Result<Listed<R>, Failure> {
        if let Some(after) = after {
            url.query_pairs_mut().append_pair("after", after);
        }
        let read = |body: &[u8]| {
            let page: RawPage = serde_json::from_slice(body)?;
            let records = page.results.into_iter().map(&keep).collect();
            Ok(Listed { records, next: page.paging.and_then(RawPaging::after), restarted: false })
        };
        self.channel.call(&Request::get(url), read).await
    }

    /// The records of these ids, at most [`PAGE`], in no order; those that are gone are left out.
    pub(super) async fn read<R>(
        &self,
        object: &str,
        ids: &[String],
        properties: &[String],
        keep: impl Fn(RawRecord) -> R,
    ) -> Result<Vec<R>, Failure> {
        let body = json!({"properties": properties, "inputs": inputs(ids)});
        let request = Request::post(self.records(object, &["batch", "read"]), &body, Effect::Nothing);
        let read = |body: &[u8]| {
            let page: RawPage = serde_json::from_slice(body)?;
            Ok(page.results.into_iter().map(&keep).collect())
        };
        self.channel.call(&request, read).await
    }

    /// One page of a search, at most [`SEARCH_PAGE`]. By ids there is no window that it would end at.
    pub(super) async fn search<R>(
        &self,
        object: &str,
        search: &Search<'_>,
        keep: impl Fn(RawRecord) -> R,
    ) -> Result<Vec<R>, Failure> {
        let after = [("hs_object_id", "GT", search.after_id.to_owned())];
        let filters: Vec<Json> = search
            .filters
            .iter()
            .chain(&after)
            .map(
                |(name, operator, value)| json!({"propertyName": name, "operator": operator, "value": value}),
            )
            .collect();
        let body = json!({
            "filterGroups": [{ "filters": filters }], "properties": search.properties, "limit": SEARCH_PAGE,
            "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
        });
        let request = Request::post(self.records(object, &["search"]), &body, Effect::Nothing);
        let read = |body: &[u8]| {
            let page: RawPage = serde_json::from_slice(body)?;
            Ok(page.results.into_iter().map(&keep).collect())
        };
        self.searches.call(&request, read).await
    }

    /// What these records are associated with in another type; those without are left out.
    pub(super) async fn associations(
        &self,
        from: &str,
        to: &str,
        ids: &[String],
    ) -> Result<Vec<RawEnds>, Failure> {
        let url = self.url(&["crm", "v4", "associations", from, to, "batch", "read"]);
        let request = Request::post(url, &json!({"inputs": inputs(ids)}), Effect::Nothing);
        let told: RawList<RawEnds> = self.channel.call(&request, |body| serde_json::from_slice(body)).await?;
        Ok(told.results)
    }

    /// Creates at most [`PAGE`] records. Done twice, it creates twice.
    pub(super) async fn create(&self, object: &str, inputs: &[Json]) -> Result<RawWritten, Failure> {
        self.write(object, "create", inputs, Effect::OnceOnly).await
    }

    /// Changes properties of at most [`PAGE`] records.
    pub(super) async fn update(&self, object: &str, inputs: &[Json]) -> Result<RawWritten, Failure> {
        self.write(object, "update", inputs, Effect::SameTwice).await
    }

    /// Changes the records that hold these values, and creates the others; at most [`PAGE`].
    pub(super) async fn upsert(&self, object: &str, inputs: &[Json]) -> Result<RawWritten, Failure> {
        self.write(object, "upsert", inputs, Effect::SameTwice).await
    }

    async fn write(
        &self,
        object: &str,
        action: &str,
        inputs: &[Json],
        effect: Effect,
    ) -> Result<RawWritten, Failure> {
        let url = self.records(object, &["batch", action]);
        let request = Request::post(url, &json!({ "inputs": inputs }), effect);
        self.channel.call(&request, |body| serde_json::from_slice(body)).await
    }

    pub(super) async fn get<T: for<'de> Deserialize<'de>>(&self, url: Url) -> Result<T, Failure> {
        self.channel.call(&Request::get(url), |body| serde_json::from_slice(body)).await
    }

    fn records(&self, object: &str, rest: &[&str]) -> Url {
        self.url(&[&["crm", "v3", "objects", object], rest].concat())
    }

    pub(super) fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.root.clone();
        // Never fails: an http address always has a path. Segments are percent-encoded.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

/// Whether the service takes an address of this length.
pub(super) fn fits(url: &Url) -> bool {
    url.as_str().len() <= LONGEST_URL
}

fn inputs(ids: &[String]) -> Vec<Json> {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

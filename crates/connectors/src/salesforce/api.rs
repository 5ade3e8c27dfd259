//! The requests, one function each. It does not know what a value means.

use std::num::NonZeroU32;
use std::time::Duration;

use chrono::{DateTime, Utc};
use model::Budget;
use model::budget::Window;
use serde::Deserialize;
use serde::de::Error as _;
use serde_json::{Map, Value as Json, json};
use url::Url;

use super::auth::{self, Site};
use super::refusal::{SERVICE, read_refusal};
use super::saved::Saved;
use super::schema::RawObject;
use super::settings::SalesforceSettings;
use super::stages::{self, Stage};
use super::texts;
use crate::common::cell::Cells;
use crate::connector::Context;
use crate::error;
use crate::http::{Channel, Effect, Failure, Headers, Limits, Request, Target};

/// Short requests are counted by the day only; this is a pace that leaves the organisation to its people.
const LIMITS: Limits = Limits {
    per_second: 25.0,
    burst: match NonZeroU32::new(8) {
        Some(eight) => eight,
        None => NonZeroU32::MIN,
    },
    penalty: Duration::from_secs(10),
};

/// One organisation, seen through its API.
pub(super) struct Api {
    channel: Channel,
    site: Site,
    version: String,
}

/// A page of what a query found.
pub(super) struct FoundPage<R> {
    pub(super) records: Vec<R>,
    /// The path of the next page.
    pub(super) next: Option<String>,
    /// How many records the query found, all pages together.
    pub(super) total: u64,
}

/// An object among all, as far as it is named.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) queryable: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawPage<'a> {
    total_size: u64,
    done: bool,
    #[serde(borrow)]
    records: Vec<Cells<'a>>,
    next_records_url: Option<String>,
}

#[derive(Deserialize)]
struct Objects {
    sobjects: Vec<Named>,
}

#[derive(Deserialize)]
struct Stages {
    records: Vec<Stage>,
}

impl Api {
    pub(super) fn new(context: &Context, settings: &SalesforceSettings) -> error::Result<Api> {
        let site = Site::of(context, settings);
        let channel = context.http.channel(Target {
            service: SERVICE,
            // All who ask an organisation share what it may be asked.
            key: format!("salesforce:{}", site.root),
            address: site.given,
            limits: LIMITS,
            credential: auth::credential(context, settings, &site)?,
            headers: &[("accept", "application/json")],
            read_refusal,
            read_budgets,
        })?;
        Ok(Api { channel, site, version: settings.version.clone() })
    }

    /// The way to the service, for pauses between attempts and for its clock.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// The version that is asked for.
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// The fields of an object.
    pub(super) async fn describe(&self, object: &str) -> Result<RawObject, Failure> {
        let request = Request::get(self.url(&["sobjects", object, "describe"]));
        self.channel.call(&request, |body| serde_json::from_slice(body)).await
    }

    /// The names of all objects that can be queried.
    pub(super) async fn objects(&self) -> Result<Vec<Named>, Failure> {
        let request = Request::get(self.url(&["sobjects"]));
        let all: Objects = self.channel.call(&request, |body| serde_json::from_slice(body)).await?;
        Ok(all.sobjects.into_iter().filter(|object| object.queryable).collect())
    }

    /// The stages of opportunities.
    pub(super) async fn stages(&self) -> Result<Vec<Stage>, Failure> {
        let request = self.query_request(stages::QUERY);
        let all: Stages = self.channel.call(&request, |body| serde_json::from_slice(body)).await?;
        Ok(all.records)
    }

    /// The first page of a query; each record is made into what is kept of it while the answer is at hand.
    pub(super) async fn query<R>(
        &self,
        query: &str,
        keep: impl Fn(&Cells) -> R,
    ) -> Result<FoundPage<R>, Failure> {
        self.page(&self.query_request(query), keep).await
    }

    /// The page at an address that the service gave.
    pub(super) async fn more<R>(
        &self,
        path: &str,
        keep: impl Fn(&Cells) -> R,
    ) -> Result<FoundPage<R>, Failure> {
        self.page(&Request::get(self.site.at(path)), keep).await
    }

    /// Everything a query finds.
    pub(super) async fn all<R>(&self, query: &str, keep: impl Fn(&Cells) -> R) -> Result<Vec<R>, Failure> {
        let mut page = self.query(query, &keep).await?;
        let mut found = std::mem::take(&mut page.records);
        while let Some(path) = page.next {
            page = self.more(&path, &keep).await?;
            found.append(&mut page.records);
        }
        Ok(found)
    }

    /// Fields of up to 2,000 records, in the order of their ids; nothing for one that is not there.
    pub(super) async fn by_ids<R>(
        &self,
        object: &str,
        ids: &[&str],
        fields: &[String],
        keep: impl Fn(&Cells) -> R,
    ) -> Result<Vec<Option<R>>, Failure> {
        let body = json!({ "ids": ids, "fields": fields });
        let url = self.url(&["composite", "sobjects", object]);
        let request = Request::post(url, &body, Effect::Nothing).may_answer_list();
        let read = |body: &[u8]| {
            let found: Vec<Option<Cells>> = serde_json::from_slice(body)?;
            Ok(found.iter().map(|cells| cells.as_ref().map(&keep)).collect::<Vec<_>>())
        };
        let found = self.channel.call(&request, read).await?;
        if found.len() == ids.len() { Ok(found) } else { Err(texts::wrong_number(false).into()) }
    }

    /// Creates up to 200 records. Done twice, it creates twice.
    pub(super) async fn create(
        &self,
        object: &str,
        records: &[&Map<String, Json>],
    ) -> Result<Vec<Saved>, Failure> {
        let url = self.url(&["composite", "sobjects"]);
        let records = records.iter().map(|fields| typed(object, fields)).collect();
        self.save(Request::post(url, &collection(records), Effect::OnceOnly)).await
    }

    /// Changes fields of up to 200 records, each with its id.
    pub(super) async fn update(
        &self,
        object: &str,
        records: &[(&str, &Map<String, Json>)],
    ) -> Result<Vec<Saved>, Failure> {
        let url = self.url(&["composite", "sobjects"]);
        let with_id = |(id, fields): &(&str, &Map<String, Json>)| {
            let mut record = typed(object, fields);
            record["id"] = json!(id);
            record
        };
        let records = records.iter().map(with_id).collect();
        self.save(Request::patch(url, &collection(records))).await
    }

    /// Creates or changes up to 200 records, each with its value of the field that is their key.
    pub(super) async fn upsert(
        &self,
        object: &str,
        key: &str,
        records: &[&Map<String, Json>],
    ) -> Result<Vec<Saved>, Failure> {
        let url = self.url(&["composite", "sobjects", object, key]);
        let records = records.iter().map(|fields| typed(object, fields)).collect();
        self.save(Request::patch(url, &collection(records))).await
    }

    async fn save(&self, request: Request) -> Result<Vec<Saved>, Failure> {
        self.channel.call(&request.may_answer_list(), |body| serde_json::from_slice(body)).await
    }

    async fn page<R>(&self, request: &Request, keep: impl Fn(&Cells) -> R) -> Result<FoundPage<R>, Failure> {
        let read = |body: &[u8]| {
            let page: RawPage = serde_json::from_slice(body)?;
            let records = page.records.iter().map(&keep).collect();
            let next = page.next_records_url.filter(|_| !page.done);
            if !page.done && next.is_none() {
                // Taken for the end, the records behind it would be missed without a word.
                return Err(serde_json::Error::missing_field("nextRecordsUrl"));
            }
            Ok(FoundPage { records, next, total: page.total_size })
        };
        self.channel.call(request, read).await
    }

    fn query_request(&self, query: &str) -> Request {
        let mut url = self.url(&["query"]);
        url.query_pairs_mut().append_pair("q", query);
        Request::get(url)
    }

    fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.site.root.clone();
        // Never fails: an http address always has a path. Segments are percent-encoded.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["services", "data", &self.version]).extend(segments);
        }
        url
    }
}

/// Each record is accepted or refused for itself.
fn collection(records: Vec<Json>) -> Json {
    let mut collection = json!({ "allOrNone": false });
    // Taken over as they are: `json!` would copy them.
    collection["records"] = Json::Array(records);
    collection
}

fn typed(object: &str, fields: &Map<String, Json>) -> Json {
    let mut record = Json::Object(fields.clone());
    record["attributes"] = json!({ "type": object });
    record
}

/// `Sforce-Limit-Info: api-usage=18/15000`, of the last 24 hours; what an application has used of its own
/// share may follow.
fn read_budgets(headers: &Headers<'_>, now: DateTime<Utc>) -> Vec<Budget> {
    let read = || {
        let told = headers.text("sforce-limit-info")?;
        let usage = told.split([',', ';']).find_map(|part| part.trim().strip_prefix("api-usage="))?;
        let (used, limit) = usage.split_once('/')?;
        let (used, limit): (u64, u64) = (used.trim().parse().ok()?, limit.trim().parse().ok()?);
        let left = limit.saturating_sub(used);
        Some(Budget { window: Window::Day, limit: Some(limit), left, resets_at: None, seen_at: now })
    };
    read().into_iter().collect()
}

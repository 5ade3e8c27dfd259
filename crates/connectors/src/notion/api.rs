//! The requests, one function each. It does not know what a value means.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;
use std::time::Duration;

use model::Text;
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use url::Url;

use super::answers::{Bot, Database, RawDatabase, RawRows, RawUsers, Rows, Written, object};
use super::page::RawPage;
use super::people::User;
use super::refusal::{SERVICE, read_refusal};
use super::schema::{RawSource, Source, joined, plain};
use super::spec::NotionSettings;
use crate::common::cell::Cells;
use crate::connector::Context;
use crate::error::{self, Error, ErrorKind};
use crate::http::{Channel, Credential, Effect, Failure, Given, Limits, Request, Target, no_budgets};

/// Where the service is when the operator does not say otherwise.
const REAL_SERVICE: &str = "https://api.notion.com";
/// The newest version that is documented; databases hold data sources since 2025-09-03.
const VERSION: &str = "2026-03-11";
/// Documented at developers.notion.com/reference/request-limits: 180 requests a minute. With the
/// limiter's margin 176 leave in a minute, and three more after a rest. Without a `Retry-After`, a new
/// minute has begun after one minute.
const LIMITS: Limits = Limits {
    per_second: 3.0,
    burst: match NonZeroU32::new(3) {
        Some(three) => three,
        None => NonZeroU32::MIN,
    },
    penalty: Duration::from_secs(60),
};
/// The most a list gives at once.
const PAGE_SIZE: usize = 100;

/// One workspace, seen through its API.
pub(super) struct Api {
    channel: Channel,
    root: Url,
}

/// Which rows of a data source are asked for, and what of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    /// Ids of the properties; none asks for all.
    pub(super) properties: Vec<String>,
    /// Only pages created then or later.
    pub(super) created_since: Option<String>,
}

impl Api {
    pub(super) fn new(context: &Context, settings: &NotionSettings) -> error::Result<Api> {
        let address = context.base_url.as_deref().unwrap_or(REAL_SERVICE);
        let root = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let root = root.ok_or_else(no_web_address)?;
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("notion:{root}:{:x}", fingerprint(settings)),
            // Its address is its own or the operator's.
            address: Given::ByOperator,
            limits: LIMITS,
            credential: Credential::Bearer(settings.token.clone()),
            headers: &[("Notion-Version", VERSION)],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { channel, root })
    }

    /// The way to the service, for pauses between attempts and for its clock.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    pub(super) async fn bot(&self) -> Result<Bot, Failure> {
        self.get(self.url(&["users", "me"])).await
    }

    pub(super) async fn database(&self, id: &str) -> Result<Database, Failure> {
        let raw: RawDatabase = self.get(self.url(&["databases", id])).await?;
        Ok(Database { title: joined(&raw.title), in_trash: raw.in_trash, sources: raw.data_sources })
    }

    pub(super) async fn source(&self, id: &str) -> Result<Source, Failure> {
        let raw: RawSource = self.get(self.url(&["data_sources", id])).await?;
        Ok(raw.parse())
    }

    /// Every person and integration of the workspace.
    pub(super) async fn users(&self) -> Result<Vec<User>, Failure> {
        let mut users = Vec::new();
        let mut cursor = None;
        loop {
            let page: RawUsers = self.get(with_cursor(self.url(&["users"]), cursor.as_deref())).await?;
            users.extend(page.results);
            // A cursor that leads back to itself would never end.
            if page.next_cursor.is_none() || page.next_cursor == cursor {
                return Ok(users);
            }
            cursor = page.next_cursor;
        }
    }

    /// Some rows in the order they were created; each is made into what the caller keeps of it.
    pub(super) async fn query<R>(
        &self,
        source_id: &str,
        query: &Query,
        cursor: Option<&str>,
        keep: impl Fn(RawPage) -> R,
    ) -> Result<Rows<R>, Failure> {
        let url = with_properties(self.url(&["data_sources", source_id, "query"]), &query.properties);
        let mut body = json!({
            "page_size": PAGE_SIZE,
            "sorts": [{ "timestamp": "created_time", "direction": "ascending" }],
        });
        if let Some(since) = &query.created_since {
            body["filter"] = json!({ "timestamp": "created_time", "created_time": { "on_or_after": since } });
        }
        if let Some(cursor) = cursor {
            body["start_cursor"] = json!(cursor);
        }
        let request = Request::post(url, &body, Effect::Nothing);
        let read = |body: &[u8]| Ok(object::<RawRows>(body)?.kept(&keep));
        self.channel.call(&request, read).await
    }

    /// Some properties of one page.
    pub(super) async fn page<R>(
        &self,
        id: &str,
        properties: &[String],
        keep: impl Fn(RawPage) -> R,
    ) -> Result<R, Failure> {
        let request = Request::get(with_properties(self.url(&["pages", id]), properties));
        self.channel.call(&request, |body| Ok(keep(object(body)?))).await
    }

    /// One property of one page, without the limit of what pages carry.
    pub(super) async fn item<R>(
        &self,
        page_id: &str,
        property_id: &str,
        cursor: Option<&str>,
        keep: impl Fn(Cells) -> R,
    ) -> Result<R, Failure> {
        let url = self.url(&["pages", page_id, "properties", &plain(property_id)]);
        let request = Request::get(with_cursor(url, cursor));
        self.channel.call(&request, |body| Ok(keep(object(body)?))).await
    }

    /// Creates a page; its id. Done twice, it creates twice.
    pub(super) async fn create(&self, source_id: &str, properties: &Json) -> Result<String, Failure> {
        let parent = json!({ "type": "data_source_id", "data_source_id": source_id });
        let body = json!({ "parent": parent, "properties": properties });
        let request = Request::post(self.url(&["pages"]), &body, Effect::OnceOnly);
        let written: Written = self.channel.call(&request, |body| object(body)).await?;
        Ok(written.id)
    }

    /// Changes some properties of a page.
    pub(super) async fn update(&self, page_id: &str, properties: &Json) -> Result<Written, Failure> {
        let request = Request::patch(self.url(&["pages", page_id]), &json!({ "properties": properties }));
        self.channel.call(&request, |body| object(body)).await
    }

    async fn get<T: DeserializeOwned>(&self, url: Url) -> Result<T, Failure> {
        self.channel.call(&Request::get(url), |body| object(body)).await
    }

    fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.root.clone();
        // Never fails: an http address always has a path. Segments are percent-encoded.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1").extend(segments);
        }
        url
    }
}

fn with_properties(mut url: Url, ids: &[String]) -> Url {
    if !ids.is_empty() {
        let mut pairs = url.query_pairs_mut();
        for id in ids {
            pairs.append_pair("filter_properties[]", &plain(id));
        }
    }
    url
}

fn with_cursor(mut url: Url, cursor: Option<&str>) -> Url {
    {
        let mut pairs = url.query_pairs_mut();
        pairs.append_pair("page_size", &PAGE_SIZE.to_string());
        if let Some(cursor) = cursor {
            pairs.append_pair("start_cursor", cursor);
        }
    }
    url
}

/// Tells tokens apart without keeping them: Notion counts requests by token.
fn fingerprint(settings: &NotionSettings) -> u64 {
    let mut hasher = DefaultHasher::new();
    settings.token.expose_secret().hash(&mut hasher);
    hasher.finish()
}

fn no_web_address() -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "L'adresse de l'API Notion n'est pas une adresse web.",
            "The address of the Notion API is not a web address.",
        ),
    )
    .hint(Text::new(
        format!("Corrigez NOTION_API_URL, par exemple {REAL_SERVICE}."),
        format!("Correct NOTION_API_URL, for example {REAL_SERVICE}."),
    ))
}

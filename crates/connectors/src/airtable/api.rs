//! The requests, one function each. It does not know what a record means.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::sync::Arc;

use model::Text;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use url::Url;

use super::cell::RawRecord;
use super::query::Query;
use super::refusal::{SERVICE, read_refusal};
use super::schema::{RawTables, Table};
use super::spec::AirtableSettings;
use crate::common::listing::Listed;
use crate::connector::Context;
use crate::error::{self, Error, ErrorKind};
use crate::http::{Channel, Credential, Effect, Failure, Given, Limits, Request, Target, no_budgets};

/// Where the service is when the operator does not say otherwise.
const REAL_SERVICE: &str = "https://api.airtable.com";
/// Documented at airtable.com/developers/web/api/rate-limits.
const LIMITS: Limits =
    Limits { per_second: 5.0, burst: NonZeroU32::MIN, penalty: std::time::Duration::from_secs(30) };

/// One base, seen through its API.
pub(super) struct Api {
    channel: Channel,
    root: Url,
    pub(super) base_id: String,
}

/// Who the token is, as far as the service tells.
#[derive(Debug, Deserialize)]
pub(super) struct WhoAmI {
    /// The rights of a personal access token.
    pub(super) scopes: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow)]
    records: Vec<RawRecord<'a>>,
    #[serde(borrow)]
    offset: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct WrittenRecords {
    records: Vec<WrittenRecord>,
}

#[derive(Deserialize)]
struct WrittenRecord {
    id: String,
}

impl Api {
    pub(super) fn new(context: &Context, settings: &AirtableSettings) -> error::Result<Api> {
        let address = context.base_url.as_deref().unwrap_or(REAL_SERVICE);
        let root = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let root = root.ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidSettings,
                Text::fixed(
                    "L'adresse de l'API Airtable n'est pas une adresse web.",
                    "The address of the Airtable API is not a web address.",
                ),
            )
            .hint(Text::new(
                format!("Corrigez AIRTABLE_API_URL, par exemple {REAL_SERVICE}."),
                format!("Correct AIRTABLE_API_URL, for example {REAL_SERVICE}."),
            ))
        })?;
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("airtable:{root}:{}", settings.base_id),
            // Its address is its own or the operator's.
            address: Given::ByOperator,
            limits: LIMITS,
            credential: Credential::Bearer(settings.token.clone()),
            headers: &[],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { channel, root, base_id: settings.base_id.clone() })
    }

    /// The way to the service, for pauses between attempts.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    pub(super) async fn who_am_i(&self) -> Result<WhoAmI, Failure> {
        let request = Request::get(self.url(&["meta", "whoami"]));
        self.channel.call(&request, |body| serde_json::from_slice(body)).await
    }

    /// Every table of the base with its columns; not paginated.
    pub(super) async fn tables(&self) -> Result<Vec<Arc<Table>>, Failure> {
        let request = Request::get(self.url(&["meta", "bases", &self.base_id, "tables"]));
        self.channel.call(&request, |body| serde_json::from_slice(body).map(RawTables::parse)).await
    }

    /// One page; each record is made into what the caller keeps of it while the answer is at hand.
    pub(super) async fn list<R>(
        &self,
        table_id: &str,
        query: &Query,
        offset: Option<&str>,
        keep: impl Fn(RawRecord) -> R,
    ) -> Result<Listed<R>, Failure> {
        let request = query.request(&self.records(table_id), offset);
        let read = |body: &[u8]| {
            let page: RawPage = serde_json::from_slice(body)?;
            let next = page.offset.filter(|offset| !offset.is_empty()).map(Cow::into_owned);
            let records = page.records.into_iter().map(&keep).collect();
            Ok(Listed { records, next, restarted: false })
        };
        self.channel.call(&request, read).await
    }

    /// Creates at most ten records; their ids, in order. Done twice, it creates twice.
    pub(super) async fn create(&self, table_id: &str, records: &[&Json]) -> Result<Vec<String>, Failure> {
        let records: Vec<Json> = records.iter().map(|fields| json!({ "fields": fields })).collect();
        self.write(Request::post(self.records(table_id), &body(&records), Effect::OnceOnly)).await
    }

    /// Changes fields of at most ten records; their ids, in order.
    pub(super) async fn update(
        &self,
        table_id: &str,
        records: &[(&str, &Json)],
    ) -> Result<Vec<String>, Failure> {
        let records: Vec<Json> =
            records.iter().map(|(id, fields)| json!({ "id": id, "fields": fields })).collect();
        self.write(Request::patch(self.records(table_id), &body(&records))).await
    }

    async fn write(&self, request: Request) -> Result<Vec<String>, Failure> {
        let written: WrittenRecords =
            self.channel.call(&request, |body| serde_json::from_slice(body)).await?;
        Ok(written.records.into_iter().map(|record| record.id).collect())
    }

    fn records(&self, table_id: &str) -> Url {
        self.url(&[&self.base_id, table_id])
    }

    pub(super) fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.root.clone();
        // Never fails: an http address always has a path. Segments are percent-encoded.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v0").extend(segments);
        }
        url
    }
}

fn body(records: &[Json]) -> Json {
    // Without typecast a wrong value is refused instead of guessed, and no option is made by a typo.
    json!({ "records": records, "typecast": false, "returnFieldsByFieldId": true })
}

//! The requests, one function each. It does not know what a row means.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::de::Error as _;
use serde_json::{Value as Json, json};
use url::Url;

use super::refusal::{SERVICE, read_refusal};
use super::wire::{Book, Changed, GridRange, ValueRange, ValueRanges};
use super::{auth, change};
use crate::connector::Context;
use crate::error::Result;
use crate::http::{Channel, Credential, Effect, Failure, Given, Limits, Request, Target, no_budgets};

/// Where the service is when the operator does not say otherwise.
const REAL_SERVICE: &str = "https://sheets.googleapis.com";
/// Documented at developers.google.com/workspace/sheets/api/limits: 60 reads and 60 writes a minute, user and
/// project. Both are counted together here, because a write follows a read of the same place. The quota is full
/// again within a minute: five attempts this far apart outlast it.
const LIMITS: Limits =
    Limits { per_second: 0.25, burst: NonZeroU32::new(45).unwrap(), penalty: Duration::from_secs(20) };
/// What is asked of a spreadsheet and its tabs.
const DESCRIPTION: &str = "properties(title,locale,timeZone),\
                           sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),merges)";
/// What is asked of the first cells of a tab.
const CELLS: &str = "sheets(properties.sheetId,\
                     data.rowData.values(userEnteredValue,effectiveValue,effectiveFormat.numberFormat))";

/// One spreadsheet, seen through its API.
pub(super) struct Api {
    channel: Channel,
    root: Url,
    spreadsheet_id: String,
}

impl Api {
    pub(super) fn new(
        context: &Context,
        spreadsheet_id: String,
        credential: Credential,
        user: &str,
    ) -> Result<Api> {
        let root = auth::address(context, REAL_SERVICE, "/v4/spreadsheets")?;
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("google_sheets:{root}:{user}"),
            // Its address is its own or the operator's.
            address: Given::ByOperator,
            limits: LIMITS,
            credential,
            headers: &[],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { channel, root, spreadsheet_id })
    }

    /// The way to the service, for pauses between attempts.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// The spreadsheet and its tabs, without cells.
    pub(super) async fn describe(&self) -> std::result::Result<Book, Failure> {
        let request = Request::get(self.url("", Some(DESCRIPTION)));
        self.channel.call(&request, |body| serde_json::from_slice(body)).await
    }

    /// The cells of these ranges with their formats, by tab.
    pub(super) async fn cells(&self, ranges: &[GridRange]) -> std::result::Result<Book, Failure> {
        let body = json!({ "dataFilters": filters(ranges), "includeGridData": true });
        let request = Request::post(self.url(":getByDataFilter", Some(CELLS)), &body, Effect::Nothing);
        self.channel.call(&request, |body| serde_json::from_slice(body)).await
    }

    /// The values of these ranges, raw and dates as numbers; `read` makes of them what is kept while the answer
    /// is at hand. No two of them may be the same: an answer is only promised to say which question it matches.
    ///
    /// # Errors
    /// Also an answer with more or fewer ranges: whose values are whose is not known then.
    pub(super) async fn values<const N: usize, T>(
        &self,
        ranges: &[GridRange; N],
        read: impl Fn([ValueRange<'_>; N]) -> T,
    ) -> std::result::Result<T, Failure> {
        let body = json!({
            "dataFilters": filters(ranges),
            "majorDimension": "ROWS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        });
        let request = Request::post(self.url("/values:batchGetByDataFilter", None), &body, Effect::Nothing);
        let read = |body: &[u8]| {
            let answer: ValueRanges<'_> = serde_json::from_slice(body)?;
            let found: Vec<ValueRange<'_>> =
                answer.value_ranges.into_iter().map(|matched| matched.value_range).collect();
            let count = found.len();
            let found = found
                .try_into()
                .map_err(|_| serde_json::Error::invalid_length(count, &"as many ranges as were asked for"))?;
            Ok(read(found))
        };
        self.channel.call(&request, read).await
    }

    /// Carries out changes, all or none. They are sent once: where the rows stand is looked up again before
    /// they are repeated.
    pub(super) async fn change(&self, requests: Vec<Json>) -> std::result::Result<(), Failure> {
        let body = change::with(json!({}), "requests", requests);
        let request = Request::post(self.url(":batchUpdate", None), &body, Effect::OnceOnly).once();
        self.channel.call(&request, |body| serde_json::from_slice::<Changed>(body)).await.map(drop)
    }

    fn url(&self, verb: &str, fields: Option<&str>) -> Url {
        let mut url = self.root.clone();
        // The id is made of letters, digits, dashes and underscores only.
        url.set_path(&format!("{}/{}{verb}", self.root.path(), self.spreadsheet_id));
        if let Some(fields) = fields {
            url.query_pairs_mut().append_pair("fields", fields);
        }
        url
    }
}

fn filters(ranges: &[GridRange]) -> Vec<Json> {
    ranges.iter().map(|range| json!({ "gridRange": range })).collect()
}

//! The requests, one function each. It does not know what a row means.

use std::num::NonZeroU32;
use std::time::Duration;

use url::Url;

use super::access;
use super::address::Tenant;
use super::refusal::{SERVICE, read_refusal};
use super::settings::{Wanted, WorkdaySettings};
use super::texts;
use super::workers::WorkersPage;
use crate::common::elements::Elements;
use crate::connector::Context;
use crate::error::Error;
use crate::http::{
    Channel, Failure, Fetched, Limits, Request, Target, cut_short, is_html, is_xml, no_budgets, wrong_shape,
};

/// The most workers a page has.
pub(super) const PAGE: u64 = 100;
/// Workday publishes no figure; others saw about ten a second.
const LIMITS: Limits = Limits { per_second: 5.0, burst: NonZeroU32::MIN, penalty: Duration::from_secs(10) };
/// The list of a report's rows.
const ROWS: &str = "Report_Entry";

/// One tenant, seen through its services.
pub(super) struct Api {
    channel: Channel,
    /// On the server where it is asked.
    tenant: Tenant,
    /// The report, where there is one.
    report: Option<Url>,
}

impl Api {
    pub(super) fn new(context: &Context, settings: &WorkdaySettings) -> Result<Api, Error> {
        let tenant = access::placed(context, &settings.tenant);
        let report = match &settings.wanted {
            Wanted::Report(url) => {
                let mut placed = tenant.server.clone();
                placed.set_path(url.path());
                placed.set_query(url.query());
                Some(placed)
            }
            Wanted::Workers(_) => None,
        };
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("workday:{}{}", tenant.server, tenant.name),
            address: access::given(context),
            limits: LIMITS,
            credential: access::credential(context, &settings.tenant, &settings.access),
            headers: &[],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { channel, tenant, report })
    }

    /// The rows of the report, of which the answer has begun.
    pub(super) async fn report(&self) -> Result<Elements, Failure> {
        let url = self.report.clone().unwrap_or_else(|| self.tenant.server.clone());
        let fetched = self
            .channel
            .fetch(
                &Request::get(url),
                |answer| match answer.beginning() {
                    beginning if is_xml(beginning) => Err(texts::no_json()),
                    beginning if is_html(beginning) => Err(wrong_shape(SERVICE, beginning)),
                    _ => Ok(true),
                },
                |_, _| Ok(()),
            )
            .await?;
        match fetched {
            Fetched::Pieces(answer) => Ok(Elements::new(SERVICE, answer, ROWS)),
            Fetched::Whole(()) => Err(cut_short(SERVICE).into()),
        }
    }

    /// The report's columns, as an XML schema.
    pub(super) async fn schema(&self) -> Result<String, Failure> {
        let mut url = self.report.clone().unwrap_or_else(|| self.tenant.server.clone());
        url.set_query(Some("xsds"));
        self.channel.call(&Request::get(url), |body| Ok(String::from_utf8_lossy(body).into_owned())).await
    }

    /// A page of the workers, made into what the caller keeps of it while the answer is at hand.
    pub(super) async fn workers<T>(
        &self,
        version: &str,
        offset: u64,
        limit: u64,
        keep: impl Fn(WorkersPage<'_>) -> T,
    ) -> Result<T, Failure> {
        let mut segments = vec!["api"];
        segments.extend(version.split('/'));
        segments.extend([self.tenant.name.as_str(), "workers"]);
        let mut url = self.tenant.url(&segments);
        url.query_pairs_mut()
            .append_pair("limit", &limit.to_string())
            .append_pair("offset", &offset.to_string());
        self.channel.call(&Request::get(url), |body| Ok(keep(serde_json::from_slice(body)?))).await
    }

    /// How often a report may be asked for whose answer breaks off.
    pub(super) fn attempts(&self) -> u32 {
        self.channel.attempts()
    }

    /// A pause before that.
    pub(super) async fn back_off(&self, breaks: u32) {
        self.channel.back_off(breaks).await;
    }
}

//! The requests, one function each. It does not know what a row means.

use std::num::NonZeroU32;
use std::time::Duration;

use model::Text;
use serde_json::json;
use url::Url;

use super::answers::{CompanyInformation, DatasetFields, DatasetPage, ListPage, MetaField};
use super::refusal::{SERVICE, read_refusal};
use super::spec::BambooSettings;
use crate::connector::Context;
use crate::error::{Error, ErrorKind};
use crate::http::{Channel, Credential, Failure, Given, Limits, Request, Target, no_budgets};

/// BambooHR publishes no figure; a few requests a second are never many.
const LIMITS: Limits = Limits { per_second: 4.0, burst: NonZeroU32::MIN, penalty: Duration::from_secs(10) };
/// The most employees a page of the list has.
const LIST_PAGE: &str = "100";
/// The most rows or fields a page of a dataset has.
const DATASET_PAGE: &str = "1000";

/// One company, seen through its API.
pub(super) struct Api {
    channel: Channel,
    root: Url,
}

impl Api {
    pub(super) fn new(context: &Context, settings: &BambooSettings) -> Result<Api, Error> {
        let root = root(context.base_url.as_deref(), &settings.company)?;
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("bamboohr:{root}"),
            address: Given::ByOperator,
            limits: LIMITS,
            credential: Credential::BasicKey(settings.key.clone()),
            // Without it the answer is XML.
            headers: &[("accept", "application/json")],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { channel, root })
    }

    /// The company's own name.
    pub(super) async fn company(&self) -> Result<String, Failure> {
        let request = Request::get(self.url(&["v1", "company_information"]));
        self.channel
            .call(&request, |body| Ok(serde_json::from_slice::<CompanyInformation>(body)?.name()))
            .await
    }

    /// Every field there is, with its type.
    pub(super) async fn fields(&self) -> Result<Vec<MetaField>, Failure> {
        let request = Request::get(self.url(&["v1", "meta", "fields"])).may_answer_list();
        self.channel.call(&request, |body| serde_json::from_slice(body)).await
    }

    /// The directory: those who work there.
    pub(super) async fn directory<T>(
        &self,
        read: impl Fn(&[u8]) -> serde_json::Result<T>,
    ) -> Result<T, Failure> {
        self.channel.call(&Request::get(self.url(&["v1", "employees", "directory"])), read).await
    }

    /// A saved report, duplicates included: they are rows of it.
    pub(super) async fn report<T>(
        &self,
        number: &str,
        read: impl Fn(&[u8]) -> serde_json::Result<T>,
    ) -> Result<T, Failure> {
        let mut url = self.url(&["v1", "reports", number]);
        url.query_pairs_mut().append_pair("format", "JSON").append_pair("fd", "no");
        self.channel.call(&Request::get(url), read).await
    }

    /// A page of the list of employees; each is made into what the caller keeps while the answer is at hand.
    pub(super) async fn list<T>(
        &self,
        after: Option<&str>,
        keep: impl Fn(ListPage<'_>) -> T,
    ) -> Result<T, Failure> {
        let mut url = self.url(&["v1", "employees"]);
        url.query_pairs_mut()
            .append_pair("page[limit]", LIST_PAGE)
            .extend_pairs(after.map(|cursor| ("page[after]", cursor)));
        self.channel.call(&Request::get(url), |body| Ok(keep(serde_json::from_slice(body)?))).await
    }

    /// A page of the fields of a dataset, from 1.
    pub(super) async fn dataset_fields(&self, name: &str, page: u64) -> Result<DatasetFields, Failure> {
        let mut url = self.url(&["v1_2", "datasets", name, "fields"]);
        number(&mut url, page, DATASET_PAGE);
        self.channel.call(&Request::get(url), |body| serde_json::from_slice(body)).await
    }

    /// A page of the rows of a dataset, from 1, with these fields.
    pub(super) async fn dataset<T>(
        &self,
        name: &str,
        fields: &[String],
        page: u64,
        keep: impl Fn(DatasetPage<'_>) -> T,
    ) -> Result<T, Failure> {
        let mut url = self.url(&["v2", "datasets", name, "data"]);
        number(&mut url, page, DATASET_PAGE);
        let body = json!({ "fields": fields }).to_string();
        let request = Request::ask(url, "application/json".to_owned(), body);
        self.channel.call(&request, |body| Ok(keep(serde_json::from_slice(body)?))).await
    }

    fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.root.clone();
        // Never fails: an http address always has a path. Segments are percent-encoded.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

fn number(url: &mut Url, page: u64, size: &str) {
    url.query_pairs_mut().append_pair("page", &page.to_string()).append_pair("page_size", size);
}

/// Where the company's addresses begin, without version. The operator's server stands for the service's common
/// gateway, where the company is part of the path.
fn root(base: Option<&str>, company: &str) -> Result<Url, Error> {
    let address = match base {
        Some(base) => format!("{}/api/gateway.php/{company}", base.trim_end_matches('/')),
        None => format!("https://{company}.bamboohr.com/api"),
    };
    Url::parse(&address).map_err(|_| {
        Error::new(
            ErrorKind::InvalidSettings,
            Text::new(
                format!("« {address} » n'est pas une adresse web."),
                format!("“{address}” is not a web address."),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_has_a_host_of_its_own() {
        for (base, expected) in [
            (None, "https://acme.bamboohr.com/api"),
            (Some("http://127.0.0.1:9/"), "http://127.0.0.1:9/api/gateway.php/acme"),
        ] {
            assert_eq!(root(base, "acme").map(String::from), Ok(expected.to_owned()));
        }
        assert!(root(Some("nowhere"), "acme").is_err());
    }
}

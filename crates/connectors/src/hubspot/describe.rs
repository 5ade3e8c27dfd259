//! The requests for what the account is and has.

use super::api::Api;
use super::wire::{RawAccount, RawList, RawOwner, RawPaging, RawPipeline, RawProperty, RawSchema};
use crate::http::Failure;

/// People a page holds.
const OWNERS: &str = "100";

impl Api {
    pub(super) async fn account(&self) -> Result<RawAccount, Failure> {
        self.get(self.url(&["account-info", "v3", "details"])).await
    }

    /// Every property of a type, hidden ones included; not paged.
    pub(super) async fn properties(&self, object: &str) -> Result<Vec<RawProperty>, Failure> {
        let told: RawList<RawProperty> = self.get(self.url(&["crm", "v3", "properties", object])).await?;
        Ok(told.results)
    }

    pub(super) async fn pipelines(&self, object: &str) -> Result<Vec<RawPipeline>, Failure> {
        let told: RawList<RawPipeline> = self.get(self.url(&["crm", "v3", "pipelines", object])).await?;
        Ok(told.results)
    }

    /// The account's own types of objects.
    pub(super) async fn schemas(&self) -> Result<Vec<RawSchema>, Failure> {
        let told: RawList<RawSchema> = self.get(self.url(&["crm-object-schemas", "v3", "schemas"])).await?;
        Ok(told.results)
    }

    /// Every person to whom records can belong, or, of those who left, could.
    pub(super) async fn owners(&self, who_left: bool) -> Result<Vec<RawOwner>, Failure> {
        let mut owners = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let mut url = self.url(&["crm", "v3", "owners"]);
            url.query_pairs_mut().append_pair("limit", OWNERS).append_pair("archived", &who_left.to_string());
            if let Some(after) = &after {
                url.query_pairs_mut().append_pair("after", after);
            }
            let page: RawList<RawOwner> = self.get(url).await?;
            owners.extend(page.results);
            let next = page.paging.and_then(RawPaging::after);
            // A token that leads back to itself would never end.
            if next.is_none() || next == after {
                return Ok(owners);
            }
            after = next;
        }
    }
}

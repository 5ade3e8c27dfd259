//! Records and their listings.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::common::cell::Cells;

/// A record. Its values are texts or `null`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawRecord<'a> {
    #[serde(borrow)]
    pub(in crate::hubspot) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::hubspot) properties: Cells<'a>,
    #[serde(borrow)]
    pub(in crate::hubspot) updated_at: Option<Cow<'a, str>>,
    /// By type; types without an association are left out.
    #[serde(default)]
    pub(in crate::hubspot) associations: HashMap<String, RawLinks>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawLinks {
    pub(in crate::hubspot) results: Vec<RawLink>,
    /// There are more than the record shows.
    pub(in crate::hubspot) paging: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawLink {
    pub(in crate::hubspot) id: String,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawPage<'a> {
    #[serde(borrow)]
    pub(in crate::hubspot) results: Vec<RawRecord<'a>>,
    pub(in crate::hubspot) paging: Option<RawPaging>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawPaging {
    next: Option<RawNext>,
}

#[derive(Deserialize)]
struct RawNext {
    after: String,
}

impl RawPaging {
    pub(in crate::hubspot) fn after(self) -> Option<String> {
        self.next.map(|next| next.after)
    }
}

/// A listing of anything that is not a record.
#[derive(Deserialize)]
pub(in crate::hubspot) struct RawList<T> {
    pub(in crate::hubspot) results: Vec<T>,
    pub(in crate::hubspot) paging: Option<RawPaging>,
}

/// The ends of the associations of one record.
#[derive(Deserialize)]
pub(in crate::hubspot) struct RawEnds {
    pub(in crate::hubspot) from: RawLink,
    pub(in crate::hubspot) to: Vec<RawEnd>,
    pub(in crate::hubspot) paging: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawEnd {
    /// A number here, a text elsewhere.
    pub(in crate::hubspot) to_object_id: u64,
}

//! What the service answers, before anything is made of it.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::common::cell::Cells;

/// Anything that is answered.
#[derive(Deserialize)]
pub(super) struct Envelope<T> {
    pub(super) data: T,
}

/// A page of a list.
#[derive(Deserialize)]
pub(super) struct RawPage<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    additional_data: Option<More>,
}

/// A page of records.
#[derive(Deserialize)]
pub(super) struct RawRecords<'a> {
    #[serde(borrow)]
    pub(super) data: Vec<Cells<'a>>,
    #[serde(default)]
    additional_data: Option<More>,
}

/// One record.
#[derive(Deserialize)]
pub(super) struct RawRecord<'a> {
    #[serde(borrow)]
    pub(super) data: Cells<'a>,
}

#[derive(Deserialize)]
struct More {
    #[serde(default)]
    next_cursor: Option<String>,
}

impl<T> RawPage<T> {
    pub(super) fn split(self) -> (Vec<T>, Option<String>) {
        (self.data, self.additional_data.and_then(|more| more.next_cursor))
    }
}

impl<'a> RawRecords<'a> {
    pub(super) fn split(self) -> (Vec<Cells<'a>>, Option<String>) {
        (self.data, self.additional_data.and_then(|more| more.next_cursor))
    }
}

/// The user of the token, and the company.
#[derive(Deserialize)]
pub(super) struct Me {
    #[serde(default)]
    pub(super) company_name: Option<String>,
    #[serde(default)]
    pub(super) company_domain: Option<String>,
    #[serde(default)]
    pub(super) default_currency: Option<String>,
}

/// A field as it is told.
#[derive(Deserialize)]
pub(super) struct RawField {
    pub(super) field_name: String,
    pub(super) field_code: String,
    pub(super) field_type: String,
    #[serde(default)]
    pub(super) options: Option<Vec<RawOption>>,
    #[serde(default)]
    pub(super) is_custom_field: bool,
    /// Records hold it only where it was asked for by name.
    #[serde(default)]
    pub(super) is_optional_response_field: bool,
}

/// An option of a field; a number where people made it, a word where the service did.
#[derive(Deserialize)]
pub(super) struct RawOption {
    pub(super) id: Json,
    #[serde(default)]
    pub(super) label: String,
}

#[derive(Deserialize)]
pub(super) struct RawPipeline {
    pub(super) id: i64,
    pub(super) name: String,
    #[serde(default)]
    pub(super) is_deleted: bool,
    #[serde(default)]
    pub(super) is_deal_probability_enabled: bool,
}

#[derive(Deserialize)]
pub(super) struct RawStage {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) pipeline_id: i64,
    #[serde(default)]
    pub(super) is_deleted: bool,
    #[serde(default)]
    pub(super) deal_probability: Option<f64>,
}

/// A record that was written.
#[derive(Deserialize)]
pub(super) struct Written {
    pub(super) id: i64,
    /// It lies in the bin: nobody sees what was written.
    #[serde(default)]
    pub(super) is_deleted: bool,
}

/// A record with its name only.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) name: String,
}

/// What a search found.
#[derive(Deserialize)]
pub(super) struct Found {
    pub(super) items: Vec<FoundItem>,
}

#[derive(Deserialize)]
pub(super) struct FoundItem {
    pub(super) item: Named,
}

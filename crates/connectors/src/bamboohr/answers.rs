//! What the service answers, in its own words.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::common::cell::Cells;

/// The company. Which of its names is told is not documented.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CompanyInformation {
    display_name: Option<String>,
    legal_name: Option<String>,
    name: Option<String>,
}

impl CompanyInformation {
    /// The first of its names; empty where there is none.
    pub(super) fn name(self) -> String {
        self.display_name.or(self.name).or(self.legal_name).unwrap_or_default()
    }
}

/// The directory, or a report.
#[derive(Deserialize)]
pub(super) struct Whole<'a> {
    #[serde(borrow)]
    pub(super) title: Option<Cow<'a, str>>,
    pub(super) fields: Vec<Head>,
    #[serde(borrow)]
    pub(super) employees: Vec<&'a RawValue>,
}

/// The same, of which only the number of rows counts.
#[derive(Deserialize)]
pub(super) struct Counted {
    pub(super) employees: Vec<IgnoredAny>,
}

/// A column of the directory or of a report.
#[derive(Deserialize)]
pub(super) struct Head {
    /// A text, or a number for a field of the company's own.
    id: Json,
    #[serde(rename = "type")]
    pub(super) field_type: Option<String>,
    pub(super) name: Option<String>,
}

impl Head {
    /// The key of its values in the rows.
    pub(super) fn key(&self) -> String {
        plain(&self.id)
    }
}

/// A field of the company.
#[derive(Deserialize)]
pub(super) struct MetaField {
    id: Json,
    #[serde(rename = "type")]
    pub(super) field_type: Option<String>,
    alias: Option<String>,
}

impl MetaField {
    /// What it is asked for by: the alias of a standard field, the number of one of the company's own.
    pub(super) fn key(&self) -> String {
        self.alias.clone().unwrap_or_else(|| plain(&self.id))
    }
}

/// A page of the list of employees.
#[derive(Deserialize)]
pub(super) struct ListPage<'a> {
    #[serde(borrow)]
    pub(super) data: Vec<Cells<'a>>,
    #[serde(default)]
    pub(super) meta: ListMeta,
}

/// What such a page tells of the others.
#[derive(Default, Deserialize)]
pub(super) struct ListMeta {
    pub(super) total: Option<u64>,
    #[serde(default)]
    pub(super) page: ListPlace,
}

/// Where such a page is.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListPlace {
    pub(super) next_cursor: Option<String>,
}

/// A page of the fields of a dataset.
#[derive(Deserialize)]
pub(super) struct DatasetFields {
    pub(super) fields: Vec<DatasetField>,
    #[serde(default)]
    pub(super) pagination: Pagination,
}

/// A field of a dataset; its type is not told.
#[derive(Deserialize)]
pub(super) struct DatasetField {
    pub(super) name: String,
    pub(super) label: Option<String>,
}

/// A page of the rows of a dataset.
#[derive(Deserialize)]
pub(super) struct DatasetPage<'a> {
    #[serde(borrow)]
    pub(super) data: Vec<Cells<'a>>,
    #[serde(default)]
    pub(super) pagination: Pagination,
}

/// Where a numbered page is.
#[derive(Default, Deserialize)]
pub(super) struct Pagination {
    pub(super) total_records: Option<u64>,
    /// Something where there is another page.
    pub(super) next_page: Option<Json>,
}

impl Pagination {
    /// Whether another page follows.
    pub(super) fn has_next(&self) -> bool {
        self.next_page.as_ref().is_some_and(|next| !plain(next).is_empty())
    }
}

/// A text or a number as a text; empty for anything else.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

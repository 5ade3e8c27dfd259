//! What a listing asks for, and how it is put into a request.

use std::collections::BTreeSet;

use model::record::FieldKey;
use serde_json::json;
use url::Url;

use crate::http::{Effect, Request};

/// The service refuses longer addresses.
const LONGEST_URL: usize = 16_000;
/// Records a page can hold.
const PAGE_SIZE: usize = 100;

/// Formulas that hold for some records, a page of them each. What is no record's id is left out.
pub(super) fn among(ids: &[String]) -> Vec<String> {
    let ids: BTreeSet<&String> = ids.iter().filter(|id| is_record_id(id)).collect();
    let terms: Vec<String> = ids.into_iter().map(|id| format!("RECORD_ID()='{id}'")).collect();
    terms.chunks(PAGE_SIZE).map(|terms| format!("OR({})", terms.join(","))).collect()
}

/// Whether it may stand in a formula as it is.
pub(super) fn is_record_id(text: &str) -> bool {
    text.starts_with("rec") && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Which records and which of their fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    /// Ids of the fields; none asks for all.
    pub(super) fields: Vec<FieldKey>,
    /// Only records for which this formula holds.
    pub(super) formula: Option<String>,
}

impl Query {
    /// The request for one page. `table` is the address of the table's records.
    pub(super) fn request(&self, table: &Url, offset: Option<&str>) -> Request {
        let mut url = table.clone();
        {
            let mut pairs = url.query_pairs_mut();
            pairs.append_pair("pageSize", &PAGE_SIZE.to_string());
            pairs.append_pair("returnFieldsByFieldId", "true");
            for field in &self.fields {
                pairs.append_pair("fields[]", field);
            }
            for (key, value) in [("filterByFormula", self.formula.as_deref()), ("offset", offset)] {
                if let Some(value) = value {
                    pairs.append_pair(key, value);
                }
            }
        }
        if url.as_str().len() <= LONGEST_URL { Request::get(url) } else { self.posted(table, offset) }
    }

    /// The same question in a body, for what is too long for an address.
    fn posted(&self, table: &Url, offset: Option<&str>) -> Request {
        let mut url = table.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push("listRecords");
        }
        let mut body = json!({ "pageSize": PAGE_SIZE, "returnFieldsByFieldId": true });
        if !self.fields.is_empty() {
            body["fields"] = self.fields.iter().map(|field| &**field).collect();
        }
        if let Some(formula) = &self.formula {
            body["filterByFormula"] = json!(formula);
        }
        if let Some(offset) = offset {
            body["offset"] = json!(offset);
        }
        Request::post(url, &body, Effect::Nothing)
    }
}

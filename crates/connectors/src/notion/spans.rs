//! Keeps the ends and times of dates that get a new day.

use std::collections::BTreeMap;

use model::Value;
use model::record::FieldKey;
use serde_json::{Map, Value as Json, json};

use super::api::Api;
use super::dates::Span;
use super::page::RawPage;
use super::schema::{Holds, Source};
use crate::common::cell::Cell;
use crate::http::Failure;

/// Reads what the dates among these fields hold and puts the new days into that. Where no date gets
/// a day nothing is asked.
///
/// # Errors
/// What the service says, such as that the page is gone.
pub(super) async fn keep(
    api: &Api,
    source: &Source,
    page_id: &str,
    fields: &BTreeMap<FieldKey, Value>,
    properties: &mut Map<String, Json>,
) -> Result<(), Failure> {
    let is_date = |key: &FieldKey| source.property(key).is_some_and(|property| property.holds == Holds::Date);
    let new: BTreeMap<&FieldKey, Span> = fields
        .iter()
        .filter(|(key, _)| is_date(key))
        .filter_map(|(key, value)| Some((key, Span::of(value)?)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = new.keys().map(|key| key.to_string()).collect();
    let merged = |page: RawPage| {
        let beginning = |(key, new): (&&FieldKey, &Span)| match page.value(key)?.get("date")? {
            Cell::Object(old) => Some((key.to_string(), Span::read(old)?.beginning(new).json())),
            _ => None,
        };
        new.iter().filter_map(beginning).collect::<Vec<_>>()
    };
    for (key, date) in api.page(page_id, &ids, merged).await? {
        properties.insert(key, json!({ "date": date }));
    }
    Ok(())
}

//! Completes order lines with their order's customer, date and state: one request a page.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Record, Value};
use serde_json::json;

use super::api::{Api, Query};
use super::decode::{decode, whole};
use super::read::{Columns, Row};
use super::streams::{ORDER_ID, ORDERS};
use crate::common::cell::Cells;
use crate::http::Failure;

/// What an order gives to its lines.
type Given = Vec<(FieldKey, Value)>;

/// The records, complete.
pub(super) async fn complete(
    api: &Api,
    columns: &Columns,
    mut rows: Vec<Row>,
) -> Result<Vec<Record>, Failure> {
    let ids: BTreeSet<i64> = rows.iter().filter_map(|row| row.order).collect();
    if !ids.is_empty() {
        let orders = ask(api, columns, &ids).await?;
        for row in &mut rows {
            let given = row.order.and_then(|order| orders.get(&order));
            for (key, value) in given.into_iter().flatten() {
                row.record.fields.insert(Arc::clone(key), value.clone());
            }
        }
    }
    Ok(rows.into_iter().map(|row| row.record).collect())
}

async fn ask(api: &Api, columns: &Columns, ids: &BTreeSet<i64>) -> Result<HashMap<i64, Given>, Failure> {
    let name = |key: &FieldKey| key.trim_start_matches(ORDER_ID).trim_start_matches('.').to_owned();
    let fields: Vec<String> = columns.of_order.iter().map(|column| name(&column.key)).collect();
    let query =
        Query { domain: json!([["id", "in", ids]]), fields: &fields, order: "id asc", limit: ids.len() };
    let keep = |cells: Cells| {
        let given = columns.of_order.iter().zip(&fields).filter_map(|(column, name)| {
            Some((Arc::clone(&column.key), decode(column, cells.get(name)?, columns.zone)))
        });
        (cells.get("id").and_then(whole).unwrap_or_default(), given.collect())
    };
    Ok(api.search(ORDERS, query, keep).await?.into_iter().collect())
}

//! Looks at a million rows: pages, searches, an export.

use std::time::Instant;

use anyhow::ensure;
use futures_util::TryStreamExt;
use hub::{Check, DataQuery, Hub, RowSort};
use model::canonical::Entity;

use crate::table::Row;

const SALES: Entity = Entity::SalesLines;

/// What people wait for in front of the sales lines; `engine` is told with each figure.
pub(crate) async fn browse(hub: &Hub, engine: &str) -> anyhow::Result<Vec<Row>> {
    let all = DataQuery::all(SALES);
    let sort = SALES.field("revenue_cents").map(|field| RowSort { field, descending: true });
    let check = |code| DataQuery { check: Check::of(SALES, code), ..all.clone() };
    let mut rows = Vec::new();
    for (what, query) in [
        ("first page of 1,000,000 rows", all.clone()),
        ("a page in their middle", DataQuery { offset: 500_000, ..all.clone() }),
        ("first page sorted by amount", DataQuery { sort, ..all.clone() }),
        ("first page of a search", DataQuery { search: Some("p0123 c0".to_owned()), ..all.clone() }),
        ("rows found without a known product", check("orphan_product")),
        ("rows found far from the catalogue's price", check("outlier_price")),
        ("rows found twice", check("duplicate_sale")),
    ] {
        let begun = Instant::now();
        hub.data(&query).await?;
        rows.push(Row::note(format!("{what}, {engine}"), begun.elapsed().as_secs_f64(), "s"));
    }
    let begun = Instant::now();
    let mut pieces = std::pin::pin!(hub.data_export(&all).await?);
    let mut told = 0;
    while let Some(piece) = pieces.try_next().await? {
        told += piece.len();
    }
    let rate = told as f64 / begun.elapsed().as_secs_f64();
    ensure!(told == 1_000_000, "{told} rows");
    rows.push(Row::note(format!("export of them all, {engine}"), rate, "rows/s"));
    Ok(rows)
}

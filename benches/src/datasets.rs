//! A hundred thousand rows of an API into a dataset, and what people look at afterwards.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use futures_util::TryStreamExt;
use hub::{DatasetQuery, ExportFormat, Policy};
use model::Lang;
use model::dataset::Filter;

use crate::connection::Connected;
use crate::process::{Listening, own_peak_mb};
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

const ROWS: usize = 100_000;

/// Into SQLite, twice, then filtered, sorted and taken away.
pub(crate) async fn into_sqlite() -> anyhow::Result<Vec<Row>> {
    let service = Listening::start("sandbox", |command| {
        command.args(["rest", "--no-limits", "--records", &ROWS.to_string()]);
    })?;
    let at = open(&service).await?;
    let (first, took) = at.dataset().await?;
    ensure!(first.records_created == ROWS as u64, "{first:?}");
    let (again, again_took) = at.dataset().await?;
    ensure!(again.records_unchanged == ROWS as u64, "{again:?}");
    let loading = own_peak_mb()?;

    let id = at.hub.datasets(Lang::En).await?.first().context("no dataset")?.id;
    let begin = Instant::now();
    let query =
        DatasetQuery { sort: Some(("amount".to_owned(), true)), limit: 100, ..DatasetQuery::default() };
    let page = at.hub.dataset_rows(id, &query).await?;
    ensure!(page.total == ROWS as u64 && page.rows.len() == 100, "{} rows", page.total);
    let sorted = begin.elapsed();

    let begin = Instant::now();
    let file = at.hub.dataset_export(id, None, ExportFormat::Parquet, &Filter::default(), Lang::En).await?;
    let bytes = file.bytes.try_fold(0, |sum, piece| async move { Ok(sum + piece.len()) }).await?;
    ensure!(bytes > 0, "an empty file");
    let exported = begin.elapsed();

    let rate = |took: Duration| ROWS as f64 / took.as_secs_f64();
    Ok(vec![
        Row::new(format!("{ROWS} rows into a dataset, SQLite"), rate(took), "rows/s", AtLeast(20_000.0)),
        Row::note("the same again, nothing changed", rate(again_took), "rows/s"),
        Row::new("peak memory, both syncs", loading, "MB", AtMost(80.0)),
        Row::note("the first page by a column", sorted.as_secs_f64() * 1_000.0, "ms"),
        Row::note("as a Parquet file", rate(exported), "rows/s"),
        Row::note("peak memory after both", own_peak_mb()?, "MB"),
    ])
}

/// A hub with the simulator's API as its connection.
async fn open(service: &Listening) -> anyhow::Result<Connected> {
    let form = [
        ("url", "https://api.example.com/page"),
        ("auth_type", "bearer"),
        ("token", service.told("token")?),
        ("data_path", "data"),
        ("paging", "page"),
        ("size_param", "per_page"),
        ("page_size", "1000"),
    ];
    Connected::open("rest_api", &service.url, &form, Policy::without_waiting()).await
}

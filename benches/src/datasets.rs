//! A hundred thousand rows from a simulated service into a dataset, and what people look at afterwards.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use futures_util::TryStreamExt;
use hub::{DatasetQuery, ExportFormat, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::Lang;
use model::api::{ConfigUpdate, SyncBody};
use model::dataset::Filter;
use sandbox::demo;
use tempfile::TempDir;

use crate::process::own_peak_mb;
use crate::sync::{service, token};
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

const ROWS: usize = 100_000;

/// The connection.
const PROVIDER: &str = "airtable";

/// Into SQLite, twice, then filtered, sorted and taken away.
pub(crate) async fn into_sqlite() -> anyhow::Result<Vec<Row>> {
    let service = service(ROWS, 0)?;
    let folder = TempDir::new()?;
    let hub = open(&folder, &service.url, &token(&service)?).await?;
    let (first, took) = sync(&hub).await?;
    ensure!(first.records_created == ROWS as u64, "{first:?}");
    let (again, again_took) = sync(&hub).await?;
    ensure!(again.records_unchanged == ROWS as u64, "{again:?}");
    let loading = own_peak_mb()?;

    let id = hub.datasets(Lang::En).await?.first().context("no dataset")?.id;
    let begin = Instant::now();
    let query =
        DatasetQuery { sort: Some(("Amount".to_owned(), true)), limit: 100, ..DatasetQuery::default() };
    let page = hub.dataset_rows(id, &query).await?;
    ensure!(page.total == ROWS as u64 && page.rows.len() == 100, "{} rows", page.total);
    let sorted = begin.elapsed();

    let begin = Instant::now();
    let file = hub.dataset_export(id, None, ExportFormat::Parquet, &Filter::default(), Lang::En).await?;
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

async fn open(folder: &TempDir, url: &str, token: &str) -> anyhow::Result<Hub> {
    let service = ServiceOptions { base_url: Some(url.to_owned()), token: None };
    let database = format!("sqlite://{}", folder.path().join("bench.db").display());
    let options = HubOptions::new(database, Keys::parse(&Keys::generate())?);
    let services = [(PROVIDER.to_owned(), service)].into();
    let hub = Hub::open(HubOptions { services, policy: Policy::without_waiting(), ..options }).await?;
    let update = ConfigUpdate {
        api_token: Some(token.to_owned()),
        base_id: Some(demo::BENCH_BASE.to_owned()),
        table_name: Some(demo::DEALS.to_owned()),
        ..ConfigUpdate::default()
    };
    hub.save_config(PROVIDER, update).await?;
    Ok(hub)
}

async fn sync(hub: &Hub) -> anyhow::Result<(SyncBody, Duration)> {
    let begin = Instant::now();
    let run = hub.start_dataset_sync(PROVIDER, None, false).await?;
    let run = hub.wait_dataset(run, Lang::En).await?;
    let took = begin.elapsed();
    ensure!(run.status == "success", "{run:?}");
    Ok((run, took))
}

//! A hundred thousand rows of an API into a dataset, and what people look at afterwards.

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use futures_util::TryStreamExt;
use hub::{AccountDraft, DatasetQuery, ExportFormat, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::Lang;
use model::api::SyncBody;
use model::dataset::Filter;
use tempfile::TempDir;

use crate::process::{Listening, own_peak_mb};
use crate::sync::token;
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

const ROWS: usize = 100_000;

/// Into SQLite, twice, then filtered, sorted and taken away.
pub(crate) async fn into_sqlite() -> anyhow::Result<Vec<Row>> {
    let service = Listening::start("sandbox", |command| {
        command.args(["rest", "--no-limits", "--records", &ROWS.to_string()]);
    })?;
    let folder = TempDir::new()?;
    let (hub, provider) = open(&folder, &service).await?;
    let (first, took) = sync(&hub, &provider).await?;
    ensure!(first.records_created == ROWS as u64, "{first:?}");
    let (again, again_took) = sync(&hub, &provider).await?;
    ensure!(again.records_unchanged == ROWS as u64, "{again:?}");
    let loading = own_peak_mb()?;

    let id = hub.datasets(Lang::En).await?.first().context("no dataset")?.id;
    let begin = Instant::now();
    let query =
        DatasetQuery { sort: Some(("amount".to_owned(), true)), limit: 100, ..DatasetQuery::default() };
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

/// A hub with the simulator's API as its connection; the connection's name.
async fn open(folder: &TempDir, service: &Listening) -> anyhow::Result<(Hub, String)> {
    let options = ServiceOptions { base_url: Some(service.url.clone()), token: None };
    let database = format!("sqlite://{}", folder.path().join("bench.db").display());
    let hub = Hub::open(HubOptions {
        services: [("rest_api".to_owned(), options)].into(),
        policy: Policy::without_waiting(),
        ..HubOptions::new(database, Keys::parse(&Keys::generate())?)
    })
    .await?;
    let values = [
        ("url", "https://api.example.com/page"),
        ("auth_type", "bearer"),
        ("token", &token(service)?),
        ("data_path", "data"),
        ("paging", "page"),
        ("size_param", "per_page"),
        ("page_size", "1000"),
    ];
    let values = values.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let draft = AccountDraft {
        title: "Bench".to_owned(),
        kind: "rest_api".to_owned(),
        values,
        ..AccountDraft::default()
    };
    let id = match hub.create_account(draft).await {
        Ok(id) => id,
        Err(error) => bail!("{error:?}"),
    };
    let provider = hub.account(id, Lang::En).await?.provider;
    Ok((hub, provider))
}

async fn sync(hub: &Hub, provider: &str) -> anyhow::Result<(SyncBody, Duration)> {
    let begin = Instant::now();
    let run = hub.start_dataset_sync(provider, None, false).await?;
    let run = hub.wait_dataset(run, Lang::En).await?;
    let took = begin.elapsed();
    ensure!(run.status == "success", "{run:?}");
    Ok((run, took))
}

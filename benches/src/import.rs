//! Imports and exports against the simulated service.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use hub::{Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::{ConfigUpdate, SyncBody};
use model::{Direction, Lang};
use sandbox::{Kind, Log, airtable, demo, notion};
use tempfile::TempDir;

use crate::process::{Listening, own_peak_mb};
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

/// The number of records whose speed is promised; of others it is only told.
const PROMISED: usize = 10_000;

/// Imports that many records at no latency, with links and history.
pub(crate) async fn import(records: usize) -> anyhow::Result<Vec<Row>> {
    let service = service(records, 0)?;
    let at = Bench::airtable(&service.url, &token(&service)?, Policy::without_waiting()).await?;
    let (run, took) = at.sync(Direction::Import).await?;
    ensure!(run.records_created == records as u64, "{run:?}");
    let (again, again_took) = at.sync(Direction::Import).await?;
    ensure!(again.records_unchanged == records as u64, "{again:?}");
    let rate = records as f64 / took.as_secs_f64();
    let again_rate = records as f64 / again_took.as_secs_f64();
    let what = format!("import of {records} records, no latency");
    Ok(vec![
        if records == PROMISED {
            Row::new(what, rate, "deals/s", AtLeast(30_000.0))
        } else {
            Row::note(what, rate, "deals/s")
        },
        Row::note(format!("the same again, nothing changed ({records})"), again_rate, "deals/s"),
        Row::new(format!("peak memory, both imports of {records}"), own_peak_mb()?, "MB", AtMost(80.0)),
    ])
}

/// Imports 50 pages at 100 ms each.
pub(crate) async fn import_with_latency() -> anyhow::Result<Vec<Row>> {
    let (pages, latency_ms) = (50, 100);
    let service = service(pages * 100, latency_ms)?;
    let at = Bench::airtable(&service.url, &token(&service)?, Policy::without_waiting()).await?;
    let (run, took) = at.sync(Direction::Import).await?;
    ensure!(run.records_created == pages as u64 * 100, "{run:?}");
    let floor = pages as f64 * latency_ms as f64 / 1_000.0;
    Ok(vec![Row::new(
        "import of 50 pages at 100 ms, against their latency",
        took.as_secs_f64() / floor,
        "x",
        AtMost(1.05),
    )])
}

/// Exports 1,000 deals at Airtable's own pace, twice.
pub(crate) async fn export() -> anyhow::Result<Vec<Row>> {
    // In this process, because the service's log is the judge.
    let simulator = airtable::Simulator::start(airtable::Options::default()).await?;
    let base = demo::bench(&simulator, 0).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let at = Bench::airtable(simulator.url(), simulator.token(), Policy::default()).await?;
    let rows = export_twice(&at, 1_000, 5.0, simulator.log()).await?;
    let table = base.find(demo::DEALS).context("no table")?;
    ensure!(table.len() == 1_000, "{} records", table.len());
    Ok(rows)
}

/// Exports 300 deals at Notion's own pace, twice.
pub(crate) async fn export_to_notion() -> anyhow::Result<Vec<Row>> {
    let simulator = notion::Simulator::start(notion::Options::default()).await?;
    let source = demo::notion_bench(&simulator, 0).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let database = source.id().to_string();
    let at = Bench::new("notion", simulator.url(), simulator.token(), &database, Policy::default()).await?;
    let rows = export_twice(&at, 300, 3.0, simulator.log()).await?;
    ensure!(source.len() == 300, "{} pages", source.len());
    Ok(rows)
}

/// Exports new deals at so many requests a second, then the same again.
async fn export_twice(at: &Bench, deals: u64, per_second: f64, log: &Log) -> anyhow::Result<Vec<Row>> {
    for number in 0..deals {
        let deal = serde_json::json!({"client": format!("Client {number}"), "montant_brut": 100 + number});
        at.hub.create_deal(serde_json::from_value(deal)?).await?;
    }
    let (run, took) = at.sync(Direction::Export).await?;
    ensure!(run.records_created == deals, "{run:?}");
    let floor = log.count(Kind::Any) as f64 / per_second;
    let refused = log.entries().iter().filter(|e| e.status == Some(429)).count();
    log.clear();
    let (again, again_took) = at.sync(Direction::Export).await?;
    ensure!(again.records_unchanged == deals, "{again:?}");
    let again_floor = log.count(Kind::Any) as f64 / per_second;
    let to = at.provider;
    Ok(vec![
        Row::new(
            format!("export of {deals} deals to {to} at {per_second} requests/s, against the floor"),
            took.as_secs_f64() / floor,
            "x",
            AtMost(1.05),
        ),
        Row::new("requests refused for their rate meanwhile", refused as f64, "requests", AtMost(0.0)),
        Row::new("writes of a second export", log.count(Kind::Write) as f64, "requests", AtMost(0.0)),
        Row::note(
            "second export, against the floor of its reads",
            again_took.as_secs_f64() / again_floor,
            "x",
        ),
    ])
}

/// A hub on a database of its own, connected to a service.
struct Bench {
    hub: Hub,
    provider: &'static str,
    _folder: TempDir,
}

impl Bench {
    async fn airtable(url: &str, token: &str, policy: Policy) -> anyhow::Result<Bench> {
        Bench::new("airtable", url, token, demo::BENCH_BASE, policy).await
    }

    async fn new(
        provider: &'static str,
        url: &str,
        token: &str,
        base: &str,
        policy: Policy,
    ) -> anyhow::Result<Bench> {
        let folder = tempfile::tempdir()?;
        let service = ServiceOptions { base_url: Some(url.to_owned()), token: None };
        let database = format!("sqlite://{}", folder.path().join("bench.db").display());
        let services = [(provider.to_owned(), service)].into();
        let options = HubOptions::new(database, Keys::parse(&Keys::generate())?);
        let hub = Hub::open(HubOptions { services, policy, ..options }).await?;
        let update = ConfigUpdate {
            api_token: Some(token.to_owned()),
            base_id: Some(base.to_owned()),
            table_name: (provider == "airtable").then(|| demo::DEALS.to_owned()),
            ..ConfigUpdate::default()
        };
        hub.save_config(provider, update).await?;
        Ok(Bench { hub, provider, _folder: folder })
    }

    async fn sync(&self, direction: Direction) -> anyhow::Result<(SyncBody, Duration)> {
        let begin = Instant::now();
        let run = self.hub.sync(self.provider, direction, Lang::En).await?;
        let took = begin.elapsed();
        ensure!(run.status == "success", "{run:?}");
        Ok((run, took))
    }
}

/// The simulated service in a process of its own.
pub(crate) fn service(records: usize, latency_ms: usize) -> anyhow::Result<Listening> {
    Listening::start("sandbox", |command| {
        let (records, latency) = (records.to_string(), latency_ms.to_string());
        command.args([
            "--no-limits",
            "--addr",
            "127.0.0.1:0",
            "--records",
            &records,
            "--latency-ms",
            &latency,
        ]);
    })
}

pub(crate) fn token(service: &Listening) -> anyhow::Result<String> {
    let line = service.lines.iter().find_map(|l| l.strip_prefix("token "));
    Ok(line.context("the simulator named no token")?.trim().to_owned())
}

//! Imports and exports against the simulated service.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use hub::{Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::{ConfigUpdate, SyncBody};
use model::{Direction, Lang};
use sandbox::airtable::{Options, Simulator};
use sandbox::{Kind, demo};
use tempfile::TempDir;

use crate::process::{Listening, own_peak_mb};
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

/// The number of records whose speed is promised; of others it is only told.
const PROMISED: usize = 10_000;

/// Imports that many records at no latency, with links and history.
pub(crate) async fn import(records: usize) -> anyhow::Result<Vec<Row>> {
    let service = service(records, 0)?;
    let at = Bench::new(&service.url, &token(&service)?, Policy::without_waiting()).await?;
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
    let at = Bench::new(&service.url, &token(&service)?, Policy::without_waiting()).await?;
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

/// Exports 1,000 deals at the service's own pace, twice.
pub(crate) async fn export() -> anyhow::Result<Vec<Row>> {
    // In this process, because the service's log is the judge.
    let simulator = Simulator::start(Options::default()).await?;
    let base = demo::bench(&simulator, 0).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let at = Bench::new(simulator.url(), simulator.token(), Policy::default()).await?;
    for number in 0..1_000 {
        let deal = serde_json::json!({"client": format!("Client {number}"), "montant_brut": 100 + number});
        at.hub.create_deal(serde_json::from_value(deal)?).await?;
    }
    let (run, took) = at.sync(Direction::Export).await?;
    let table = base.find(demo::DEALS).context("no table")?;
    ensure!(run.records_created == 1_000 && table.len() == 1_000, "{run:?}");
    let floor = simulator.log().count(Kind::Any) as f64 / 5.0;
    let refused = simulator.log().entries().iter().filter(|e| e.status == Some(429)).count();
    simulator.log().clear();
    let (again, again_took) = at.sync(Direction::Export).await?;
    ensure!(again.records_unchanged == 1_000, "{again:?}");
    let again_floor = simulator.log().count(Kind::Any) as f64 / 5.0;
    Ok(vec![
        Row::new(
            "export of 1,000 deals at 5 requests/s, against the floor",
            took.as_secs_f64() / floor,
            "x",
            AtMost(1.05),
        ),
        Row::new("requests refused for their rate meanwhile", refused as f64, "requests", AtMost(0.0)),
        Row::new(
            "writes of a second export",
            simulator.log().count(Kind::Write) as f64,
            "requests",
            AtMost(0.0),
        ),
        Row::note(
            "second export, against the floor of its reads",
            again_took.as_secs_f64() / again_floor,
            "x",
        ),
    ])
}

/// A hub on a database of its own, connected to a base.
struct Bench {
    hub: Hub,
    token: String,
    _folder: TempDir,
}

impl Bench {
    async fn new(url: &str, token: &str, policy: Policy) -> anyhow::Result<Bench> {
        let folder = tempfile::tempdir()?;
        let service = ServiceOptions { base_url: Some(url.to_owned()), token: None };
        let hub = Hub::open(HubOptions {
            database_url: format!("sqlite://{}", folder.path().join("bench.db").display()),
            keys: Keys::parse(&Keys::generate())?,
            services: [("airtable".to_owned(), service)].into(),
            policy,
        })
        .await?;
        let bench = Bench { hub, token: token.to_owned(), _folder: folder };
        bench.point_at(demo::BENCH_BASE).await?;
        Ok(bench)
    }

    async fn point_at(&self, base: &str) -> anyhow::Result<()> {
        let update = ConfigUpdate {
            api_token: Some(self.token.clone()),
            base_id: Some(base.to_owned()),
            table_name: Some(demo::DEALS.to_owned()),
            ..ConfigUpdate::default()
        };
        self.hub.save_config("airtable", update).await?;
        Ok(())
    }

    async fn sync(&self, direction: Direction) -> anyhow::Result<(SyncBody, Duration)> {
        let begin = Instant::now();
        let run = self.hub.sync("airtable", direction, Lang::En).await?;
        let took = begin.elapsed();
        ensure!(run.status == "success", "{run:?}");
        Ok((run, took))
    }
}

/// The simulated service in a process of its own.
fn service(records: usize, latency_ms: usize) -> anyhow::Result<Listening> {
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

fn token(service: &Listening) -> anyhow::Result<String> {
    let line = service.lines.iter().find_map(|l| l.strip_prefix("token "));
    Ok(line.context("the simulator named no token")?.trim().to_owned())
}

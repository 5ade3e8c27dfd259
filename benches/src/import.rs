//! Imports of Airtable's deals: many of them, and slow ones.

use anyhow::ensure;
use hub::Policy;
use model::Direction;
use sandbox::demo;

use crate::connection::Connected;
use crate::process::{Listening, own_peak_mb};
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

/// The number of records whose speed is promised; of others it is only told.
const PROMISED: usize = 10_000;

/// Imports that many records at no latency, with links and history.
pub(crate) async fn many(records: usize) -> anyhow::Result<Vec<Row>> {
    let service = service(records, 0)?;
    let at = connect(&service).await?;
    let (run, took) = at.deals(Direction::Import).await?;
    ensure!(run.records_created == records as u64, "{run:?}");
    let (again, again_took) = at.deals(Direction::Import).await?;
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
pub(crate) async fn with_latency() -> anyhow::Result<Vec<Row>> {
    let (pages, latency_ms) = (50, 100);
    let service = service(pages * 100, latency_ms)?;
    let at = connect(&service).await?;
    let (run, took) = at.deals(Direction::Import).await?;
    ensure!(run.records_created == pages as u64 * 100, "{run:?}");
    let floor = pages as f64 * latency_ms as f64 / 1_000.0;
    Ok(vec![Row::new(
        "import of 50 pages at 100 ms, against their latency",
        took.as_secs_f64() / floor,
        "x",
        AtMost(1.05),
    )])
}

/// A hub connected to the simulated base, which asks as fast as it can.
async fn connect(service: &Listening) -> anyhow::Result<Connected> {
    let form =
        [("api_token", service.told("token")?), ("base_id", demo::BENCH_BASE), ("table_name", demo::DEALS)];
    Connected::open("airtable", &service.url, &form, Policy::without_waiting()).await
}

/// The simulated service in a process of its own.
fn service(records: usize, latency_ms: usize) -> anyhow::Result<Listening> {
    Listening::start("sandbox", |command| {
        let (records, latency) = (records.to_string(), latency_ms.to_string());
        command.args(["airtable", "--no-limits", "--records", &records, "--latency-ms", &latency]);
    })
}

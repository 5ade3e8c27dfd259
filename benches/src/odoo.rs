//! The contacts of an Odoo database, over its API into SQLite.

use anyhow::ensure;
use hub::SourceDraft;
use tempfile::TempDir;

use crate::load::Bench;
use crate::process::{Listening, own_peak_mb};
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

const PARTNERS: u32 = 100_000;

/// All of them, then only what changed since.
pub(crate) async fn into_sqlite() -> anyhow::Result<Vec<Row>> {
    let service = Listening::start("sandbox", |command| {
        command.args(["odoo", "--records", &PARTNERS.to_string()]);
    })?;
    let folder = TempDir::new()?;
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    let bench = Bench::open(&url, None, Some(service.url.clone()), draft(&service)?).await?;

    let first = bench.load().await?;
    ensure!(first.counts.created >= u64::from(PARTNERS) && first.counts.failed == 0, "{:?}", first.counts);
    let again = bench.load().await?;
    ensure!(again.counts.processed < 1_000 && again.counts.created == 0, "{:?}", again.counts);
    bench.hub.close().await;
    let rate = first.counts.processed as f64 / first.rows;
    Ok(vec![
        Row::new("100,000 contacts from Odoo into SQLite", rate, "records/s", AtLeast(8_000.0)),
        Row::note("totals and quality report after it", first.rest, "s"),
        Row::note("the same again, nothing changed", again.rows + again.rest, "s"),
        Row::new("peak memory of both", own_peak_mb()?, "MB", AtMost(80.0)),
    ])
}

/// The form, filled with what the simulator says of itself.
fn draft(service: &Listening) -> anyhow::Result<SourceDraft> {
    // The operator has said where the service is.
    let values = [
        ("odoo_url", "https://cave.example"),
        ("odoo_db", service.told("database")?),
        ("odoo_user", service.told("user")?),
        ("odoo_api_key", service.told("key")?),
    ];
    let values = values.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    Ok(SourceDraft { name: "erp".to_owned(), kind: "odoo".to_owned(), values })
}

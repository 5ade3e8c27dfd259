//! The contacts of an Odoo database, over its API into SQLite.

use std::time::Instant;

use anyhow::{Context, ensure};
use connectors::http::{Http, Policy};
use connectors::odoo::Odoo;
use connectors::{Settings, SourceConnector, SourceContext};
use model::canonical::Entity;
use secrecy::SecretString;
use store::{Keys, Store};
use tempfile::TempDir;

use crate::process::{Listening, own_peak_mb};
use crate::sources::load;
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
    let store = Store::open(&url, Keys::parse(&Keys::generate())?).await?;
    let http = Http::new(Policy::without_waiting())?;
    let context = SourceContext {
        service: connectors::Context { http, base_url: Some(service.url.clone()) },
        data_dirs: Vec::new(),
    };
    let tables = SourceConnector::connect(&Odoo, &context, settings(&service)?)?;
    let columns = SourceConnector::columns(&Odoo, Entity::Customers);

    let begun = Instant::now();
    let counts = load(&store, &tables, Entity::Customers, &columns).await?;
    let first = f64::from(PARTNERS) / begun.elapsed().as_secs_f64();
    ensure!(counts.created >= u64::from(PARTNERS) && counts.failed == 0, "{counts:?}");

    let begun = Instant::now();
    let counts = load(&store, &tables, Entity::Customers, &columns).await?;
    let again = begun.elapsed().as_secs_f64();
    ensure!(counts.processed < 1_000 && counts.created == 0, "{counts:?}");
    store.close().await;
    Ok(vec![
        Row::new("100,000 contacts from Odoo into SQLite", first, "records/s", AtLeast(8_000.0)),
        Row::note("the same again, nothing changed", again, "s"),
        Row::new("peak memory of both", own_peak_mb()?, "MB", AtMost(80.0)),
    ])
}

/// The form, filled with what the simulator says of itself.
fn settings(service: &Listening) -> anyhow::Result<Settings> {
    let told = |word: &str| {
        let line = service.lines.iter().find_map(|line| line.strip_prefix(word));
        line.map(|value| value.trim().to_owned()).with_context(|| format!("the simulator named no {word}"))
    };
    let values =
        [("odoo_url", service.url.clone()), ("odoo_db", told("database ")?), ("odoo_user", told("user ")?)];
    Ok(Settings {
        values: values.map(|(key, value)| (key.to_owned(), value)).into(),
        secrets: [("odoo_api_key".to_owned(), SecretString::from(told("key ")?))].into(),
    })
}

//! A million sales lines as a merchant's software exports them, into either database.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, ensure};
use connectors::http::{Http, Policy};
use connectors::source::{Before, Event};
use connectors::{Settings, Source, SourceConnector, SourceContext, isavigne};
use futures_util::StreamExt;
use model::canonical::{ColumnMapping, Entity, Header, RowReader};
use model::run::Counts;
use model::{Direction, Subject};
use store::testing::TempPostgres;
use store::{FileMark, Keys, Portion, Store};
use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::process::own_peak_mb;
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

const ROWS: u32 = 1_000_000;

const CUSTOMERS: u32 = 40_000;

const NOW: &str = "2026-11-21T08:00:00.000Z";

/// Into SQLite, twice, and what follows from the sales.
pub(crate) async fn into_sqlite() -> anyhow::Result<Vec<Row>> {
    let folder = TempDir::new()?;
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    let [first, again, derived] = measure(&url).await?;
    Ok(vec![
        Row::new("1,000,000 sales lines from CSV into SQLite", first, "rows/s", AtLeast(150_000.0)),
        Row::new("the same content in a new file, nothing changed", again, "rows/s", AtLeast(250_000.0)),
        Row::note("totals of 40,000 customers from 1,000,000 sales lines", derived, "s"),
        Row::new("peak memory of both", own_peak_mb()?, "MB", AtMost(120.0)),
    ])
}

/// Into PostgreSQL, twice.
pub(crate) async fn into_postgres() -> anyhow::Result<Vec<Row>> {
    let postgres = TempPostgres::start()?;
    let [first, again, derived] = measure(postgres.url()).await?;
    Ok(vec![
        Row::new("1,000,000 sales lines from CSV into PostgreSQL", first, "rows/s", AtLeast(60_000.0)),
        Row::note("the same content in a new file, PostgreSQL", again, "rows/s"),
        Row::note("totals of 40,000 customers, PostgreSQL", derived, "s"),
        Row::new("peak memory of both, PostgreSQL", own_peak_mb()?, "MB", AtMost(120.0)),
    ])
}

/// Rows a second the first and the second time, and the seconds of what is derived.
async fn measure(url: &str) -> anyhow::Result<[f64; 3]> {
    let folder = TempDir::new()?;
    write_sales(&folder.path().join("ventes_1.csv"))?;
    write_customers(&folder.path().join("clients.csv"))?;
    let store = Store::open(url, Keys::parse(&Keys::generate())?).await?;
    let exports = exports(folder.path())?;
    let by_name = ColumnMapping::new();

    let begun = Instant::now();
    let counts = load(&store, &exports, Entity::SalesLines, &by_name).await?;
    let first = f64::from(ROWS) / begun.elapsed().as_secs_f64();
    ensure!(counts.created == u64::from(ROWS) && counts.failed == 0, "{counts:?}");

    load(&store, &exports, Entity::Customers, &by_name).await?;
    let scope = store.scope("bench").await?;
    let begun = Instant::now();
    store.load(scope, 1).await?.derive().await?;
    let derived = begun.elapsed().as_secs_f64();

    std::fs::rename(folder.path().join("ventes_1.csv"), folder.path().join("ventes_2.csv"))?;
    let begun = Instant::now();
    let counts = load(&store, &exports, Entity::SalesLines, &by_name).await?;
    let again = f64::from(ROWS) / begun.elapsed().as_secs_f64();
    ensure!(counts.unchanged == u64::from(ROWS), "{counts:?}");
    store.close().await;
    Ok([first, again, derived])
}

fn exports(folder: &Path) -> anyhow::Result<Arc<dyn Source>> {
    let context = SourceContext {
        service: connectors::Context { http: Http::new(Policy::default())?, base_url: None },
        data_dirs: vec![folder.to_owned()],
    };
    let mut settings = Settings::default();
    settings.values.insert("isavigne_export_path".to_owned(), folder.display().to_string());
    settings.values.insert("encoding".to_owned(), "windows-1252".to_owned());
    Ok(isavigne::Isavigne.connect(&context, settings)?)
}

/// One run: a task reads and validates, while this one writes.
pub(crate) async fn load(
    store: &Store,
    source: &Arc<dyn Source>,
    entity: Entity,
    mapping: &ColumnMapping,
) -> anyhow::Result<Counts> {
    let scope = store.scope("bench").await?;
    let before = Before { known: store.file_marks(scope, entity).await?, since: None };
    let run = store
        .start_run("bench", Subject::Tables, Direction::Import, NOW)
        .await?
        .ok()
        .context("a run goes on")?;
    let mut events = source.read(entity, before);
    let mapping = mapping.clone();
    let (sender, mut portions) = mpsc::channel::<anyhow::Result<Portion>>(1);
    tokio::spawn(async move {
        let mut reader: Option<(String, RowReader)> = None;
        while let Some(event) = events.next().await {
            let portion = event
                .map_err(anyhow::Error::from)
                .and_then(|event| portion(entity, event, &mapping, &mut reader));
            if let Some(portion) = portion.transpose()
                && sender.send(portion).await.is_err()
            {
                return;
            }
        }
    });
    let mut load = store.load(scope, run).await?;
    let mut counts = Counts::default();
    while let Some(portion) = portions.recv().await {
        counts.add(load.put(portion?).await?);
    }
    let mut batch = store.begin().await?;
    batch.finish_run(run, counts.outcome(), &store::Ending::default(), &[], &[], NOW).await?;
    batch.commit().await?;
    Ok(counts)
}

/// What an event of the source means for the database.
fn portion(
    entity: Entity,
    event: Event,
    mapping: &ColumnMapping,
    reader: &mut Option<(String, RowReader)>,
) -> anyhow::Result<Option<Portion>> {
    let portion = |source: &str| Portion {
        entity,
        source: source.to_owned(),
        rows: None,
        refused: Vec::new(),
        ended: None,
    };
    match event {
        Event::Began { part, columns, mark } => {
            let header =
                Header::new(entity, &columns, mapping).map_err(|fault| anyhow::anyhow!("{}", fault.en))?;
            *reader = Some((part, RowReader::new(header, mark)));
            Ok(None)
        }
        Event::Rows { rows, mut refused } => {
            let (part, reader) = reader.as_mut().context("rows without columns")?;
            let rows = reader.read(&rows, &mut refused);
            Ok(Some(Portion { rows: Some(rows), refused, ..portion(part) }))
        }
        Event::Ended { part, mark } => {
            Ok(Some(Portion { ended: Some(FileMark { mark, read_at: NOW.to_owned() }), ..portion(&part) }))
        }
        Event::Skipped { part, why } => anyhow::bail!("{}", why.text(&part).en),
        Event::Failed { error, .. } => Err(error.into()),
    }
}

/// The customers of the sales.
fn write_customers(path: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "Code client;Nom")?;
    for i in 0..CUSTOMERS {
        writeln!(file, "C{i:05};Client {i}")?;
    }
    Ok(file.flush()?)
}

/// Semicolons, Windows-1252, decimal commas, French dates.
fn write_sales(path: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    file.write_all(b"Num\xe9ro ligne;Date vente;Code client;Code produit;D\xe9signation;Quantit\xe9;Contenance;Prix unitaire;Montant;Co\xfbt unitaire;Commande;Canal\r\n")?;
    const FORMATS: [&str; 4] = ["75 cl", "Magnum", "Caisse de 6", "37,5 cl"];
    for i in 0..ROWS {
        let (day, month, year) = (i % 28 + 1, i / 28 % 12 + 1, 2015 + i / 336 % 11);
        let (customer, product, quantity, order) =
            (i.wrapping_mul(7919) % CUSTOMERS, i % 3_000, i % 12 + 1, i / 4);
        let cents = 590 + product * 7;
        let total = cents * quantity;
        write!(file, "L{i:08};{day:02}/{month:02}/{year};C{customer:05};P{product:04};")?;
        file.write_all(b"Ch\xe2teau du Tertre r\xe9serve;")?;
        write!(
            file,
            "{quantity};{};{},{:02};{},{:02};{},{:02};CMD{order:07};",
            FORMATS[(product % 4) as usize],
            cents / 100,
            cents % 100,
            total / 100,
            total % 100,
            cents / 160,
            cents % 100,
        )?;
        file.write_all(if i % 3 == 0 { b"Boutique\r\n" } else { b"Soci\xe9t\xe9\r\n" })?;
    }
    file.flush()?;
    Ok(())
}

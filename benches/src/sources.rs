//! A million sales lines as a merchant's software exports them, into either database.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::ensure;
use hub::SourceDraft;
use store::testing::TempPostgres;
use tempfile::TempDir;

use crate::browse::browse;
use crate::load::Bench;
use crate::process::own_peak_mb;
use crate::table::Promise::{AtLeast, AtMost};
use crate::table::Row;

const ROWS: u32 = 1_000_000;

const CUSTOMERS: u32 = 40_000;

const PRODUCTS: u32 = 3_000;

/// Into SQLite, twice, and what people look at afterwards.
pub(crate) async fn into_sqlite() -> anyhow::Result<Vec<Row>> {
    let folder = TempDir::new()?;
    let url = format!("sqlite://{}", folder.path().join("bench.db").display());
    measure(&url, "SQLite", 150_000.0, Some(250_000.0)).await
}

/// Into PostgreSQL, the same.
pub(crate) async fn into_postgres() -> anyhow::Result<Vec<Row>> {
    let postgres = TempPostgres::start()?;
    measure(postgres.url(), "PostgreSQL", 60_000.0, None).await
}

/// What is promised are rows a second: of the first load, and of the second, to which nothing is new.
async fn measure(url: &str, engine: &str, first_at: f64, again_at: Option<f64>) -> anyhow::Result<Vec<Row>> {
    let folder = TempDir::new()?;
    let path = |name: &str| folder.path().join(name);
    write_customers(&path("clients.csv"))?;
    write_products(&path("produits.csv"))?;
    write_sales(&path("ventes_1.csv"))?;
    let bench = Bench::open(url, Some(folder.path()), None, draft(folder.path())).await?;
    let rows = u64::from(ROWS + CUSTOMERS + PRODUCTS);

    let first = bench.load().await?;
    ensure!(first.counts.created == rows && first.counts.processed == rows, "{:?}", first.counts);
    let loading = own_peak_mb()?;

    for (before, after) in [("clients", "clients_2"), ("produits", "produits_2"), ("ventes_1", "ventes_2")] {
        std::fs::rename(path(&format!("{before}.csv")), path(&format!("{after}.csv")))?;
    }
    let again = bench.load().await?;
    ensure!(again.counts.unchanged == rows && again.counts.processed == rows, "{:?}", again.counts);

    let browsed = browse(&bench.hub, engine).await?;
    bench.hub.close().await;
    let rate = |seconds: f64| rows as f64 / seconds;
    let unchanged = format!("the same content in new files, nothing changed, {engine}");
    let mut told = vec![
        Row::new(
            format!("1,000,000 sales lines from CSV into {engine}"),
            rate(first.rows),
            "rows/s",
            AtLeast(first_at),
        ),
        Row::note(format!("totals and quality report after it, {engine}"), first.rest, "s"),
        match again_at {
            Some(promised) => Row::new(unchanged, rate(again.rows), "rows/s", AtLeast(promised)),
            None => Row::note(unchanged, rate(again.rows), "rows/s"),
        },
        Row::note(format!("what follows when nothing changed, {engine}"), again.rest, "s"),
    ];
    told.extend(browsed);
    told.push(Row::note(format!("peak memory of the first load, {engine}"), loading, "MB"));
    told.push(Row::new(format!("peak memory of everything, {engine}"), own_peak_mb()?, "MB", AtMost(120.0)));
    Ok(told)
}

fn draft(folder: &Path) -> SourceDraft {
    let values = [
        ("isavigne_export_path".to_owned(), folder.display().to_string()),
        ("encoding".to_owned(), "windows-1252".to_owned()),
    ];
    SourceDraft { name: "cave".to_owned(), kind: "isavigne".to_owned(), values: values.into() }
}

/// Ends a file as if it had lain still for an hour: one just written is watched for a moment before it is
/// read.
fn finish(mut file: std::io::BufWriter<std::fs::File>) -> anyhow::Result<()> {
    file.flush()?;
    Ok(file.get_ref().set_modified(SystemTime::now() - Duration::from_secs(3_600))?)
}

/// The customers of the sales.
fn write_customers(path: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "Code client;Nom")?;
    for i in 0..CUSTOMERS {
        writeln!(file, "C{i:05};Client {i}")?;
    }
    finish(file)
}

/// Their products.
fn write_products(path: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "Code produit;Nom;Prix;Contenance")?;
    for i in 0..PRODUCTS {
        writeln!(file, "P{i:04};Cru {i};{},00;75 cl", 6 + i % 100)?;
    }
    finish(file)
}

/// Semicolons, Windows-1252, decimal commas, French dates.
fn write_sales(path: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    file.write_all(b"Num\xe9ro ligne;Date vente;Code client;Code produit;D\xe9signation;Quantit\xe9;Contenance;Prix unitaire;Montant;Co\xfbt unitaire;Commande;Canal\r\n")?;
    const FORMATS: [&str; 4] = ["75 cl", "Magnum", "Caisse de 6", "37,5 cl"];
    for i in 0..ROWS {
        let (day, month, year) = (i % 28 + 1, i / 28 % 12 + 1, 2015 + i / 336 % 11);
        let (customer, product, quantity, order) =
            (i.wrapping_mul(7919) % CUSTOMERS, i % PRODUCTS, i % 12 + 1, i / 4);
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
    finish(file)
}

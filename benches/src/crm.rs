//! The CRM in front of many deals: how fast its page, its list and its figures are served.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use model::deal::FieldValue;
use model::{DealField, DealValues, Money, Slot, Status};
use secrecy::SecretString;
use store::{Keys, Store};

use crate::process::Listening;
use crate::server::{create, get, start};
use crate::table::Promise::AtMost;
use crate::table::Row;

/// What is asked for.
const PATHS: [&str; 3] = ["/", "/api/deals", "/api/kpis"];
/// How many ask at the same time.
const VISITORS: usize = 4;
/// For how long each path is asked for.
const TIME: Duration = Duration::from_secs(5);

const SECTORS: [&str; 10] = [
    "Artisanat",
    "Banque",
    "Commerce",
    "Énergie",
    "Industrie",
    "Logistique",
    "Numérique",
    "Santé",
    "Services",
    "Vin",
];
const PEOPLE: [&str; 8] = ["Anne", "Bruno", "Chloé", "David", "Émilie", "Farid", "Gaëlle", "Hugo"];

/// Requests per second and the slowest of a hundred, at that many deals.
pub(crate) async fn at(deals: usize) -> anyhow::Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    // The first start makes the database and its key.
    drop(start(folder.path())?);
    fill(folder.path(), deals).await?;
    let server = start(folder.path())?;
    let mut rows = Vec::new();
    for path in PATHS {
        let (per_second, p99) = under_load(&server, path)?;
        rows.push(Row::note(format!("{path} at {deals} deals, {VISITORS} visitors"), per_second, "req/s"));
        rows.push(Row::note(format!("{path} at {deals} deals, {VISITORS} visitors, p99"), p99, "ms"));
    }
    let ways =
        [("", "/", 50.0), (", by sector", "/?secteur=Vin", 100.0), (", by search", "/?search=comite", 100.0)];
    for (what, path, most) in ways {
        for (when, changing) in [("", false), (" after a change", true)] {
            let what = format!("/ at {deals} deals{what}, one visitor{when}, median");
            rows.push(Row::new(what, median(&server, path, changing)?, "ms", AtMost(most)));
        }
    }
    Ok(rows)
}

/// Requests per second, and the time in ms that 99 of 100 requests stay under.
fn under_load(server: &Listening, path: &str) -> anyhow::Result<(f64, f64)> {
    get(&server.url, path, "identity")?;
    let begun = Instant::now();
    let visit = || -> anyhow::Result<Vec<f64>> {
        let mut times = Vec::new();
        while begun.elapsed() < TIME {
            times.push(time(server, path)?);
        }
        Ok(times)
    };
    let mut times = thread::scope(|scope| -> anyhow::Result<Vec<f64>> {
        let visitors: Vec<_> = (0..VISITORS).map(|_| scope.spawn(visit)).collect();
        let mut times = Vec::new();
        for visitor in visitors {
            times.extend(visitor.join().map_err(|_| anyhow::anyhow!("a visitor panicked"))??);
        }
        Ok(times)
    })?;
    let per_second = times.len() as f64 / begun.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    Ok((per_second, times[times.len() * 99 / 100]))
}

/// In ms. `changing`: before each request a deal is created, so that nothing that was worked out still holds.
fn median(server: &Listening, path: &str, changing: bool) -> anyhow::Result<f64> {
    let deal = serde_json::json!({ "client": "Cave neuve", "statut": "prospect", "montant_brut": 1_200 });
    let asked = |_| {
        if changing {
            create(&server.url, "/api/deals", &deal)?;
        }
        time(server, path)
    };
    let mut times = (0..30).map(asked).collect::<anyhow::Result<Vec<f64>>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// How long one request takes on a connection of its own, in ms.
fn time(server: &Listening, path: &str) -> anyhow::Result<f64> {
    let begun = Instant::now();
    get(&server.url, path, "identity")?;
    Ok(begun.elapsed().as_secs_f64() * 1_000.0)
}

async fn fill(folder: &Path, deals: usize) -> anyhow::Result<()> {
    let data = folder.join("data");
    let key = SecretString::from(std::fs::read_to_string(data.join("encryption.key"))?);
    let url = format!("sqlite://{}", data.join("passerelle.db").display());
    let store = Store::open(&url, Keys::parse(&key)?).await?;
    let begin: NaiveDate = "2026-01-01".parse()?;
    for first in (0..deals).step_by(1_000) {
        let values: Vec<DealValues> = (first..deals.min(first + 1_000)).map(|n| deal(n, begin)).collect();
        let day = begin + TimeDelta::days((first / 1_000 % 300) as i64);
        let mut batch = store.begin().await?;
        let now = format!("{day}T08:30:00.000Z");
        batch.insert_deals(&values.iter().collect::<Vec<_>>(), &now).await?;
        batch.commit().await?;
    }
    store.close().await;
    Ok(())
}

/// The deal of that number: all of them are different, and spread over everything that figures tell apart.
fn deal(n: usize, begin: NaiveDate) -> DealValues {
    // Steps that share no factor with the lengths, so that sectors, people and statuses mix.
    let of = |words: &[&str], step: usize| {
        let word = words.get(n * step % (words.len() + 1)).map(|word| (*word).to_owned());
        Slot::known(word.map(FieldValue::Text))
    };
    let client = format!("Client {n} {}", SECTORS[n % SECTORS.len()]);
    let notes =
        n.is_multiple_of(2).then(|| format!("Rappeler après le comité {n}, voir le devis et la proposition"));
    let due = (!n.is_multiple_of(5)).then(|| begin + TimeDelta::days((n * 7 % 700) as i64));
    let cents = (n as i64 * 7_919) % 9_999_900 + 100;
    let mut values = DealValues::default();
    values.set(DealField::Client, Slot::Set(FieldValue::Text(client)));
    values.set(DealField::Statut, Slot::Set(FieldValue::Status(Status::ALL[n * 5 % 6])));
    values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(cents))));
    values.set(DealField::Secteur, of(&SECTORS, 3));
    values.set(DealField::DateEcheance, Slot::known(due.map(FieldValue::Date)));
    values.set(DealField::Assignee, of(&PEOPLE, 7));
    values.set(DealField::Notes, Slot::known(notes.map(FieldValue::Text)));
    values
}

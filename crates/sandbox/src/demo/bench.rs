//! A base of any size, for measuring.

use serde_json::{Value, json};

use super::airtable::{DEALS, deal_fields};
use super::deals::{SECTORS, STATUSES};
use crate::airtable::{Base, Refusal, Simulator};

/// Id of the base.
pub const BENCH_BASE: &str = "appPasserelleBenc";

/// Makes a base whose table of deals has this many records.
///
/// # Errors
/// When a simulator refuses its own data.
pub fn bench(simulator: &Simulator, records: usize) -> Result<Base, Refusal> {
    let base = simulator.base(BENCH_BASE, "Bench").map_err(|_| Refusal::no_permission_or_model())?;
    let deals = base.table(DEALS, deal_fields());
    deals.insert((0..records).map(deal))?;
    Ok(base)
}

/// A deal that follows from its number: always the same, and no two alike.
fn deal(number: usize) -> Value {
    let cents = (number * 7_919) % 9_999_900 + 100;
    json!({
        "Name": format!("Société n° {number:06}"),
        "Status": STATUSES[number % STATUSES.len()],
        "Amount": cents as f64 / 100.0,
        "Sector": SECTORS[number % SECTORS.len()],
        "Due Date": format!("2027-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
        "Assignee": format!("Commercial {}", number % 17),
        "Notes": format!("Dossier {number}, à suivre."),
    })
}

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

fn deal(number: usize) -> Value {
    let deal = BenchDeal::of(number);
    json!({
        "Name": deal.client,
        "Status": deal.status,
        "Amount": deal.amount,
        "Sector": deal.sector,
        "Due Date": deal.due,
        "Assignee": deal.assignee,
        "Notes": deal.notes,
    })
}

/// A deal that follows from its number: always the same, and no two alike.
pub(super) struct BenchDeal {
    pub(super) client: String,
    pub(super) status: &'static str,
    pub(super) amount: f64,
    pub(super) sector: &'static str,
    pub(super) due: String,
    pub(super) assignee: String,
    pub(super) notes: String,
}

impl BenchDeal {
    pub(super) fn of(number: usize) -> Self {
        let cents = (number * 7_919) % 9_999_900 + 100;
        Self {
            client: format!("Société n° {number:06}"),
            status: STATUSES[number % STATUSES.len()],
            amount: cents as f64 / 100.0,
            sector: SECTORS[number % SECTORS.len()],
            due: format!("2027-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
            assignee: format!("Commercial {}", number % 17),
            notes: format!("Dossier {number}, à suivre."),
        }
    }
}

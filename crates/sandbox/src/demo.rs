//! The demonstration: a small French company's deals, the same at every start.
//!
//! Ids follow from the data, so what is made again has the same records under the same ids.

mod airtable;
mod bench;
mod contacts;
mod deals;
mod exports;
mod hubspot;
mod notion;
mod notion_types;
mod odoo;
mod pipedrive;
mod salesforce;
mod sheets;
mod types;
mod wines;

pub use airtable::{BASE, BASE_NAME, CONTACTS, DEALS, airtable};
pub use bench::{BENCH_BASE, bench};
pub use exports::exports;
pub use hubspot::{hubspot, hubspot_bench};
pub use notion::{NOTION_BENCH, NOTION_DATABASE, notion, notion_bench};
pub use notion_types::{NOTION_TYPES, notion_every_type};
pub use odoo::{ODOO_DATABASE, odoo, odoo_bench};
pub use pipedrive::{pipedrive, pipedrive_bench};
pub use salesforce::{salesforce, salesforce_bench};
pub use sheets::{SHEETS_BENCH, SPREADSHEET, sheets, sheets_bench};
pub use types::{EVERYTHING, TYPES_BASE, every_type};

/// How many customers the demonstration's API has.
pub const REST_CUSTOMERS: usize = 2_000;

/// How many people work in the demonstration's company.
pub const EMPLOYEES: usize = 40;

/// An empty text stands for an empty cell.
fn given(text: &str) -> serde_json::Value {
    if text.is_empty() { serde_json::Value::Null } else { text.into() }
}

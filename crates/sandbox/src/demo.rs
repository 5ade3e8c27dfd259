//! The demonstration: a small French company's deals, the same at every start.
//!
//! Ids follow from the data, so a base that is made again has the same records under the same ids.

mod airtable;
mod bench;
mod contacts;
mod deals;
mod types;

pub use airtable::{BASE, BASE_NAME, CONTACTS, DEALS, airtable};
pub use bench::{BENCH_BASE, bench};
pub use types::{EVERYTHING, TYPES_BASE, every_type};

//! The Airtable simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test fails by panicking")]

#[path = "airtable/access.rs"]
mod access;
#[path = "airtable/client.rs"]
mod client;
#[path = "airtable/demo.rs"]
mod demo;
#[path = "airtable/errors.rs"]
mod errors;
#[path = "airtable/faults.rs"]
mod faults;
#[path = "airtable/formulas.rs"]
mod formulas;
#[path = "airtable/inside.rs"]
mod inside;
#[path = "airtable/limits.rs"]
mod limits;
#[path = "airtable/links.rs"]
mod links;
#[path = "airtable/listing.rs"]
mod listing;
#[path = "airtable/schema.rs"]
mod schema;
#[path = "airtable/types.rs"]
mod types;
#[path = "airtable/writing.rs"]
mod writing;

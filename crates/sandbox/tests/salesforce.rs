//! The Salesforce simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "salesforce/access.rs"]
mod access;
#[path = "salesforce/client.rs"]
mod client;
#[path = "salesforce/limits.rs"]
mod limits;
#[path = "salesforce/querying.rs"]
mod querying;
#[path = "salesforce/schema.rs"]
mod schema;
#[path = "salesforce/writing.rs"]
mod writing;

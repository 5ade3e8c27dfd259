//! The HubSpot simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test fails by panicking")]

#[path = "hubspot/access.rs"]
mod access;
#[path = "hubspot/client.rs"]
mod client;
#[path = "hubspot/describing.rs"]
mod describing;
#[path = "hubspot/limits.rs"]
mod limits;
#[path = "hubspot/reading.rs"]
mod reading;
#[path = "hubspot/searching.rs"]
mod searching;
#[path = "hubspot/webhooks.rs"]
mod webhooks;
#[path = "hubspot/writing.rs"]
mod writing;

//! The Pipedrive simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test fails by panicking")]

#[path = "pipedrive/access.rs"]
mod access;
#[path = "pipedrive/client.rs"]
mod client;
#[path = "pipedrive/demo.rs"]
mod demo;
#[path = "pipedrive/limits.rs"]
mod limits;
#[path = "pipedrive/listing.rs"]
mod listing;
#[path = "pipedrive/writing.rs"]
mod writing;

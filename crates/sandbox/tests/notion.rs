//! The Notion simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test fails by panicking")]

#[path = "notion/client.rs"]
mod client;
#[path = "notion/demo.rs"]
mod demo;

//! The Notion simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test fails by panicking")]

#[path = "notion/access.rs"]
mod access;
#[path = "notion/client.rs"]
mod client;
#[path = "notion/demo.rs"]
mod demo;
#[path = "notion/faults.rs"]
mod faults;
#[path = "notion/inside.rs"]
mod inside;
#[path = "notion/items.rs"]
mod items;
#[path = "notion/limits.rs"]
mod limits;
#[path = "notion/querying.rs"]
mod querying;
#[path = "notion/schema.rs"]
mod schema;
#[path = "notion/types.rs"]
mod types;
#[path = "notion/webhooks.rs"]
mod webhooks;
#[path = "notion/writing.rs"]
mod writing;

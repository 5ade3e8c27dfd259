//! Google Sheets, asked as any client would.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[path = "sheets/access.rs"]
mod access;
#[path = "sheets/batch.rs"]
mod batch;
#[path = "sheets/client.rs"]
mod client;
#[path = "sheets/demo.rs"]
mod demo;
#[path = "sheets/described.rs"]
mod described;
#[path = "sheets/values.rs"]
mod values;

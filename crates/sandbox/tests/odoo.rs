//! The Odoo simulator seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test fails by panicking")]

#[path = "odoo/access.rs"]
mod access;
#[path = "odoo/client.rs"]
mod client;
#[path = "odoo/demo.rs"]
mod demo;
#[path = "odoo/envelopes.rs"]
mod envelopes;
#[path = "odoo/faults.rs"]
mod faults;
#[path = "odoo/inside.rs"]
mod inside;
#[path = "odoo/searching.rs"]
mod searching;
#[path = "odoo/writing.rs"]
mod writing;

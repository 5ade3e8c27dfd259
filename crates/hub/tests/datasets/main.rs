//! Datasets from outside: a hub, a database, and a service whose pages are told beforehand.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod browsing;
mod changes_only;
mod exports;
mod harness;
mod keys;
mod removals;
mod rules;
mod service;
mod versions;

//! Synchronisation from outside: a hub, a database, and the simulator as the service.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod away;
mod bad_input;
mod clocks;
mod connections;
mod csv_rows;
mod deal_history;
mod export;
mod harness;
mod hints;
mod hubspot;
mod import;
mod kept;
mod locked;
mod meanwhile;
mod preview;
mod recipes;
mod round_trip;
mod runs;
mod salesforce;
mod schedules;
mod story;
mod taken_back;
mod webhooks;

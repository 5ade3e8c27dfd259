//! Events, and the webhooks that are told of them.
//!
//! What a run's end means is written down in the transaction that ends it: no event is lost with a process,
//! and none is told of a run that did not end so. Messages are sent from the table by whichever server comes
//! first, signed as Standard Webhooks says (<https://www.standardwebhooks.com>), until they arrive or are given up.

mod attempt;
mod deliveries;
mod follows;
mod manage;
mod message;
mod sending;
mod signature;

pub(crate) use follows::Follows;
pub(crate) use manage::blank_webhook;
pub(crate) use signature::is_secret;

//! Connections that a service grants: agreed to, renewed, lost, begun again.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod changes;
mod consent;
mod ground;
mod ledger;
mod renewals;

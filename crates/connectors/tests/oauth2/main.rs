//! Every grant, tried against an authorization server that takes back what is used twice.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod faults;
mod grants;
mod ground;
mod renewals;

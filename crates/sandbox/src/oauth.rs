//! A simulator of an authorization server (RFC 6749, 7636, 7009) with something it protects.
//!
//! `/oauth/authorize` agrees at once in the place of a person, `/oauth/token` gives tokens to clients that
//! prove who they are in the header or in the body, `/oauth/revoke` takes them back, and `/api/me` answers
//! whoever holds a good one. What it gives lives by its own clock, so that a test lets it end by moving
//! that. It plays the strict ones: a code and, where they rotate, a refresh token serve once, and one that
//! comes a second time takes everything back that came from it.

mod authorize;
mod call;
mod clients;
mod dialect;
mod options;
mod service;
mod simulator;
mod state;
mod token;

pub use options::{Lifetime, Options};
pub use simulator::Simulator;
pub use state::TokenRequest;

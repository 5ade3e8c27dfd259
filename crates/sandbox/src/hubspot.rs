//! A simulator of HubSpot's CRM API, version 3.
//!
//! Facts come from HubSpot's published specification and guides (developers.hubspot.com); what nobody could
//! confirm is marked “unverified”. Start it with [`Simulator::start`], fill it through [`Records`], spoil it
//! with [`crate::Rule`]s, and read [`crate::Log`] afterwards.
//!
//! As with the real service, every value is a text, what was not asked for is left out, a search sees what was
//! written only after a while and never more than 10,000 rows, and the results of a batch come in no order.

mod accept;
mod api;
mod call;
mod dialect;
mod grant;
mod handles;
mod limiter;
mod options;
mod owner;
mod pipeline;
mod property;
mod refusal;
mod render;
mod scopes;
mod service;
mod simulator;
mod standard;
mod state;
mod token;
mod webhooks;

pub use grant::Grant;
pub use handles::Records;
pub use options::{Limits, Options};
pub use pipeline::{Pipeline, Stage};
pub use property::{Property, PropertyType};
pub use refusal::Refusal;
pub use scopes::{EVERY_SCOPE, OWNERS_READ};
pub use simulator::Simulator;

//! A simulator of the Notion API, versions 2025-09-03 and 2026-03-11.
//!
//! Facts come from developers.notion.com, from the generated types of Notion's own JavaScript client and
//! from messages in public reports. What nobody could confirm is marked “unverified”. Start it with
//! [`Simulator::start`], fill it through [`Database`] and [`DataSource`], spoil it with
//! [`crate::Rule`]s, and read [`crate::Log`] afterwards.
//!
//! Formulas are not computed: their values are set from the inside, as cells are.

mod accept;
mod api;
mod config;
mod cursors;
mod filter;
mod grant;
mod handles;
mod id;
mod limits;
mod moments;
mod property;
mod refusal;
mod render;
mod rich_text;
mod simulator;
mod state;
mod version;
mod webhooks;

pub use grant::{Grant, Users};
pub use handles::{DataSource, Database, Row};
pub use id::{Id, InvalidId};
pub use limits::{Limits, Pace};
pub use property::{Choice, Group, Property, PropertyType};
pub use refusal::Refusal;
pub use simulator::{Options, Simulator};
pub use version::Version;

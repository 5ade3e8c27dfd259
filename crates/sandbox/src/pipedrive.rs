//! A simulator of the Pipedrive API, version 2, with what only version 1 has of users.
//!
//! Facts come from developers.pipedrive.com (OpenAPI of both versions, migration guide, rate limiting) and
//! from Pipedrive's own client for Node.js. What nobody could confirm is marked “unverified”. Start it with
//! [`Simulator::start`], fill it through [`Table`], spoil it with [`crate::Rule`]s, and read
//! [`crate::Log`] afterwards.
//!
//! It is one company's Pipedrive: deals, persons and organizations with their fields, users, pipelines and
//! stages, and the authorization server that stands before them.

mod accept;
mod call;
mod contacts;
mod cursor;
mod defaults;
mod dialect;
mod entity;
mod field;
mod fields;
mod grant;
mod handles;
mod limits;
mod list;
mod oauth;
mod pipeline;
mod refusal;
mod render;
mod search;
mod simulator;
mod state;
mod webhooks;
mod world;
mod write;

pub use dialect::block_page;
pub use entity::Entity;
pub use field::FieldType;
pub use grant::Rights;
pub use handles::Table;
pub use limits::Limits;
pub use simulator::{Options, Simulator};

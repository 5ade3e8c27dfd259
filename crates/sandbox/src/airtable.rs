//! A simulator of the Airtable Web API.
//!
//! Facts come from the pages under airtable.com/developers/web/api named in each file, and from what
//! pyairtable, airtable.js and public reports show. What nobody could confirm is marked “unverified”. Start it with [`Simulator::start`], fill it through [`Base`] and [`Table`], spoil it with
//! [`crate::Rule`]s, and read [`crate::Log`] afterwards.

mod accept;
mod api;
mod field;
mod field_json;
mod field_type;
mod formula;
mod grant;
mod handles;
mod id;
mod iterators;
mod limiter;
mod options;
mod refusal;
mod render;
mod scope;
mod service;
mod simulator;
mod spoken;
mod state;

pub use field::Field;
pub use field_type::{Choice, FieldType, Link};
pub use grant::{Grant, Role, scope as scopes};
pub use handles::{Base, Row, Table};
pub use id::{Id, InvalidId};
pub use options::{Limits, Options, Rate};
pub use refusal::Refusal;
pub use simulator::Simulator;

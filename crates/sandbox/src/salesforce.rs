//! A simulator of Salesforce's REST API and of the token endpoint that stands before it.
//!
//! Facts come from the service's own documentation and from what its clients expect. What nobody could
//! confirm is marked “unverified”. Start it with [`Simulator::start`], fill it through [`Table`], spoil it
//! with [`crate::Rule`]s, and read [`crate::Log`] afterwards.
//!
//! It speaks SOQL as far as records are listed: fields, fields of linked records, conditions, order, limit.
//! A write is checked as strictly as the service checks it, each record for itself, and a collection is
//! answered with 200 whatever became of its records.

mod call;
mod describe;
mod dialect;
mod field;
mod grants;
mod handles;
mod id;
mod objects;
mod options;
mod query;
mod refusal;
mod render;
mod service;
mod simulator;
mod soql;
mod state;
mod store;
mod usage;
mod values;
mod write;

pub use field::{Field, FieldType, Pick};
pub use grants::{CLIENT_ID, CLIENT_SECRET, USERNAME};
pub use handles::Table;
pub use options::{Limits, Options};
pub use simulator::Simulator;

//! A simulator of Odoo's external API: JSON-2 (19 and later), JSON-RPC and XML-RPC.
//!
//! Facts come from Odoo's own documentation and sources. What nobody could confirm is marked
//! “unverified”. Start it with [`Simulator::start`], fill it through [`Table`], spoil it with
//! [`crate::Rule`]s, and read [`crate::Log`] afterwards.
//!
//! All three protocols reach the same records. Times of writing are kept to the microsecond and told to
//! the second, as the real service does: a client that takes the second for the whole truth loses or
//! repeats records here too.

mod call;
mod dialect;
mod domain;
mod field;
mod handles;
mod models;
mod options;
mod orm;
mod protocol;
mod refusal;
mod simulator;
mod state;

pub use field::{Field, FieldType};
pub use handles::Table;
pub use options::{Options, Protocols, Version};
pub use refusal::Refusal;
pub use simulator::Simulator;
pub use state::Right;

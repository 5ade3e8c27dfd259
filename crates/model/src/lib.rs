//! The vocabulary of Passerelle: deals, services described as data, records, mappings, plans and runs.
//!
//! Everything here is a plain value. There is no I/O and no clock, and the crate compiles to
//! WebAssembly: the browser and the server read the same types. It does not know how a service is
//! called, how a row is stored, nor who asks.

pub mod access;
pub mod api;
pub mod budget;
pub mod canonical;
pub mod crossing;
pub mod dashboard;
pub mod dataset;
pub mod deal;
pub mod deal_history;
pub mod deals_csv;
pub mod decimal;
pub mod destination;
pub mod event;
pub mod fold;
pub mod made;
pub mod mapping;
pub mod money;
pub mod notation;
pub mod parse;
pub mod plan;
pub mod quality;
pub mod recipe;
pub mod record;
pub mod rule;
pub mod run;
pub mod schedule;
pub mod schema;
pub mod spec;
pub mod spreadsheet;
pub mod status;
pub mod table;
pub mod text;
pub mod value;

pub use budget::Budget;
pub use deal::{Deal, DealField, DealValues, Slot};
pub use destination::Destination;
pub use event::Event;
pub use mapping::Mapping;
pub use money::Money;
pub use record::{FieldKey, Record};
pub use run::{Cause, Direction, RunStatus, Subject};
pub use schedule::Frequency;
pub use schema::{StreamField, StreamSchema, ValueKind};
pub use spec::ConnectorSpec;
pub use status::{Status, StatusWords};
pub use text::{Lang, Text};
pub use value::Value;

//! Handles to build and inspect a base from the inside, past the API and its limits.

mod base;
mod row;
mod table;

pub use base::Base;
pub use row::Row;
pub use table::Table;

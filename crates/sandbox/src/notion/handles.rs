//! Handles to build and inspect a workspace from the inside, past the API and its limits.

mod data_source;
mod database;
mod plain;
mod row;

pub use data_source::DataSource;
pub use database::Database;
pub use row::Row;

//! Datasets: rows of any shape from a connection, typed while they stream, kept in versions.
//!
//! [`reading`] turns a service's pages into portions in a task of its own, [`intake`] gives each row its key
//! and holds it against the rules, [`load`] writes portions into the next version and [`publish`] makes that
//! version the present one. [`rows`] looks into a version, [`export`] takes it away.

mod account;
mod export;
mod intake;
mod load;
mod manage;
mod parquet;
mod publish;
mod reading;
mod refused;
mod rows;
mod spreadsheet;
mod words;

pub use export::{DatasetExport, ExportFormat};
pub(crate) use load::DatasetLoading;
pub use load::DatasetRequest;
pub use rows::{DatasetPage, DatasetQuery};

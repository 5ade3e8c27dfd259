//! The tables `datasets`, `dataset_versions`, `dataset_rows` and `dataset_refusals`.
//!
//! A row is kept once, with the versions it is part of. A run writes into the version after the present one
//! page by page; [`crate::Batch::publish_dataset`] makes that version the present one.

mod publish;
mod read;
mod refusals;
mod seen;
mod table;
mod write;

pub use publish::{Publication, VersionChanges};
pub use read::{CurrentRow, DifferenceRow, StoredRow};
pub use refusals::RefusedDatasetRow;
pub use table::{DatasetRow, VersionRow};
pub use write::{NewRow, Writing};

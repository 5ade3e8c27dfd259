//! The canonical tables: `customers`, `product_catalog`, `sales_lines`, `stock_levels`, `contact_history`.
//!
//! Rows come by the million, which sqlx's engine-neutral driver is too slow for: a [`Load`] talks to
//! each engine in its own way. SQLite gets prepared statements without a thread in between, PostgreSQL a
//! COPY into a temporary table and a merge. Both keep the same promises: a portion is written whole or
//! not at all, with its refusals, its counts and the mark of the file it ended; a row whose content is
//! the same is not written; a column the source does not have is left as it was.

mod ask;
mod browse;
mod checks;
mod columns;
mod derived;
mod files;
mod fold;
mod load;
mod merge;
mod portion;
mod postgres;
mod quality;
mod rows;
mod select;
mod sqlite;
mod statements;

pub use ask::DataValue;
pub(crate) use ask::{Holds, Question};
pub use browse::RefusedRow;
pub use checks::{Check, checks};
pub use columns::KnownColumn;
pub use load::Load;
pub(crate) use load::Native;
pub use portion::{FileMark, Portion};
pub use quality::Assessed;
pub use rows::{DataRow, RowPart};
pub use select::{RowFilter, RowSort, date_field, filter_fields};

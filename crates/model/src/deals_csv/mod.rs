//! Deals as rows of a CSV file: which column is which field, and what a row says.
//!
//! The names are those people and their tools write (the CRM's own in French and English, ClickUp's), whatever
//! their case, accents and punctuation. A file needs a client and an amount; every other field it does not have
//! is left as it is.

mod columns;
mod day;
mod row;

pub use columns::{Columns, recognised};
pub use day::DayOrder;
pub use row::{Layout, read_row};

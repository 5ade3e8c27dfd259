//! What sources have brought: their rows, how good they are, and which column became which field.

mod changes;
mod choice;
mod columns;
mod mapping;
pub(crate) mod quality;
mod rows;

pub(crate) use columns::remember_columns;
pub use mapping::{Choices, FieldMapping, NotMapped, TableMapping};
pub use rows::{DataPage, DataQuery};

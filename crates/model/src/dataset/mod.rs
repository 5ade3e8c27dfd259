//! Datasets: rows of any shape, with the types that their values show.
//!
//! A row is kept as the JSON object it came as. Its cells are what is seen of it: [`cells`] flattens it,
//! [`Shape`] tells what the values of each column have in common, [`value`] reads a cell as its column's
//! type, and [`Filter`] and [`Order`] choose among rows. All of it looks at one row at a time.

mod cells;
mod column;
mod drift;
mod evidence;
mod filter;
mod key;
mod number;
mod order;
#[cfg(test)]
mod properties;
mod record;
mod shape;
mod value;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

pub use cells::{Cell, Cells, NotAnObject, cells};
pub use column::{Column, ColumnType};
pub use drift::{Drift, drift};
pub use filter::{ColumnTest, Filter, Matcher, Test, unknown_column};
pub use key::{KeyBy, detect};
pub use order::{Order, SortKey};
pub use shape::Shape;
pub(crate) use value::read;
pub use value::{DataValue, value};

/// One row of anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The service's id of it, where the service says so.
    pub id: Option<String>,
    /// A JSON object, as it came.
    pub content: String,
}

impl Row {
    /// What tells two contents apart.
    pub fn fingerprint(content: &str) -> i64 {
        xxh3_64(content.as_bytes()).cast_signed()
    }
}

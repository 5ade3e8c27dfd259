//! Where the rows of a connection go.

use serde::{Deserialize, Serialize};

/// Where the rows of a connection go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Destination {
    /// The CRM's deals.
    Deals,
    /// The canonical tables, as far as the source has them.
    Tables,
    /// One canonical table, by its name (`CUSTOMERS`).
    Table {
        /// Its name.
        entity: String,
    },
    /// A dataset.
    Dataset {
        /// Its name as people gave it; unique.
        name: String,
    },
}

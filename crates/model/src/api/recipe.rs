//! Bodies of a trial of recipes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What recipes make of the first records of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TriedBody {
    /// The columns that recipes can be made of.
    pub columns: Vec<String>,
    /// The first records, in the service's order.
    pub rows: Vec<TriedRowBody>,
}

/// What recipes make of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TriedRowBody {
    /// What the columns hold, by name; `null` for an empty one. What is absent is not there.
    pub before: BTreeMap<String, Option<String>>,
    /// What is made, by field; `null` for an empty one. What nothing is known of is not there.
    pub after: BTreeMap<String, Option<String>>,
    /// Why a field cannot be made, by field; its record would be refused.
    pub faults: BTreeMap<String, String>,
}

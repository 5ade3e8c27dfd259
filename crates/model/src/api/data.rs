//! Bodies of the quality of a source's rows.
//!
//! Tables are named as in [`crate::canonical::Entity::name`].

use serde::Serialize;

/// What a sync of a source left behind: table by table, how good its rows are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityBody {
    /// The source.
    pub source: String,
    /// The run after which the rows were looked at.
    pub run_id: i64,
    /// When it began; RFC 3339, UTC.
    pub started_at: String,
    /// The tables that were looked at, in the order of loading.
    pub tables: Vec<QualityTableBody>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityTableBody {
    /// The canonical table.
    pub table: String,
    /// How many rows the source has in it.
    pub rows: u64,
    /// From 0 to 100; `null` when there is no row to speak of.
    pub score: Option<u8>,
    /// `good` from 98 on, `watch` from 90 on, `mend` below.
    pub verdict: Option<String>,
    /// The checks, the gravest first.
    pub checks: Vec<QualityCheckBody>,
    /// The fields, in the order of the table.
    pub coverage: Vec<CoverageBody>,
    /// The run that `before` speaks of; `null` when this was the first.
    pub compared_with: Option<i64>,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityCheckBody {
    /// Its stable word.
    pub code: String,
    /// What it finds, in a few words.
    pub label: String,
    /// What makes a row one of them, and what to do about it.
    pub advice: String,
    /// Whether its rows count whole; else each counts as a quarter.
    pub grave: bool,
    /// How many rows it found.
    pub rows: u64,
    /// How many it looked at.
    pub checked: u64,
    /// Where those rows are: a page of the browser.
    pub href: String,
}

/// How far a field is filled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoverageBody {
    /// The field.
    pub field: String,
    /// What it means.
    pub label: String,
    /// Rows with something in it.
    pub filled: u64,
    /// All rows.
    pub total: u64,
    /// The share in per cent, one decimal.
    pub percent: f64,
    /// The same after the run before.
    pub before: Option<f64>,
    /// It has lost twenty points or more since.
    pub dropped: bool,
}

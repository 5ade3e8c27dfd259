//! Bodies of the sources of data: the answers under `/connectors/{name}` and `/connectors/api`.
//!
//! Tables are named as in [`crate::canonical::Entity::name`].

use std::collections::BTreeMap;

use serde::Serialize;

/// How a source of data stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Health {
    /// The last test or sync, whichever came later, went through.
    Healthy,
    /// The last test or sync failed, or refused some of the rows.
    Error,
    /// A sync is going on.
    Syncing,
    /// Neither tested nor synced yet.
    #[default]
    Idle,
}

impl Health {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Health::Healthy => "healthy",
            Health::Error => "error",
            Health::Syncing => "syncing",
            Health::Idle => "idle",
        }
    }
}

/// What a test of a source found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceTestBody {
    /// Whether the source can be read.
    pub success: bool,
    /// `✓ Connexion OK`, or `✗` and what is wrong.
    pub message: String,
    /// How the source stands after the test.
    pub status: Health,
    /// What was found: the folder with its files, the database with its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// What became of the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableCountsBody {
    /// The canonical table.
    pub table: String,
    /// Rows seen.
    pub processed: u64,
    /// Rows that are new.
    pub created: u64,
    /// Rows that differed and were written.
    pub updated: u64,
    /// Rows that were as they should be.
    pub unchanged: u64,
    /// Rows refused, each with its reason under `/api/sync/runs/{id}/failures`.
    pub failed: u64,
}

/// How a sync of a source ended, or stands while it goes on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadBody {
    /// Whether rows came through, or there was nothing new; false when it failed or every row was refused.
    pub success: bool,
    /// The kind of source: `isavigne`, `odoo`.
    pub connector_type: String,
    /// Rows seen, by table.
    pub records_processed: BTreeMap<String, u64>,
    /// How long it took, or has been taking.
    pub duration_seconds: f64,
    /// What failed: files and tables that could not be read, and per table how many rows were refused
    /// with the first reason.
    pub errors: Vec<String>,
    /// What to know although it went through.
    pub warnings: Vec<String>,
    /// When it ended, or began while it goes on; RFC 3339, UTC.
    pub timestamp: String,
    /// The run, for `/api/sync/runs/{id}`.
    pub run_id: i64,
    /// `running`, `success`, `partial`, `error`, `cancelled`, `interrupted`.
    pub status: String,
    /// What became of the rows, table by table.
    pub tables: Vec<TableCountsBody>,
    /// What to do about it, when it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The fault's stable word, for whoever decides by it.
    #[serde(skip)]
    pub code: Option<String>,
}

impl LoadBody {
    /// Rows seen in all tables together.
    pub fn processed(&self) -> u64 {
        self.tables.iter().map(|table| table.processed).sum()
    }
}

/// A part of the history of one source.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadLogBody {
    /// The source.
    pub connector_name: String,
    /// How many syncs there are in all.
    pub total: u64,
    /// The syncs, newest first.
    pub logs: Vec<LoadBody>,
}

/// How all sources stand together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceStatusBody {
    /// Now; RFC 3339, UTC.
    pub timestamp: String,
    /// How many sources there are.
    pub connectors_registered: u64,
    /// How many of them stand how; a word that fits none is left out.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, u64>))]
    pub connectors_by_status: BTreeMap<Health, u64>,
    /// Syncs that have ended.
    pub total_syncs: u64,
    /// Those that went through, some rows refused or none.
    pub successful_syncs: u64,
    /// The others: failed, cancelled, interrupted.
    pub failed_syncs: u64,
    /// How long a sync took on average; 0 before the first.
    pub avg_sync_duration_seconds: f64,
}

/// What all syncs of all sources brought.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceMetricsBody {
    /// Now; RFC 3339, UTC.
    pub timestamp: String,
    /// Rows that came through, created, updated or unchanged.
    pub total_records_synced: u64,
    /// The same by table.
    pub records_by_table: BTreeMap<String, u64>,
    /// Rows refused, and files or tables that could not be read.
    pub total_errors: u64,
    /// Warnings given.
    pub total_warnings: u64,
}

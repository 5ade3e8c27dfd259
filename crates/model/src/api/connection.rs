//! Bodies of the connections of any kind: the answers under `/api/connections`.

use serde::Serialize;
use serde_json::{Map, Value};

use super::source::Health;
use crate::destination::Destination;
use crate::spec::{Capabilities, FieldGroup};

/// A kind of connection, as a form or a program needs it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionTypeBody {
    /// The word for it, such as `rest_api`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The service's name as people write it.
    pub name: String,
    /// What one gets.
    pub description: String,
    /// The settings it cannot do without.
    pub required_fields: Vec<String>,
    /// How one may prove who one is, such as `api_key`, `oauth2`, `none`.
    pub auth_types: Vec<String>,
    /// The picture's name.
    pub icon: String,
    /// The form, in groups, in both languages.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub groups: Vec<FieldGroup>,
    /// What the service can do.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub capabilities: Capabilities,
}

/// A connection, without anything secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionBody {
    /// Its number.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// Its unique name in addresses and commands.
    pub provider: String,
    /// Its kind.
    pub connection_type: String,
    /// The settings, by key; JSON where a setting is JSON.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub config: Map<String, Value>,
    /// Which credentials are stored, by key; never what they are.
    pub stored_credentials: Vec<String>,
    /// Where its rows go.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub destination: Destination,
    /// Whether syncs may run.
    pub is_active: bool,
    /// Whether it syncs by itself.
    pub auto_sync_enabled: bool,
    /// How often: `hourly`, `daily`, `weekly` or a cron expression; `null` when it does not.
    pub sync_frequency: Option<String>,
    /// How it stands.
    pub status: Health,
    /// When the last sync began; RFC 3339, UTC.
    pub last_sync_at: Option<String>,
    /// How the last sync stands.
    pub last_sync_status: Option<String>,
    /// When it syncs next by itself; RFC 3339, UTC.
    pub next_sync_at: Option<String>,
    /// When it was made; RFC 3339, UTC.
    pub created_at: String,
    /// When it was last changed; RFC 3339, UTC.
    pub updated_at: String,
}

/// How a test of a connection went.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionTestBody {
    /// Whether it can be used.
    pub success: bool,
    /// What was found, or what is wrong.
    pub message: String,
    /// What is wrong.
    pub error: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// A stable word for what is wrong.
    pub code: Option<String>,
    /// What was sent and what came back, where the kind can tell.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub exchange: Option<Value>,
    /// The first rows, as they came.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub sample: Vec<Value>,
}

/// How a sync of a connection went.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionSyncBody {
    /// The run and its counts.
    #[serde(flatten)]
    pub run: ConnectionRunBody,
    /// Whether it went through, some rows refused or none.
    pub success: bool,
    /// The dataset the rows are in.
    pub dataset_id: Option<i64>,
    /// Its name.
    pub dataset_name: Option<String>,
    /// What is wrong with refused rows: the first ones.
    pub errors: Vec<String>,
    /// A stable word for why it ended as it did.
    pub code: Option<String>,
}

/// A sync in the history of a connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionRunBody {
    /// The run.
    pub run_id: i64,
    /// The connection.
    pub connection_id: i64,
    /// `deals`, `tables` or `dataset`.
    pub subject: String,
    /// `import` or `export`.
    pub direction: String,
    /// Who asked for it: `person` or `schedule`.
    pub cause: String,
    /// `running`, `success`, `partial`, `error`, `cancelled`, `interrupted`.
    pub status: String,
    /// RFC 3339, UTC.
    pub started_at: String,
    /// RFC 3339, UTC; `null` while it runs.
    pub completed_at: Option<String>,
    /// How long it took, or has been taking.
    pub duration_seconds: f64,
    /// How many bytes the service sent, after decompression; `null` where that is not counted.
    pub bytes: Option<u64>,
    /// Rows seen.
    pub records_processed: u64,
    /// Rows that are new.
    pub records_created: u64,
    /// Rows that changed.
    pub records_updated: u64,
    /// Rows that were as they should be.
    pub records_unchanged: u64,
    /// Rows refused.
    pub records_failed: u64,
    /// Why it ended as it did, when not `success`.
    pub error_message: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// What to know although it went through.
    pub warnings: Vec<String>,
}

/// What the rows of a connection look like.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionSchemaBody {
    /// The tables of the service.
    pub streams: Vec<StreamBody>,
}

/// A table of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StreamBody {
    /// The service's id of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its columns.
    pub fields: Vec<StreamFieldBody>,
}

/// A column of a table of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StreamFieldBody {
    /// Its name.
    pub name: String,
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it can be written.
    pub writable: bool,
}

//! Bodies of the JSON API, shared by the server, the page and the tests.
//!
//! Texts in them are in the language of the reader.

mod access;
mod connection;
mod data;
mod dataset;
mod hint;
mod recipe;
mod schedule;
mod source;
mod webhook;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use access::{
    AuditBody, CallerBody, InvitedBody, MemberBody, MemberDraft, MemberUpdate, NewTokenBody, SessionBody,
    TokenBody, TokenDraft,
};
pub use connection::{
    ConnectionBody, ConnectionRunBody, ConnectionSchemaBody, ConnectionSyncBody, ConnectionTestBody,
    ConnectionTypeBody, StreamBody, StreamFieldBody,
};
pub use data::{CoverageBody, QualityBody, QualityCheckBody, QualityTableBody};
pub use dataset::{
    ColumnBody, DatasetBody, DatasetDifferenceBody, DatasetRowBody, DatasetVersionBody, SchemaBody,
};
pub use hint::{HintsBody, HintsUpdate};
pub use recipe::{TriedBody, TriedRowBody};
pub use schedule::{ScheduleBody, ScheduleUpdate};
pub use source::{
    Health, LoadBody, LoadLogBody, SourceMetricsBody, SourceStatusBody, SourceTestBody, TableCountsBody,
};
pub use webhook::{DeliveryBody, NewWebhookBody, WebhookBody, WebhookDraft, WebhookUpdate};

use crate::deal::{Deal, DealField};
use crate::money::Money;
use crate::schema::StreamField;
use crate::status::Status;

/// What stands in the place of a stored secret.
pub const MASK: &str = "***";

/// A deal as it leaves the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealBody {
    /// The CRM's id.
    pub id: i64,
    /// Whom it is with.
    pub client: String,
    /// Where it stands.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "négociation"))]
    pub statut: Status,
    /// The amount, at most two decimals.
    #[cfg_attr(feature = "openapi", schema(value_type = f64, example = 12500.5))]
    pub montant_brut: Money,
    /// The chance of winning, 0 to 1; follows from the status.
    pub probabilite: f64,
    /// Amount × probability, rounded to the cent.
    #[cfg_attr(feature = "openapi", schema(value_type = f64, example = 8750.35))]
    pub valeur_ponderee: Money,
    /// The line of business.
    pub secteur: Option<String>,
    /// The day it is due, `YYYY-MM-DD`.
    pub date_echeance: Option<String>,
    /// Who follows it.
    pub assignee: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub updated_at: String,
}

impl From<&Deal> for DealBody {
    fn from(deal: &Deal) -> DealBody {
        let values = &deal.values;
        let text = |field| values.text(field).map(str::to_owned);
        let statut = values.status().unwrap_or_default();
        let montant_brut = values.money().unwrap_or_default();
        DealBody {
            id: deal.id,
            client: text(DealField::Client).unwrap_or_default(),
            statut,
            montant_brut,
            probabilite: f64::from(statut.percent()) / 100.0,
            valeur_ponderee: montant_brut.percent(statut.percent()),
            secteur: text(DealField::Secteur),
            date_echeance: values.date().map(|d| d.to_string()),
            assignee: text(DealField::Assignee),
            notes: text(DealField::Notes),
            created_at: instant(deal.created_at),
            updated_at: instant(deal.updated_at),
        }
    }
}

/// An instant as it stands in JSON and in tables: fixed width, so that text sorts as time.
pub fn instant(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A page of deals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealPage {
    /// The deals of the page.
    pub deals: Vec<DealBody>,
    /// How many there are on all pages.
    pub total: u64,
}

/// A connection's settings, its secret masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigBody {
    /// The connection's unique name; `airtable` for the first one.
    pub provider: String,
    /// `***` where a token is stored, `null` where none is.
    pub api_token: Option<String>,
    /// The base (or database) id.
    pub base_id: Option<String>,
    /// The table's name or id.
    pub table_name: Option<String>,
    /// What else the connector's form holds, by key.
    pub settings: BTreeMap<String, String>,
    /// CRM field → service field.
    pub field_mapping: BTreeMap<String, String>,
    /// The person's own words for a status → CRM status.
    pub status_words: BTreeMap<String, String>,
    /// Whether syncs may run.
    pub is_active: bool,
    /// Whether everything a sync needs is there.
    pub configured: bool,
    /// Whether it talks to the built-in simulator instead of the real service.
    pub sandbox: bool,
    /// RFC 3339, UTC; `null` before the first save.
    pub updated_at: Option<String>,
}

/// A change of settings. What is absent (or `null`) stays as it is.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfigUpdate {
    /// A new token; `***` keeps the stored one, an empty text removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_token: Option<String>,
    /// The base id, or a link to the base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_id: Option<String>,
    /// The table's name or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_name: Option<String>,
    /// Other settings of the connector's form, by key; those not named stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<BTreeMap<String, String>>,
    /// CRM field → service field; replaces the whole mapping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_mapping: Option<BTreeMap<String, String>>,
    /// The person's own words for a status → CRM status; replaces them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_words: Option<BTreeMap<String, String>>,
    /// Whether syncs may run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// The token is never printed, nor what a setting holds: programs may send secrets among them.
impl std::fmt::Debug for ConfigUpdate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConfigUpdate")
            .field("api_token", &self.api_token.as_ref().map(|_| MASK))
            .field("base_id", &self.base_id)
            .field("table_name", &self.table_name)
            .field("settings", &self.settings.as_ref().map(|settings| settings.keys()))
            .field("field_mapping", &self.field_mapping)
            .field("status_words", &self.status_words)
            .field("is_active", &self.is_active)
            .finish()
    }
}

/// What a test of a connection found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestBody {
    /// Whether the connection works.
    pub success: bool,
    /// What was found, or what is wrong.
    pub message: String,
    /// The same text as `message` when the connection does not work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// A stable word for the fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The table found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_name: Option<String>,
    /// Its records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_count: Option<u64>,
    /// The table has more records than were counted.
    #[serde(default)]
    pub record_count_is_minimum: bool,
    /// What is not as it should be, although the connection works.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The table's fields, to choose from in the mapping.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub fields: Vec<StreamField>,
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncBody {
    /// Whether records came through; false when the run failed or every record was refused.
    pub success: bool,
    /// `success`, `partial`, `error`, `cancelled`.
    pub status: String,
    /// The run, for `/api/sync/runs/{id}`.
    pub run_id: i64,
    /// Records seen.
    pub records_processed: u64,
    /// Records created on the other side.
    pub records_created: u64,
    /// Records changed on the other side.
    pub records_updated: u64,
    /// Records that were as they should be.
    pub records_unchanged: u64,
    /// Records refused.
    pub records_failed: u64,
    /// The refused records, at most the first hundred; all of them under the run.
    pub errors: Vec<RecordErrorBody>,
    /// Status words that are not in the table, each once.
    pub unknown_statuses: Vec<String>,
    /// What to know although it went through.
    pub warnings: Vec<String>,
    /// One sentence, where there is one to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What went wrong, when the run failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// A stable word for the fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A record that was refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordErrorBody {
    /// The service's id of the record, where it exists there.
    pub external_id: Option<String>,
    /// The CRM's id of the deal, where it exists here.
    pub deal_id: Option<i64>,
    /// The client's name, so that people recognise the record.
    pub client: Option<String>,
    /// The CRM field at fault, or the column.
    pub field: Option<String>,
    /// A stable word: `invalid`, `ambiguous`, `rejected`, `missing_option`, `gone`.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
    /// What the record held, by CRM field or column. The page shows it where nothing is sent to the browser.
    #[serde(skip_deserializing)]
    pub payload: BTreeMap<String, String>,
}

/// A run in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunBody {
    /// The run.
    pub id: i64,
    /// The connection.
    pub provider: String,
    /// What it is about: `deals`, or the canonical `tables` of a source of data. Where the page reads it,
    /// nothing is sent to the browser.
    #[serde(skip_deserializing)]
    pub subject: String,
    /// `import` or `export`.
    pub direction: String,
    /// `running`, `success`, `partial`, `error`, `cancelled`, `interrupted`.
    pub status: String,
    /// Records seen.
    pub records_processed: u64,
    /// Records created on the other side.
    pub records_created: u64,
    /// Records changed on the other side.
    pub records_updated: u64,
    /// Records that were as they should be.
    pub records_unchanged: u64,
    /// Records refused.
    pub records_failed: u64,
    /// Why it ended as it did, when not `success`.
    pub error_message: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// Status words that are not in the table.
    pub unknown_statuses: Vec<String>,
    /// What to know although it went through.
    pub warnings: Vec<String>,
    /// RFC 3339, UTC.
    pub started_at: String,
    /// RFC 3339, UTC; `null` while it runs.
    pub completed_at: Option<String>,
    /// It stopped on the way and can go on from where it stood. The page offers it where nothing is sent to
    /// the browser.
    #[serde(skip_deserializing)]
    pub resumable: bool,
}

/// A change a run made (or a plan would make).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeBody {
    /// The service's id of the record.
    pub external_id: Option<String>,
    /// The CRM's id of the deal.
    pub deal_id: Option<i64>,
    /// The client's name.
    pub client: Option<String>,
    /// `create` or `update`.
    pub action: String,
    /// `new`, `changed`, `matched_by_name`, `conflict`, `recreated`.
    pub reason: String,
    /// Field by field.
    pub fields: Vec<FieldChangeBody>,
}

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChangeBody {
    /// The CRM field.
    pub field: String,
    /// What the written side held.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub before: serde_json::Value,
    /// What it holds now.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub after: serde_json::Value,
    /// In a conflict, the value that lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
    pub lost: Option<serde_json::Value>,
}

/// A stored preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanBody {
    /// The plan, for `/api/sync/plans/{id}/apply`.
    pub plan_id: i64,
    /// The connection.
    pub provider: String,
    /// `import` or `export`.
    pub direction: String,
    /// Records seen.
    pub records_processed: u64,
    /// The run that applied it, if one did.
    pub applied_run_id: Option<i64>,
    /// Records that would be created.
    pub to_create: u64,
    /// Records that would be changed.
    pub to_update: u64,
    /// Records that are as they should be.
    pub unchanged: u64,
    /// Records that would be refused.
    pub refused: u64,
    /// The changes, at most the first two hundred.
    pub changes: Vec<ChangeBody>,
    /// The refused records, at most the first hundred.
    pub errors: Vec<RecordErrorBody>,
    /// Status words that are not in the table.
    pub unknown_statuses: Vec<String>,
    /// What to know although it would go through.
    pub warnings: Vec<String>,
}

/// Progress of a run, as its event stream tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgressBody {
    /// The run as it stands.
    pub run: RunBody,
    /// `reading`, `writing` or `done`.
    pub phase: String,
    /// Records per second since it began.
    pub rate: f64,
    /// Seconds until the end at this rate, where the number of records is known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining_seconds: Option<u64>,
}

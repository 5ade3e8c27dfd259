//! All SQL of Passerelle, on SQLite and PostgreSQL.
//!
//! One module per table. The SQL is written once for both engines; what differs is in the
//! migrations, in [`db`] and in the bulk loads of `canonical`. This crate knows rows and transactions, and nothing of services,
//! plans or pages.

mod api_tokens;
mod audit;
mod backup;
mod budgets;
mod canonical;
mod changes;
mod configs;
mod consents;
mod datasets;
mod db;
mod deal_deletions;
mod deal_events;
mod deal_origins;
pub mod deals;
mod deliveries;
mod error;
mod files;
mod grants;
mod health;
mod hints;
mod key_file;
mod key_ring;
mod links;
mod loads;
mod owner;
mod pg_tools;
mod plans;
mod restore;
mod retention;
mod rotation;
mod runs;
mod saved_views;
mod schedules;
mod sealed;
mod sealing;
mod secrets;
mod seen;
mod serving;
mod sessions;
mod settings;
mod sql;
#[cfg(feature = "testing")]
pub mod testing;
mod trouble;
mod users;
mod webhooks;

pub use api_tokens::{ApiTokenRow, NewApiToken};
pub use audit::AuditRow;
pub use canonical::{
    Assessed, Check, DataRow, DataValue, FileMark, KnownColumn, Load, Portion, RefusedRow, RowFilter,
    RowPart, RowSort, checks, date_field, filter_fields,
};
pub use changes::{ChangeRow, FailureRow};
pub use configs::{CheckRow, ConfigRow};
pub use consents::ConsentRow;
pub use datasets::{
    CurrentRow, DatasetRow, DifferenceRow, NewRow, Publication, RefusedDatasetRow, StoredRow, VersionChanges,
    VersionRow, Writing,
};
pub use db::{Batch, Store};
pub use deal_deletions::{BroughtBack, LeftOut, TakingBack};
pub use deal_events::{Author, DealEventRow, NewDealEvent};
pub use deal_origins::DealOriginRow;
pub use deliveries::{DeliveryRow, DeliveryStatus, NewDelivery, Sending};
pub use error::Error;
pub use grants::{GrantRow, GrantTokens};
pub use health::Schema;
pub use hints::{HeardHint, HintRow};
pub use links::{Link, Scope};
pub use loads::{LoadSummary, RunTableRow, TableTotal};
pub use plans::PlanRow;
pub use restore::restore;
pub use retention::Forgetting;
pub use rotation::Rotation;
pub use runs::{Ending, RunRow};
pub use saved_views::SavedViewRow;
pub use schedules::ScheduleRow;
pub use secrets::Keys;
pub use seen::SeenRow;
pub use serving::Serving;
pub use sessions::{Living, NewSession, SessionRow};
pub use trouble::Trouble;
pub use users::UserRow;
pub use webhooks::WebhookRow;

/// The result of a database operation.
pub type Result<T> = std::result::Result<T, Error>;

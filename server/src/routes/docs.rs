//! Parameters that several handlers share, as the documentation shows them.

#![expect(dead_code, reason = "their fields are read by the documentation only")]

use utoipa::IntoParams;

use crate::params::{from_one, from_zero};

/// A connection in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Connection {
    /// The connection's unique name.
    #[param(example = "airtable", pattern = "^(airtable|notion)$")]
    provider: String,
}

/// A caller who does not wait for the end of a run.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct Hurry {
    /// `respond-async`: answer 202 with the run's id at once.
    #[param(rename = "Prefer", example = "respond-async")]
    prefer: Option<String>,
}

/// A run in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Run {
    /// The run's id.
    id: i64,
}

/// A source of data in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Source {
    /// The source's unique name.
    #[param(example = "isavigne_prod")]
    name: String,
}

/// A plan in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Plan {
    /// The plan's id.
    id: i64,
}

/// A connection of any kind, a deal, a view, a session, a token or a member in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Numbered {
    /// Its id.
    id: i64,
}

/// A webhook in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Webhook {
    /// The webhook's id.
    id: i64,
}

/// A message of a webhook in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Delivery {
    /// The webhook's id.
    id: i64,
    /// The message's id.
    delivery: i64,
}

/// A part of a long list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
    /// After that many.
    #[param(schema_with = from_zero)]
    offset: Option<u64>,
}

//! What a run will do to each record, as data. A preview shows it; a run carries it out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::deal::{DealField, DealValues, FieldValue};
use crate::text::Text;

/// What happens to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The service's id of the record, where it exists there.
    pub external_id: Option<String>,
    /// The CRM's id of the deal, where it exists here.
    pub deal_id: Option<i64>,
    /// The client's name, so that people recognise the record.
    pub client: Option<String>,
    /// What is done.
    pub action: Action,
    /// The fields concerned: those written, and those where a conflict was decided.
    pub fields: Vec<FieldChange>,
    /// What a refused record held, as text; empty for the others.
    pub held: BTreeMap<DealField, String>,
    /// What both sides are taken to have held, once this is carried out: the next run's base.
    pub base: DealValues,
}

/// What is done with a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// It does not exist on the other side.
    Create(Reason),
    /// Some fields differ and are written.
    Update(Reason),
    /// It is as it should be. `relink` is true when the stored link must still be refreshed.
    Unchanged {
        /// The link or its base is to be stored although no field is written.
        relink: bool,
    },
    /// It cannot be done.
    Refuse(Refusal),
}

/// Why a record is created or updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nobody had it yet.
    New,
    /// It changed since the last run.
    Changed,
    /// It was found by the client's name and linked from now on.
    MatchedByName,
    /// It changed on both sides; the later one won.
    Conflict,
    /// It was linked, but is no longer there on the other side.
    Recreated,
}

impl Reason {
    /// The word in tables and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Reason::New => "new",
            Reason::Changed => "changed",
            Reason::MatchedByName => "matched_by_name",
            Reason::Conflict => "conflict",
            Reason::Recreated => "recreated",
        }
    }
}

/// Why a record was refused, and what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// A stable word: `invalid`, `ambiguous`, `rejected`, `missing_option`, `gone`.
    pub code: String,
    /// The field at fault, where it is one.
    pub field: Option<DealField>,
    /// What is wrong and what to do.
    pub text: Text,
}

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    /// The field.
    pub field: DealField,
    /// What the written side held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<FieldValue>,
    /// What it holds now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<FieldValue>,
    /// In a conflict, the value that lost, wherever it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<FieldValue>,
}

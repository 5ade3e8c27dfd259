//! What became of a batch, and refusals.

use serde::Deserialize;

/// What became of a batch.
#[derive(Deserialize)]
pub(in crate::hubspot) struct RawWritten {
    pub(in crate::hubspot) results: Vec<RawDone>,
    /// Only where some inputs failed.
    #[serde(default)]
    pub(in crate::hubspot) errors: Vec<RawFault>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawDone {
    pub(in crate::hubspot) id: String,
    pub(in crate::hubspot) object_write_trace_id: Option<String>,
}

/// A refusal, whole or of one input.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawFault {
    #[serde(default)]
    pub(in crate::hubspot) category: String,
    #[serde(default)]
    pub(in crate::hubspot) message: String,
    /// Which limit was reached, where it is a refusal for the rate.
    #[serde(default)]
    pub(in crate::hubspot) policy_name: String,
    #[serde(default)]
    pub(in crate::hubspot) context: RawContext,
    #[serde(default)]
    pub(in crate::hubspot) errors: Vec<RawReason>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawContext {
    #[serde(default)]
    pub(in crate::hubspot) ids: Vec<String>,
    #[serde(default)]
    pub(in crate::hubspot) object_write_trace_id: Vec<String>,
    #[serde(default)]
    pub(in crate::hubspot) property_name: Vec<String>,
    #[serde(default)]
    pub(in crate::hubspot) required_granular_scopes: Vec<String>,
}

/// One of the reasons of a refusal.
#[derive(Clone, Default, Deserialize)]
pub(in crate::hubspot) struct RawReason {
    #[serde(default)]
    pub(in crate::hubspot) message: String,
    #[serde(default)]
    pub(in crate::hubspot) code: String,
    #[serde(default)]
    pub(in crate::hubspot) context: RawContext,
}

//! What HubSpot answers, as it stands in the JSON.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::common::cell::Cells;

/// A record. Its values are texts or `null`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawRecord<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) properties: Cells<'a>,
    #[serde(borrow)]
    pub(super) updated_at: Option<Cow<'a, str>>,
    /// By type; types without an association are left out.
    #[serde(default)]
    pub(super) associations: HashMap<String, RawLinks>,
}

#[derive(Deserialize)]
pub(super) struct RawLinks {
    pub(super) results: Vec<RawLink>,
    /// There are more than the record shows.
    pub(super) paging: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub(super) struct RawLink {
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct RawPage<'a> {
    #[serde(borrow)]
    pub(super) results: Vec<RawRecord<'a>>,
    pub(super) paging: Option<RawPaging>,
}

#[derive(Deserialize)]
pub(super) struct RawPaging {
    next: Option<RawNext>,
}

#[derive(Deserialize)]
struct RawNext {
    after: String,
}

impl RawPaging {
    pub(super) fn after(self) -> Option<String> {
        self.next.map(|next| next.after)
    }
}

/// A listing of anything that is not a record.
#[derive(Deserialize)]
pub(super) struct RawList<T> {
    pub(super) results: Vec<T>,
    pub(super) paging: Option<RawPaging>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawAccount {
    pub(super) portal_id: u64,
    pub(super) time_zone: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawProperty {
    pub(super) name: String,
    pub(super) label: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) field_type: String,
    #[serde(default)]
    pub(super) options: Vec<RawOption>,
    #[serde(default)]
    pub(super) calculated: bool,
    #[serde(default)]
    pub(super) external_options: bool,
    #[serde(default)]
    pub(super) hidden: bool,
    pub(super) referenced_object_type: Option<String>,
    pub(super) modification_metadata: Option<RawModification>,
}

#[derive(Deserialize)]
pub(super) struct RawOption {
    pub(super) label: String,
    pub(super) value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawModification {
    #[serde(default)]
    pub(super) read_only_value: bool,
}

/// A type of object of the account's own.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawSchema {
    pub(super) object_type_id: String,
    pub(super) name: String,
    pub(super) labels: RawSchemaLabels,
    pub(super) properties: Vec<RawProperty>,
}

#[derive(Deserialize)]
pub(super) struct RawSchemaLabels {
    pub(super) plural: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPipeline {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) stages: Vec<RawStage>,
}

#[derive(Deserialize)]
pub(super) struct RawStage {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) metadata: RawStageMetadata,
}

/// Texts, although they stand for a truth and a number.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawStageMetadata {
    pub(super) is_closed: Option<String>,
    pub(super) probability: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawOwner {
    pub(super) id: String,
    pub(super) email: Option<String>,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
}

/// The ends of the associations of one record.
#[derive(Deserialize)]
pub(super) struct RawEnds {
    pub(super) from: RawLink,
    pub(super) to: Vec<RawEnd>,
    pub(super) paging: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawEnd {
    /// A number here, a text elsewhere.
    pub(super) to_object_id: u64,
}

/// What became of a batch.
#[derive(Deserialize)]
pub(super) struct RawWritten {
    pub(super) results: Vec<RawDone>,
    /// Only where some inputs failed.
    #[serde(default)]
    pub(super) errors: Vec<RawFault>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawDone {
    pub(super) id: String,
    pub(super) object_write_trace_id: Option<String>,
}

/// A refusal, whole or of one input.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawFault {
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) message: String,
    /// Which limit was reached, where it is a refusal for the rate.
    #[serde(default)]
    pub(super) policy_name: String,
    #[serde(default)]
    pub(super) context: RawContext,
    #[serde(default)]
    pub(super) errors: Vec<RawReason>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawContext {
    #[serde(default)]
    pub(super) ids: Vec<String>,
    #[serde(default)]
    pub(super) object_write_trace_id: Vec<String>,
    #[serde(default)]
    pub(super) property_name: Vec<String>,
    #[serde(default)]
    pub(super) required_granular_scopes: Vec<String>,
}

/// One of the reasons of a refusal.
#[derive(Clone, Default, Deserialize)]
pub(super) struct RawReason {
    #[serde(default)]
    pub(super) message: String,
    #[serde(default)]
    pub(super) code: String,
    #[serde(default)]
    pub(super) context: RawContext,
}

//! The account: its types of objects, their properties, its pipelines and people.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawAccount {
    pub(in crate::hubspot) portal_id: u64,
    pub(in crate::hubspot) time_zone: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawProperty {
    pub(in crate::hubspot) name: String,
    pub(in crate::hubspot) label: String,
    #[serde(rename = "type")]
    pub(in crate::hubspot) kind: String,
    pub(in crate::hubspot) field_type: String,
    #[serde(default)]
    pub(in crate::hubspot) options: Vec<RawOption>,
    #[serde(default)]
    pub(in crate::hubspot) calculated: bool,
    #[serde(default)]
    pub(in crate::hubspot) external_options: bool,
    #[serde(default)]
    pub(in crate::hubspot) hidden: bool,
    /// No two records hold the same value.
    #[serde(default)]
    pub(in crate::hubspot) has_unique_value: bool,
    pub(in crate::hubspot) referenced_object_type: Option<String>,
    pub(in crate::hubspot) modification_metadata: Option<RawModification>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawOption {
    pub(in crate::hubspot) label: String,
    pub(in crate::hubspot) value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawModification {
    #[serde(default)]
    pub(in crate::hubspot) read_only_value: bool,
}

/// A type of object of the account's own.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawSchema {
    pub(in crate::hubspot) object_type_id: String,
    pub(in crate::hubspot) name: String,
    pub(in crate::hubspot) labels: RawSchemaLabels,
    pub(in crate::hubspot) properties: Vec<RawProperty>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawSchemaLabels {
    pub(in crate::hubspot) plural: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawPipeline {
    pub(in crate::hubspot) id: String,
    pub(in crate::hubspot) label: String,
    pub(in crate::hubspot) stages: Vec<RawStage>,
}

#[derive(Deserialize)]
pub(in crate::hubspot) struct RawStage {
    pub(in crate::hubspot) id: String,
    pub(in crate::hubspot) label: String,
    #[serde(default)]
    pub(in crate::hubspot) metadata: RawStageMetadata,
}

/// Texts, although they stand for a truth and a number.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawStageMetadata {
    pub(in crate::hubspot) is_closed: Option<String>,
    pub(in crate::hubspot) probability: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::hubspot) struct RawOwner {
    pub(in crate::hubspot) id: String,
    pub(in crate::hubspot) email: Option<String>,
    pub(in crate::hubspot) first_name: Option<String>,
    pub(in crate::hubspot) last_name: Option<String>,
}

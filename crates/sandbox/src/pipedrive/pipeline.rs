//! Pipelines, their stages, and the people who work in them.

use serde_json::{Value, json};

/// A pipeline.
#[derive(Clone, Debug)]
pub(super) struct Pipeline {
    pub(super) id: i64,
    pub(super) name: String,
}

impl Pipeline {
    pub(super) fn json(&self, place: usize) -> Value {
        json!({"id": self.id, "name": self.name, "order_nr": place, "is_deleted": false,
            "is_deal_probability_enabled": false})
    }
}

/// A stage of a pipeline.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) pipeline: i64,
}

impl Stage {
    pub(super) fn json(&self, place: usize) -> Value {
        json!({"id": self.id, "name": self.name, "order_nr": place, "is_deleted": false,
            "pipeline_id": self.pipeline, "deal_probability": 100, "is_deal_rot_enabled": false,
            "days_to_rotten": null})
    }
}

/// A user of the company.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) email: String,
}

impl User {
    pub(super) fn json(&self) -> Value {
        json!({"id": self.id, "name": self.name, "email": self.email, "active_flag": true,
            "default_currency": "EUR", "locale": "fr_FR", "timezone_name": "Europe/Paris"})
    }
}

//! The service's words when it refuses.
//!
//! The envelope is documented; where a sentence is not, it is unverified.

use serde_json::{Value, json};

use super::Entity;
use crate::faults::Answer;

const INFO: &str = "Please check developers.pipedrive.com for more information about Pipedrive API.";

/// A refusal.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: u16,
    error: String,
    /// A word for programs, which only a few refusals have.
    code: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(status: u16, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), code: None }
    }

    /// Something that was sent is wrong.
    pub(super) fn invalid(place: &str, why: &str) -> Self {
        Self::new(400, format!("Validation failed: {place}: {why}"))
    }

    pub(super) fn not_found(entity: Entity) -> Self {
        Self::new(404, format!("{} not found", entity.word()))
    }

    /// The token's scopes do not cover it.
    pub(super) fn scope() -> Self {
        Self::new(403, "Scope and URL mismatch")
    }

    /// The plan allows no more of them.
    pub(super) fn cap(entity: Entity) -> Self {
        let code = match entity {
            Entity::Deals => "feature_capping_deals_limit",
            Entity::Persons => "feature_capping_persons_limit",
            Entity::Organizations => "feature_capping_organizations_limit",
        };
        Self { code: Some(code), ..Self::new(403, "You have reached the limit of your plan.") }
    }

    pub(super) fn unpaid() -> Self {
        Self::new(
            402,
            "Company account is not open (possible reason: trial expired, payment details not entered)",
        )
    }

    pub(super) fn too_fast() -> Self {
        Self::new(429, "request over limit")
    }

    pub(super) fn cursor() -> Self {
        Self::invalid("cursor", "Invalid cursor")
    }

    pub(super) fn unknown_path() -> Self {
        Self::new(404, "Unknown method .")
    }

    /// As an answer.
    pub(super) fn answer(&self) -> Answer {
        let mut body = json!({"success": false, "error": self.error, "error_info": INFO, "data": null,
            "additional_data": null});
        if let Some(code) = self.code {
            body["code"] = code.into();
        }
        Answer::json(self.status, &body)
    }

    /// A token that is unknown or was revoked, and none at all. A probe of September 2026 showed this body.
    pub(super) fn unauthorized() -> Answer {
        Answer::json(
            401,
            &json!({"success": false, "error": "unauthorized access", "errorCode": 401,
                "error_info": "Please check developers.pipedrive.com"}),
        )
    }
}

/// An answer of version 1 to what was made.
pub(super) fn created(data: &Value) -> Answer {
    Answer::json(201, &json!({"status": "ok", "success": true, "data": data}))
}

/// An answer with data.
pub(super) fn success(data: &Value, additional: &Value) -> Answer {
    Answer::json(200, &json!({"success": true, "data": data, "additional_data": additional}))
}

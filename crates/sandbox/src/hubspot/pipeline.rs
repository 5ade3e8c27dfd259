//! The pipelines of deals and their stages.

use serde_json::{Value, json};

/// A pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline {
    /// Its id; that of the first one is `default`.
    pub id: String,
    /// The name people see.
    pub label: String,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
}

/// A stage of a pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its id, of which no two pipelines have the same.
    pub id: String,
    /// The name people see.
    pub label: String,
    /// The chance of winning, from 0 to 1.
    pub probability: f64,
    /// Whether a deal there is won or lost.
    pub is_closed: bool,
}

impl Pipeline {
    /// A pipeline with these stages: id, label, probability; those of 0 and 1 are closed.
    #[must_use]
    pub fn new(id: &str, label: &str, stages: &[(&str, &str, f64)]) -> Self {
        let stage = |&(id, label, probability): &(&str, &str, f64)| Stage {
            id: id.to_owned(),
            label: label.to_owned(),
            probability,
            is_closed: probability <= 0.0 || probability >= 1.0,
        };
        Self { id: id.to_owned(), label: label.to_owned(), stages: stages.iter().map(stage).collect() }
    }

    /// The pipeline that every account has from the start.
    #[must_use]
    pub fn sales() -> Self {
        Self::new(
            "default",
            "Sales Pipeline",
            &[
                ("appointmentscheduled", "Appointment Scheduled", 0.2),
                ("qualifiedtobuy", "Qualified To Buy", 0.4),
                ("presentationscheduled", "Presentation Scheduled", 0.6),
                ("decisionmakerboughtin", "Decision Maker Bought-In", 0.8),
                ("contractsent", "Contract Sent", 0.9),
                ("closedwon", "Closed Won", 1.0),
                ("closedlost", "Closed Lost", 0.0),
            ],
        )
    }

    pub(super) fn json(&self, place: usize) -> Value {
        let stages: Vec<Value> =
            self.stages.iter().enumerate().map(|(place, stage)| stage.json(place)).collect();
        json!({
            "id": self.id, "label": self.label, "displayOrder": place, "archived": false, "stages": stages,
            "createdAt": "2024-01-15T08:00:00.000Z", "updatedAt": "2024-01-15T08:00:00.000Z",
        })
    }
}

impl Stage {
    /// As with the real service, what is known of a stage is text.
    fn json(&self, place: usize) -> Value {
        json!({
            "id": self.id, "label": self.label, "displayOrder": place, "archived": false,
            "metadata": {"isClosed": self.is_closed.to_string(), "probability": format!("{:?}", self.probability)},
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
            "createdAt": "2024-01-15T08:00:00.000Z", "updatedAt": "2024-01-15T08:00:00.000Z",
        })
    }
}

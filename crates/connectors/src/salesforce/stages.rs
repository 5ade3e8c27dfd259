//! What the organisation says its stages stand for.

use model::Status;
use serde::Deserialize;

use super::schema::{Holds, Object};

/// The field of an opportunity's stage.
const STAGE_NAME: &str = "StageName";

/// The query for the stages, active or not: records may hold any.
pub(super) const QUERY: &str =
    "SELECT ApiName, IsClosed, IsWon, DefaultProbability FROM OpportunityStage ORDER BY SortOrder";

/// A stage as it is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Stage {
    api_name: String,
    is_closed: bool,
    is_won: bool,
    /// In hundredths.
    default_probability: Option<f64>,
}

impl Object {
    /// Says of each stage, by its label, what it stands for.
    pub(super) fn set_stages(&mut self, stages: &[Stage]) {
        let Some(column) = self.columns.iter_mut().find(|column| *column.key == *STAGE_NAME) else { return };
        let Holds::Choice(choices) = &column.holds else { return };
        let status = |stage: &Stage| {
            Status::of_stage(
                stage.is_closed.then_some(stage.is_won),
                stage.default_probability.unwrap_or(0.0),
            )
        };
        let labelled = stages.iter().map(|stage| (choices.label(&stage.api_name).to_owned(), status(stage)));
        column.stands_for = labelled.collect();
    }
}

//! The stages of deals, from all pipelines.

use std::collections::{BTreeMap, HashMap};

use model::Status;

use super::labels::Labels;
use super::wire::{RawPipeline, RawStage};

/// Every stage of every pipeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stages {
    pub(super) labels: Labels,
    /// The pipeline of each stage, by their ids.
    pipelines: HashMap<String, String>,
    /// What HubSpot says of each stage, by label.
    pub(super) stands_for: BTreeMap<String, Status>,
}

impl Stages {
    /// Where there are several pipelines, a stage is called by both names.
    pub(super) fn new(pipelines: &[RawPipeline]) -> Stages {
        let all = || {
            pipelines.iter().flat_map(|pipeline| pipeline.stages.iter().map(move |stage| (pipeline, stage)))
        };
        let name = |(pipeline, stage): (&RawPipeline, &RawStage)| {
            let several = pipelines.len() > 1;
            let label =
                if several { format!("{} › {}", pipeline.label, stage.label) } else { stage.label.clone() };
            (stage.id.clone(), label)
        };
        let labels = Labels::new(all().map(name));
        let stands_for = all()
            .filter_map(|(_, stage)| Some((labels.label(&stage.id)?.to_owned(), status(stage))))
            .collect();
        let pipelines = all().map(|(pipeline, stage)| (stage.id.clone(), pipeline.id.clone())).collect();
        Stages { labels, pipelines, stands_for }
    }

    /// The pipeline a stage belongs to.
    pub(super) fn pipeline(&self, stage: &str) -> Option<&str> {
        self.pipelines.get(stage).map(String::as_str)
    }
}

/// What HubSpot says of a stage: a closed one is won when its chance is 1, else lost.
fn status(stage: &RawStage) -> Status {
    let chance = stage.metadata.probability.as_deref().and_then(|text| text.parse().ok());
    let chance: f64 = chance.unwrap_or_default();
    let is_closed = stage.metadata.is_closed.as_deref() == Some("true");
    Status::of_stage(is_closed.then_some(chance > 0.5), chance * 100.0)
}

//! Where a deal stands, as one label: the stage of an open deal, or won, or lost.

use std::collections::{BTreeMap, HashMap};

use model::{Status, Value};

use super::answers::{RawPipeline, RawStage};

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// Open, at the stage of this id.
    Open(i64),
    Won,
    Lost,
}

/// The labels of a company, in the order of its pipelines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stages {
    labels: Vec<(Stand, String)>,
    pipelines: Vec<(i64, String)>,
    stands_for: BTreeMap<String, Status>,
}

const WON: &str = "Gagné";
const LOST: &str = "Perdu";

impl Stages {
    /// The stages of pipelines that are there. Where there are several, a label begins with the pipeline's name.
    pub(super) fn new(pipelines: Vec<RawPipeline>, stages: Vec<RawStage>) -> Stages {
        let pipelines: Vec<RawPipeline> =
            pipelines.into_iter().filter(|pipeline| !pipeline.is_deleted).collect();
        let has_several = pipelines.len() > 1;
        let (mut labels, mut stands_for) = (Vec::new(), BTreeMap::new());
        for pipeline in &pipelines {
            let own = stages.iter().filter(|stage| stage.pipeline_id == pipeline.id && !stage.is_deleted);
            for stage in own {
                let label = if has_several {
                    format!("{} › {}", pipeline.name.trim(), stage.name.trim())
                } else {
                    stage.name.trim().to_owned()
                };
                let label = unlike(&labels, label, &stage.id.to_string());
                // Without its own chances, every stage of a pipeline counts as certain, which says nothing.
                if let Some(percent) = stage.deal_probability.filter(|_| pipeline.is_deal_probability_enabled)
                {
                    stands_for.insert(label.clone(), Status::of_stage(None, percent));
                }
                labels.push((Stand::Open(stage.id), label));
            }
        }
        for (stand, label, status) in [(Stand::Won, WON, Status::Won), (Stand::Lost, LOST, Status::Lost)] {
            let label = unlike(&labels, label.to_owned(), "statut");
            stands_for.insert(label.clone(), status);
            labels.push((stand, label));
        }
        let pipelines = pipelines.into_iter().map(|pipeline| (pipeline.id, pipeline.name)).collect();
        Stages { labels, pipelines, stands_for }
    }

    pub(super) fn labels(&self) -> Vec<String> {
        self.labels.iter().map(|(_, label)| label.clone()).collect()
    }

    pub(super) fn stands_for(&self) -> &BTreeMap<String, Status> {
        &self.stands_for
    }

    /// The label of a deal with this status and stage.
    pub(super) fn label(&self, status: Option<&str>, stage: Option<i64>) -> Value {
        let stand = match (status, stage) {
            (Some("won"), _) => Stand::Won,
            (Some("lost"), _) => Stand::Lost,
            (_, Some(stage)) => Stand::Open(stage),
            (_, None) => return Value::Unreadable("stage".to_owned()),
        };
        let label = self.labels.iter().find(|(known, _)| *known == stand).map(|(_, label)| label.clone());
        label.map_or_else(|| Value::Unreadable("stage".to_owned()), Value::Text)
    }

    /// What a label stands for, compared exactly first and then without case.
    pub(super) fn find(&self, label: &str) -> Option<Stand> {
        let label = label.trim();
        let exactly = self.labels.iter().find(|(_, known)| known == label);
        let lower = label.to_lowercase();
        let found = exactly.or_else(|| self.labels.iter().find(|(_, known)| known.to_lowercase() == lower));
        found.map(|(stand, _)| *stand)
    }

    pub(super) fn has(&self, stage: i64) -> bool {
        self.labels.iter().any(|(stand, _)| *stand == Stand::Open(stage))
    }

    /// The names of the pipelines by id.
    pub(super) fn pipelines(&self) -> HashMap<i64, &str> {
        self.pipelines.iter().map(|(id, name)| (*id, name.as_str())).collect()
    }
}

/// The label, told apart from those before it.
fn unlike(labels: &[(Stand, String)], label: String, mark: &str) -> String {
    let lower = label.to_lowercase();
    let is_taken = labels.iter().any(|(_, known)| known.to_lowercase() == lower);
    if is_taken { format!("{label} ({mark})") } else { label }
}

//! Labels of stages, and what they stand for.

use model::{Status, Value};
use serde_json::json;

use crate::pipedrive::stages::{Stages, Stand};

fn stages(pipelines: &serde_json::Value, stages: &serde_json::Value) -> Stages {
    Stages::new(
        serde_json::from_value(pipelines.clone()).unwrap(),
        serde_json::from_value(stages.clone()).unwrap(),
    )
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn one_pipeline_needs_no_name() {
    let stages = stages(
        &json!([{"id": 1, "name": "Ventes"}]),
        &json!([
            {"id": 10, "name": "Contact ", "pipeline_id": 1},
            {"id": 11, "name": "Offre", "pipeline_id": 1},
            {"id": 12, "name": "Offre", "pipeline_id": 1},
            {"id": 13, "name": "Ancienne", "pipeline_id": 1, "is_deleted": true},
            {"id": 14, "name": "gagné", "pipeline_id": 1},
        ]),
    );
    assert_eq!(stages.labels(), ["Contact", "Offre", "Offre (12)", "gagné", "Gagné (statut)", "Perdu"]);
    for (label, stand) in [
        ("Offre", Some(Stand::Open(11))),
        (" CONTACT", Some(Stand::Open(10))),
        ("Gagné", Some(Stand::Open(14))),
        ("Gagné (statut)", Some(Stand::Won)),
        ("perdu", Some(Stand::Lost)),
        ("Ancienne", None),
    ] {
        assert_eq!(stages.find(label), stand, "{label}");
    }
}

#[test]
fn several_pipelines_are_told_apart() {
    let stages = stages(
        &json!([{"id": 1, "name": "Ventes"}, {"id": 2, "name": "Export"}, {"id": 3, "name": "X", "is_deleted": true}]),
        &json!([
            {"id": 10, "name": "Contact", "pipeline_id": 1},
            {"id": 20, "name": "Contact", "pipeline_id": 2},
            {"id": 30, "name": "Contact", "pipeline_id": 3},
        ]),
    );
    assert_eq!(stages.labels(), ["Ventes › Contact", "Export › Contact", "Gagné", "Perdu"]);
    for (status, stage, label) in [
        (Some("open"), Some(20), text("Export › Contact")),
        (Some("won"), Some(20), text("Gagné")),
        (Some("lost"), Some(99), text("Perdu")),
        (Some("open"), Some(30), Value::Unreadable("stage".to_owned())),
        (None, None, Value::Unreadable("stage".to_owned())),
    ] {
        assert_eq!(stages.label(status, stage), label, "{status:?} {stage:?}");
    }
}

#[test]
fn chances_count_only_where_the_pipeline_has_them() {
    let pipelines =
        json!([{"id": 1, "name": "A", "is_deal_probability_enabled": true}, {"id": 2, "name": "B"}]);
    let all = json!([
        {"id": 10, "name": "Un", "pipeline_id": 1, "deal_probability": 10},
        {"id": 20, "name": "Un", "pipeline_id": 2, "deal_probability": 100},
    ]);
    let stages = stages(&pipelines, &all);
    let expected =
        [("A › Un", Status::of_stage(None, 10.0)), ("Gagné", Status::Won), ("Perdu", Status::Lost)];
    let expected = expected.map(|(label, status)| (label.to_owned(), status));
    assert_eq!(*stages.stands_for(), expected.into());
}

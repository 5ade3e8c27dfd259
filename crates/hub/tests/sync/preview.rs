//! Previews: the plan, not applied; then applied, or refused because something changed.

use hub::Kind as ErrorKind;
use model::{Direction, Lang};
use serde_json::json;

use super::harness::{Harness, counts};

#[tokio::test]
async fn a_preview_writes_nothing_and_is_then_applied_exactly() {
    let at = Harness::new().await;
    at.deal(json!({"client": "B", "montant_brut": 1})).await;
    at.table
        .insert([json!({"Name": "A", "Amount": 1}), json!({"Name": "b", "Amount": 2}), json!({"Name": "C"})])
        .unwrap();
    let deals = at.deals().await;
    let plan = at.hub.preview("airtable", Direction::Import, Lang::Fr).await.unwrap();
    assert_eq!((plan.to_create, plan.to_update, plan.unchanged, plan.refused), (1, 1, 0, 1), "{plan:?}");
    assert_eq!((plan.changes.len(), plan.errors.len()), (2, 1));
    assert_eq!(at.deals().await, deals);
    assert!(at.hub.runs(None, 10, Lang::Fr).await.unwrap().is_empty());

    let run = at.hub.apply(plan.plan_id).await.unwrap();
    let run = at.hub.wait(run, Lang::Fr).await.unwrap();
    assert_eq!(counts(&run), [3, 1, 1, 0, 1]);
    let error = at.hub.apply(plan.plan_id).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Outdated, "a plan is applied once");
}

#[tokio::test]
async fn a_plan_that_no_longer_fits_names_what_changed() {
    let at = Harness::new().await;
    let ids =
        at.table.insert([json!({"Name": "A", "Amount": 1}), json!({"Name": "B", "Amount": 2})]).unwrap();
    let plan = at.hub.preview("airtable", Direction::Import, Lang::Fr).await.unwrap();
    at.table.set(ids[1], &json!({"Amount": 3})).unwrap();
    let error = at.hub.apply(plan.plan_id).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Outdated);
    assert!(error.message(Lang::Fr).contains("ceci a changé : B."), "{error}");
    assert!(at.deals().await.is_empty());
}

#[tokio::test]
async fn an_export_can_be_previewed_too() {
    let at = Harness::new().await;
    at.deal(json!({"client": "A", "montant_brut": 1})).await;
    let plan = at.hub.preview("airtable", Direction::Export, Lang::Fr).await.unwrap();
    assert_eq!((plan.to_create, at.table.len()), (1, 0));
    let run = at.hub.apply(plan.plan_id).await.unwrap();
    at.hub.wait(run, Lang::Fr).await.unwrap();
    assert_eq!(at.table.len(), 1);
}

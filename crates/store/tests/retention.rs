//! What is left of runs and previews once their time is over, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::plan::Refusal;
use model::{Cause, Direction, RunStatus, Subject, Text};
use store::{ChangeRow, Ending, FailureRow, Forgetting, Keys, Store};

const OLD: &str = "2026-01-01T08:00:00.000Z";
const CUT: &str = "2026-08-01T08:00:00.000Z";
const NEW: &str = "2026-11-01T08:00:00.000Z";
/// More than go in one portion.
const CHANGES: usize = 1_200;

store::on_both_engines!(tell);

fn change(number: usize) -> ChangeRow {
    ChangeRow {
        external_id: Some(format!("rec{number}")),
        deal_id: Some(1),
        client: Some("Élan".into()),
        action: "create".into(),
        reason: "new".into(),
        fields: "[]".into(),
    }
}

fn failure() -> FailureRow {
    let refusal = Refusal { code: "invalid".into(), field: None, text: Text::fixed("non", "no") };
    FailureRow { external_id: Some("rec".into()), deal_id: None, client: None, refusal, payload: None }
}

async fn run(store: &Store, provider: &str, changes: usize, at: &str) -> i64 {
    let id = store
        .start_run(provider, Subject::Deals, Direction::Import, Cause::Person, at)
        .await
        .unwrap()
        .unwrap();
    let mut batch = store.begin().await.unwrap();
    batch.add_changes(id, &(0..changes).map(change).collect::<Vec<_>>(), at).await.unwrap();
    batch.add_failures(id, &[failure()]).await.unwrap();
    batch.finish_run(id, RunStatus::Partial, &Ending::default(), &[], &[], at).await.unwrap();
    batch.commit().await.unwrap();
    id
}

async fn plan(store: &Store, at: &str) -> i64 {
    let mut batch = store.begin().await.unwrap();
    let id = batch.insert_plan("airtable", Direction::Import, at).await.unwrap();
    batch.add_plan_changes(id, &[change(0)]).await.unwrap();
    batch.finish_plan(id, "{}").await.unwrap();
    batch.commit().await.unwrap();
    id
}

async fn details(store: &Store, run: i64) -> (usize, usize) {
    let changes = store.changes(run, 5_000, 0).await.unwrap().len();
    (changes, store.failures(run, 10, 0).await.unwrap().len())
}

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let old = run(&store, "airtable", CHANGES, OLD).await;
    let last_of_notion = run(&store, "notion", 2, OLD).await;
    let new = run(&store, "airtable", 2, NEW).await;
    let (old_plan, new_plan) = (plan(&store, OLD).await, plan(&store, NEW).await);

    let mut forgetting = Forgetting::default();
    let mut portions = 0;
    loop {
        let mut batch = store.begin().await.unwrap();
        batch.forget_details(CUT, &mut forgetting).await.unwrap();
        batch.commit().await.unwrap();
        if forgetting.is_over() {
            break;
        }
        portions += 1;
        // A little at a time: others who write are let in between.
        assert!(CHANGES - details(&store, old).await.0 <= portions * 500);
    }
    assert!(portions > CHANGES / 500, "{portions}");
    assert_eq!(details(&store, old).await, (0, 0));
    assert_eq!(details(&store, new).await, (2, 1));
    assert_eq!(details(&store, last_of_notion).await, (2, 1), "a person may still want to put it right");
    assert!(store.plan(old_plan).await.unwrap().is_none());
    assert!(store.plan(new_plan).await.unwrap().is_some());
    let runs: Vec<i64> = store.runs(None, None, 10, 0).await.unwrap().iter().map(|run| run.id).collect();
    assert_eq!(runs, [new, last_of_notion, old], "the runs themselves stay");
    store.close().await;
}

//! How long the details of runs are kept.

use std::num::NonZeroU32;
use std::time::Duration;

use hub::{Hub, HubOptions};
use model::{Cause, Direction, RunStatus, Subject};
use store::{ChangeRow, Ending, Store};

use super::harness::keys;

const OLD: &str = "2020-01-01T08:00:00.000Z";

/// A run of long ago with a change, and one after it.
async fn two_runs(store: &Store) -> i64 {
    let mut first = 0;
    for _ in 0..2 {
        let id = store.start_run("airtable", Subject::Deals, Direction::Import, Cause::Person, OLD).await;
        let id = id.unwrap().unwrap();
        let mut batch = store.begin().await.unwrap();
        let change = ChangeRow {
            external_id: None,
            deal_id: None,
            client: None,
            action: "create".into(),
            reason: "new".into(),
            fields: "[]".into(),
        };
        batch.add_changes(id, &[change], OLD).await.unwrap();
        batch.finish_run(id, RunStatus::Success, &Ending::default(), &[], &[], OLD).await.unwrap();
        batch.commit().await.unwrap();
        first = if first == 0 { id } else { first };
    }
    first
}

#[tokio::test]
async fn as_many_days_as_the_operator_says() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let store = Store::open(&url, keys()).await.unwrap();
    let run = two_runs(&store).await;

    let for_ever = Hub::open(HubOptions::new(url.clone(), keys())).await.unwrap();
    for_ever.forget_old_details().await;
    assert_eq!(store.changes(run, 10, 0).await.unwrap().len(), 1, "there is nothing to do, and it ends");

    let days = NonZeroU32::new(90);
    let options = HubOptions { keep_run_details: days, ..HubOptions::new(url, keys()) };
    let hub = Hub::open(options).await.unwrap();
    let forgetting = tokio::spawn(async move { hub.forget_old_details().await });
    let forgotten = async {
        while !store.changes(run, 10, 0).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), forgotten).await.unwrap();
    assert!(store.run(run).await.unwrap().is_some());
    assert_eq!(store.changes(run + 1, 10, 0).await.unwrap().len(), 1, "the last run's stay");
    forgetting.abort();
}

//! A PostgreSQL server that crashes in the middle of a run and comes back.

use std::sync::Arc;

use hub::examine;
use model::api::{ConfigUpdate, instant};
use model::{Lang, RunStatus};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;
use store::Store;
use store::testing::TempPostgres;

use super::harness::{Harness, counts, keys};

const RECORDS: u64 = 3_000;
/// The request for a page that is made only when a transaction of ten pages is over: ten may wait behind it, and a few
/// are on their way.
const BEHIND_A_COMMIT: u64 = 26;

/// The run ends with a sentence, whoever asks meanwhile is told, and the next run makes it good.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_committed_stays_and_the_next_run_ends_it() {
    let postgres = Arc::new(TempPostgres::start().unwrap());
    let at = Harness::on(postgres.url(), None).await;
    at.configure(ConfigUpdate::default()).await;
    at.table.insert((0..RECORDS).map(|i| json!({"Name": format!("Client {i}"), "Amount": 1}))).unwrap();
    let crashing = Arc::clone(&postgres);
    let crash = Fault::meanwhile(move || crashing.crash().unwrap());
    at.simulator.fault(Rule::new(Kind::List, crash).nth(BEHIND_A_COMMIT));

    let told = at.hub.sync("airtable", model::Direction::Import, Lang::Fr).await.err().unwrap();
    assert_eq!(told.message.fr, "La base de données ne répond pas.", "{told:?}");
    assert!(!at.hub.ready().await);
    let read = at.hub.deals(&hub::DealFilter::default()).await.err().unwrap();
    assert!(read.hint.is_some() && read.message.fr == told.message.fr, "{read:?}");

    postgres.start_again().unwrap();
    assert!(at.hub.ready().await, "without being started again itself");
    let import = at.import().await;
    assert_eq!(import.status, "success", "{import:?}");
    let kept = import.records_unchanged;
    assert!(kept > 0 && import.records_created == RECORDS - kept, "{import:?}");
    assert_eq!(counts(&at.import().await), [RECORDS, 0, 0, RECORDS, 0], "none lost, none doubled");

    let store = Store::open(postgres.url(), keys()).await.unwrap();
    let runs = store.runs(None, None, 10, 0).await.unwrap();
    let ends: Vec<RunStatus> = runs.iter().map(|run| run.status).collect();
    assert_eq!(
        ends,
        [RunStatus::Success, RunStatus::Success, RunStatus::Error],
        "its end was recorded later"
    );
    assert_eq!(runs[2].counts.processed, kept);
    assert!(runs[2].ending.message.as_ref().is_some_and(|why| why.fr.contains("ne répond pas")));
    store.close().await;
    let findings = examine(postgres.url(), keys(), &instant(chrono::Utc::now())).await;
    assert!(findings.is_empty(), "{findings:?}");
}

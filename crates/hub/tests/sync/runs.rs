//! Runs: one at a time, watched, cancelled, left behind.

use futures_util::StreamExt;
use hub::Kind as ErrorKind;
use model::{Direction, Lang};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::harness::{Harness, counts};

#[tokio::test]
async fn one_run_of_a_connection_at_a_time() {
    let at = Harness::new().await;
    at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
    at.simulator.fault(Rule::new(Kind::List, Fault::Hang));
    let run_id = at.hub.start_sync("airtable", Direction::Import).await.unwrap();
    at.simulator.log().wait_for(Kind::List, 1).await;
    for direction in [Direction::Import, Direction::Export] {
        let error = at.hub.start_sync("airtable", direction).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::AlreadyRunning { run_id });
    }
    at.hub.cancel(run_id).await.unwrap();
    assert_eq!(at.hub.wait(run_id, Lang::Fr).await.unwrap().status, "cancelled");
    assert_eq!(at.import().await.status, "success");
    assert!(at.hub.cancel(run_id).await.is_err(), "it has ended");
}

#[tokio::test]
async fn what_was_committed_before_a_cancellation_stays() {
    let at = Harness::new().await;
    at.table.insert((0..250).map(|i| json!({"Name": format!("C{i}"), "Amount": 1}))).unwrap();
    at.simulator.fault(Rule::new(Kind::List, Fault::Hang).nth(3));
    let run_id = at.hub.start_sync("airtable", Direction::Import).await.unwrap();
    let mut progress = at.hub.progress(run_id, Lang::Fr).await.unwrap();
    let mut last = 0;
    while let Some(step) = progress.next().await {
        assert!(step.run.records_processed >= last, "progress only grows");
        last = step.run.records_processed;
        if last == 200 && step.phase != "done" {
            at.hub.cancel(run_id).await.unwrap();
        }
        if step.phase == "done" {
            assert_eq!(step.run.status, "cancelled");
        }
    }
    assert_eq!(at.deals().await.len(), 200);
    assert_eq!(counts(&at.import().await), [250, 50, 0, 200, 0]);
}

#[tokio::test]
async fn a_run_goes_on_when_nobody_waits() {
    let at = Harness::new().await;
    at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
    let caller = at.hub.clone();
    let waiting = tokio::spawn(async move { caller.sync("airtable", Direction::Import, Lang::Fr).await });
    let run_id = loop {
        if let Some(run) = at.hub.runs(None, 1, Lang::Fr).await.unwrap().pop() {
            break run.id;
        }
        tokio::task::yield_now().await;
    };
    waiting.abort();
    assert_eq!(at.hub.wait(run_id, Lang::Fr).await.unwrap().status, "success");
}

#[tokio::test]
async fn the_end_of_the_program_is_told_in_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let at = Harness::on(&url, None).await;
    at.configure(model::api::ConfigUpdate::default()).await;
    at.simulator.fault(Rule::new(Kind::List, Fault::Hang));
    let run_id = at.hub.start_sync("airtable", Direction::Import).await.unwrap();
    at.hub.shut_down(std::time::Duration::from_millis(20)).await;
    let hub = super::harness::open(&url, at.simulator.url()).await;
    let run = hub.run(run_id, Lang::Fr).await.unwrap();
    assert_eq!(run.status, "interrupted");
    assert!(run.hint.unwrap().contains("sans rien créer en double"));
}

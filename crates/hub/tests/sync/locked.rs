//! A database file that another program keeps for itself for a while.

use std::time::Duration;

use hub::{Caller, DealFilter, examine};
use model::api::ConfigUpdate;
use model::{Direction, Lang};
use serde_json::json;
use store::Store;
use tokio::task::JoinSet;

use super::harness::{Harness, keys};

const WRITERS: usize = 8;
const READERS: usize = 16;
const RECORDS: usize = 300;

/// Nobody is told: who reads is answered meanwhile, who writes waits and loses nothing.
#[tokio::test(flavor = "multi_thread")]
async fn three_seconds_of_another_program_are_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let at = Harness::on(&url, Some(folder)).await;
    at.configure(ConfigUpdate::default()).await;
    at.table.insert((0..RECORDS).map(|i| json!({"Name": format!("Client {i}"), "Amount": 1}))).unwrap();
    let other = Store::open(&url, keys()).await.unwrap();
    let held = other.begin().await.unwrap();

    let mut writing = JoinSet::new();
    for number in 0..WRITERS {
        let hub = at.hub.clone();
        let deal = json!({"client": format!("Ici {number}"), "montant_brut": 1});
        writing.spawn(async move {
            hub.create_deal(&Caller::Local, serde_json::from_value(deal).unwrap()).await.map(drop)
        });
    }
    let hub = at.hub.clone();
    writing.spawn(async move {
        let run = hub.sync("airtable", Direction::Import, Lang::Fr).await?;
        assert_eq!(run.status, "success", "{run:?}");
        Ok(())
    });
    let mut reading = JoinSet::new();
    for _ in 0..READERS {
        let hub = at.hub.clone();
        reading.spawn(async move { hub.deals(&DealFilter::default()).await.map(|page| page.total) });
    }
    while let Some(read) = reading.join_next().await {
        assert_eq!(read.unwrap().unwrap(), 0);
    }
    let early = tokio::time::timeout(Duration::from_secs(3), writing.join_next()).await;
    assert!(early.is_err(), "somebody wrote, or gave up: {early:?}");
    drop(held);
    while let Some(written) = writing.join_next().await {
        written.unwrap().unwrap();
    }
    assert_eq!(at.deals().await.len(), WRITERS + RECORDS);
    other.close().await;
    let findings = examine(&url, keys(), &model::api::instant(chrono::Utc::now())).await;
    assert!(findings.is_empty(), "{findings:?}");
}

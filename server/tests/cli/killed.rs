//! Runs that are killed, as by a power cut, at every place where something was just done or is about to
//! be. What was committed stays, and the run after it leaves what a run never killed leaves.

use std::time::Duration;

use hub::{Caller, DataValue};
use model::canonical::Entity;
use model::{Direction, Lang};
use serde_json::json;

use crate::cave::{Cave, ROWS};
use crate::ground::{Ground, Held, Service, deals};
use crate::server::exchange;

/// Three pages, two of whose records are of one client.
fn records() -> Held {
    let mut records: Held = (0..248).map(|number| (format!("C{number:03}"), 100 + number)).collect();
    records.extend([("Double".to_owned(), 1), ("Double".to_owned(), 2)]);
    records
}

/// An import that is killed, then one that is not.
async fn import(service: Service, place: &str, committed: usize) {
    let ground = Ground::new(service, &records()).await;
    let (there, run) = ground.kill_at(Direction::Import, place).await;
    assert_eq!(
        (there.len(), run.records_processed),
        (committed, committed as u64),
        "{place}: what was committed"
    );
    assert_eq!((run.status.as_str(), run.error_message.is_some()), ("interrupted", true), "{place}");
    ground.sync(Direction::Import);
    let hub = ground.opened().await;
    assert_eq!(deals(&hub).await, records(), "{place}: none lost, none doubled");
    let run = hub.runs(None, 1, Lang::Fr).await.unwrap().remove(0);
    assert_eq!((run.status.as_str(), run.records_created), ("success", 250 - committed as u64), "{place}");
    idle(&hub, ground.provider, Direction::Import, 250).await;
}

/// An export of new and changed deals that is killed, then one that is not.
async fn export(service: Service, place: &str) {
    let known: Held = (0..3).map(|number| (format!("C{number:03}"), 100)).collect();
    let ground = Ground::new(service, &known).await;
    let hub = ground.opened().await;
    hub.sync(ground.provider, Direction::Import, Lang::Fr).await.unwrap();
    hub.update_deal(&Caller::Local, 1, serde_json::from_value(json!({"montant_brut": 9})).unwrap(), None)
        .await
        .unwrap();
    // Airtable takes ten at once, Notion one.
    let new = match service {
        Service::Airtable => 14,
        Service::Notion => 4,
    };
    for number in 0..new {
        let client = if number < 2 { "Double".to_owned() } else { format!("N{number:03}") };
        let deal = json!({"client": client, "montant_brut": number + 1});
        hub.create_deal(&Caller::Local, serde_json::from_value(deal).unwrap()).await.unwrap();
    }
    let whole = deals(&hub).await;
    hub.shut_down(Duration::ZERO).await;

    let (kept, run) = ground.kill_at(Direction::Export, place).await;
    assert_eq!((&kept, run.status.as_str()), (&whole, "interrupted"), "{place}");
    let told = (run.records_created + run.records_updated) as usize;
    assert!(told <= ground.controls().log().count(sandbox::Kind::Write) * 10, "{place}: {run:?}");
    ground.sync(Direction::Export);
    let hub = ground.opened().await;
    assert_eq!(ground.records(), whole, "{place}: none lost, none doubled");
    assert_eq!(deals(&hub).await, whole, "{place}");
    idle(&hub, ground.provider, Direction::Export, whole.len() as u64).await;
}

/// Every link is there: nothing is left to do.
async fn idle(hub: &hub::Hub, provider: &str, direction: Direction, count: u64) {
    let run = hub.sync(provider, direction, Lang::Fr).await.unwrap();
    assert_eq!((run.status.as_str(), run.records_unchanged), ("success", count), "{run:?}");
}

async fn every_import(service: Service) {
    for (place, committed) in [
        ("run-started", 0),
        ("page-read", 0),
        ("page-written", 0),
        ("page-committed", 100),
        ("run-done", 250),
    ] {
        import(service, place, committed).await;
    }
}

async fn every_export(service: Service) {
    let places =
        ["run-started", "batch-answered", "batch-written", "batch-committed", "batch-answered:2", "run-done"];
    for place in places {
        export(service, place).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_from_airtable() {
    every_import(Service::Airtable).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_from_notion() {
    every_import(Service::Notion).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_to_airtable() {
    every_export(Service::Airtable).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_to_notion() {
    every_export(Service::Notion).await;
}

/// A run that was killed is gone on with, over the API, from the page after the last committed one.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_resumed_where_it_stopped() {
    for service in [Service::Airtable, Service::Notion] {
        let ground = Ground::new(service, &records()).await;
        let (_, run) = ground.kill_at(Direction::Import, "page-committed").await;
        assert!(run.resumable, "{run:?}");
        ground.controls().log().clear();
        let serving = ground.program.serve(&[]);
        let path = format!("/api/sync/runs/{}/resume", run.id);
        let answer = tokio::task::block_in_place(|| exchange(&serving.addr, "POST", &path, ""));
        assert!(
            answer.contains(r#""status":"success""#) && answer.contains(r#""records_created":150"#),
            "{answer}"
        );
        drop(serving);
        assert_eq!(ground.pages_read(), 2, "a full import reads three");
        let hub = ground.opened().await;
        assert_eq!(deals(&hub).await, records());
        idle(&hub, ground.provider, Direction::Import, 250).await;
        assert!(hub.resume(run.id + 1).await.is_err(), "it came to its end");
    }
}

/// A load of a folder that is killed, then one that is not: every row once, and what follows from the sales.
#[tokio::test(flavor = "multi_thread")]
async fn a_load_of_files() {
    // A file makes two portions: its rows, and its end.
    for (place, committed) in [
        ("run-started", 0),
        ("portion-written", 3),
        ("portion-written:3", 4),
        ("portion-written:5", 6),
        ("run-done", ROWS),
    ] {
        let cave = Cave::new().await;
        let killed = cave.kill_at(place).await;
        assert_eq!((killed.status.as_str(), killed.processed()), ("interrupted", committed), "{place}");
        let next = cave.sync().await;
        let created: u64 = next.tables.iter().map(|table| table.created).sum();
        assert_eq!((next.status.as_str(), created), ("success", ROWS - committed), "{place}: {next:?}");
        let text = |word: &str| DataValue::Text(word.to_owned());
        let sales = cave.rows(Entity::SalesLines, &["line_key", "product_cost_cents"]).await;
        let expected = ["L1", "L2", "L3"].map(|key| vec![text(key), DataValue::Int(400)]);
        assert_eq!(sales, expected, "{place}: none lost, none doubled, each with its product's cost");
        let customers = cave.rows(Entity::Customers, &["customer_key", "total_spent_cents"]).await;
        let expected =
            [("C1", DataValue::Int(3_150)), ("C2", DataValue::Int(1_050)), ("C3", DataValue::Empty)];
        assert_eq!(customers, expected.map(|(key, spent)| vec![text(key), spent]), "{place}");
        let idle = cave.sync().await;
        assert_eq!((idle.status.as_str(), idle.processed()), ("success", 0), "{place}: {idle:?}");
    }
}

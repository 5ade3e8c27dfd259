//! What two hundred syncs leave behind: their rows, and nothing else.
//!
//! A program of its own, because it counts what is open in its whole process.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;
use std::time::Duration;

use hub::{Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::ConfigUpdate;
use model::{Direction, Lang};
use sandbox::airtable::{Field, FieldType, Options, Simulator};
use serde_json::json;

const BASE: &str = "appPasserelleTest";
const RECORDS: usize = 150;
/// Until pools have their connections and the database its pages.
const WARM_UP: usize = 20;
const SYNCS: usize = 200;
/// Pools open another connection when they need it: a few, each with a few files, whatever the number of runs.
const OF_POOLS: usize = 24;
/// A run's row in the history with its index entries, and its part of a page that is not full.
const BYTES_OF_A_RUN: u64 = 1_024;

/// What is open or goes on.
#[derive(Clone, Copy, Debug)]
struct Held {
    files: usize,
    tasks: usize,
}

impl Held {
    fn now() -> Held {
        Held {
            files: std::fs::read_dir("/proc/self/fd").unwrap().count(),
            tasks: tokio::runtime::Handle::current().metrics().num_alive_tasks(),
        }
    }
}

async fn open(database: &Path, keys: &Keys, service: &str) -> Hub {
    let service = ServiceOptions { base_url: Some(service.to_owned()), token: None };
    Hub::open(HubOptions {
        services: [("airtable".to_owned(), service)].into(),
        policy: Policy::without_waiting(),
        ..HubOptions::new(format!("sqlite://{}", database.display()), keys.clone())
    })
    .await
    .unwrap()
}

async fn syncs(hub: &Hub, number: usize) {
    for round in 0..number {
        let direction = if round % 2 == 0 { Direction::Import } else { Direction::Export };
        let run = hub.sync("airtable", direction, Lang::En).await.unwrap();
        assert_eq!((run.status.as_str(), run.records_failed), ("success", 0), "{run:?}");
    }
}

#[tokio::test]
async fn two_hundred_syncs_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("passerelle.db");
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    // Everything a deal has: a column that is missed is a warning of every run.
    let mut fields = ["Name", "Status", "Sector", "Assignee", "Notes"].map(Field::text).to_vec();
    fields.extend([
        Field::new("Amount", FieldType::currency(2, "€")),
        Field::new("Due Date", FieldType::date()),
    ]);
    let table = simulator.base(BASE, "CRM").unwrap().table("Deals", fields);
    table.insert((0..RECORDS).map(|i| json!({"Name": format!("Client {i}"), "Amount": 1}))).unwrap();
    let keys = Keys::parse(&Keys::generate()).unwrap();
    let hub = open(&database, &keys, simulator.url()).await;
    let settings = ConfigUpdate {
        api_token: Some(simulator.token().to_owned()),
        base_id: Some(BASE.to_owned()),
        table_name: Some("Deals".to_owned()),
        ..ConfigUpdate::default()
    };
    hub.save_config("airtable", settings).await.unwrap();

    syncs(&hub, WARM_UP).await;
    // Closed, the database is one file without a log.
    hub.close().await;
    let bytes = || std::fs::metadata(&database).unwrap().len();
    let bytes_before = bytes();

    let hub = open(&database, &keys, simulator.url()).await;
    syncs(&hub, WARM_UP).await;
    let before = Held::now();
    syncs(&hub, SYNCS).await;
    // What a run has let go may end a moment after it.
    let let_go = async {
        loop {
            let held = Held::now();
            if held.files <= before.files + OF_POOLS && held.tasks <= before.tasks + OF_POOLS {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(30), let_go).await;
    assert!(waited.is_ok(), "{before:?}, afterwards {:?}", Held::now());
    hub.close().await;
    let grown = bytes().saturating_sub(bytes_before);
    assert!(grown <= (WARM_UP + SYNCS) as u64 * BYTES_OF_A_RUN, "{grown} bytes more");
}

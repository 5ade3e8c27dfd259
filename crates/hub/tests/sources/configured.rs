//! Sources are added, changed, tested and removed.

use std::collections::BTreeMap;

use hub::{Kind, NotSaved, SourceDraft};
use model::api::Health;
use model::canonical::Entity;
use model::{Cause, Direction, Lang, Subject};

use crate::ground::Ground;

fn keys(refused: std::result::Result<(), NotSaved>) -> Vec<String> {
    match refused {
        Err(NotSaved::Faults(faults)) => faults.into_iter().map(|fault| fault.key).collect(),
        other => vec![format!("{other:?}")],
    }
}

#[tokio::test]
async fn a_form_is_refused_with_every_fault() {
    let ground = Ground::with_cave().await;
    let hub = &ground.hub;
    for name in ["", "new", "API", "Example", "airtable", "ma cave", "a/b", "été", "CAVE", &"x".repeat(65)]
    {
        assert_eq!(keys(hub.create_source(ground.draft(name, &[])).await), ["connector_name"], "{name}");
    }
    let nothing = SourceDraft { name: "x y".into(), ..SourceDraft::default() };
    assert_eq!(keys(hub.create_source(nothing).await), ["connector_name", "connector_type"]);
    let wrong = ground.draft("other", &[("encoding", "ebcdic"), ("isavigne_export_path", "  ")]);
    assert_eq!(keys(hub.create_source(wrong).await), ["encoding", "isavigne_export_path"]);
    assert_eq!(hub.sources(Lang::Fr).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_secret_stays_here_and_with_its_address() {
    let ground = Ground::new().await;
    let values = |more: &[(&str, &str)]| -> BTreeMap<String, String> {
        let all = [("odoo_url", "https://cave.odoo.com"), ("odoo_db", "cave"), ("odoo_user", "bot")];
        all.iter().chain(more).map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    };
    let draft = |values| SourceDraft { name: "erp".into(), kind: "odoo".into(), values };
    let hub = &ground.hub;
    assert_eq!(keys(hub.create_source(draft(values(&[]))).await), ["odoo_api_key"]);
    hub.create_source(draft(values(&[("odoo_api_key", "CANARY")]))).await.unwrap();
    let stored = hub.source_settings("erp").await.unwrap();
    assert_eq!(stored.values["odoo_api_key"], "***");
    assert!(!format!("{stored:?}").contains("CANARY"));

    // The same address: the stored key serves. Another one: it is asked for again.
    hub.update_source("erp", values(&[("odoo_db", "cave2"), ("odoo_api_key", "***")])).await.unwrap();
    assert_eq!(hub.source_settings("erp").await.unwrap().values["odoo_db"], "cave2");
    let elsewhere = values(&[("odoo_url", "https://evil.example"), ("odoo_api_key", "")]);
    assert_eq!(keys(hub.update_source("erp", elsewhere).await), ["odoo_api_key"]);
    assert_eq!(hub.source_settings("erp").await.unwrap().values["odoo_url"], "https://cave.odoo.com");
}

#[tokio::test]
async fn a_test_tells_how_a_source_stands() {
    let ground = Ground::with_cave().await;
    let standing = async || ground.hub.source("cave", Lang::Fr).await.unwrap();
    assert_eq!(standing().await.health, Health::Idle);

    let no = ground.hub.test_source("cave", Lang::Fr).await.unwrap();
    assert!(!no.success && no.message.starts_with("✗ ") && no.status == Health::Error, "{no:?}");
    let seen = standing().await;
    assert_eq!(seen.health, Health::Error);
    assert!(no.message.contains(seen.checked.unwrap().message.as_str()));

    ground.file("clients.csv", &["Code;Nom", "C1;Dupont"]);
    let yes = ground.hub.test_source("cave", Lang::En).await.unwrap();
    assert_eq!((yes.success, yes.message.as_str()), (true, "✓ Connection OK"));
    assert_eq!(standing().await.health, Health::Healthy);
    ground.load().await;
    assert_eq!((standing().await.health, standing().await.trouble), (Health::Healthy, None));
    assert_eq!(ground.hub.test_source("other", Lang::Fr).await.unwrap_err().kind, Kind::NotFound);
}

#[tokio::test]
async fn a_source_goes_with_its_rows_or_without() {
    for with_rows in [false, true] {
        let ground = Ground::with_cave().await;
        ground.file("clients.csv", &["Code;Nom", "C1;Dupont", "C2;Durand"]);
        ground.load().await;
        let deleted = ground.hub.delete_source("cave", with_rows).await.unwrap();
        assert_eq!(deleted, if with_rows { 2 } else { 0 });
        assert_eq!(ground.hub.source("cave", Lang::Fr).await.unwrap_err().kind, Kind::NotFound);
        let (store, scope) = ground.store().await;
        assert_eq!(store.row_count(scope, Entity::Customers).await.unwrap(), 2 - deleted);
        assert_eq!(store.known_columns(scope, Entity::Customers).await.unwrap(), []);
        // Its history stays, and a new one of that name reads its files anew only if the rows are gone.
        assert_eq!(ground.hub.loads(None, 9, 0, Lang::Fr).await.unwrap().0, 1);
        ground.hub.create_source(ground.draft("cave", &[])).await.unwrap();
        let load = ground.load().await;
        assert_eq!(load.processed(), deleted);
    }
}

#[tokio::test]
async fn examples_are_loaded_whole_and_their_faults_are_told() {
    let ground = Ground::new().await;
    let name = ground.hub.add_example_source().await.unwrap();
    assert_eq!(ground.hub.add_example_source().await.unwrap(), name);
    let load = ground.load_of(&name, hub::LoadRequest::default()).await;
    assert_eq!((load.status.as_str(), load.tables.len(), load.warnings.len()), ("success", 5, 0), "{load:?}");
    let report = ground.hub.quality(&name, None, Lang::Fr).await.unwrap().unwrap();
    let found = report.tables.iter().flat_map(|table| &table.checks).filter(|check| check.rows > 0);
    let found: Vec<(&str, u64)> = found.map(|check| (check.code.as_str(), check.rows)).collect();
    assert_eq!(found, [("duplicate_email", 2), ("orphan_product", 1), ("cost_above_price", 1)]);
}

#[tokio::test]
async fn what_was_read_by_other_settings_is_read_anew() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &["Code;Nom", "C1;Dupont", "C2;Durand"]);
    ground.load().await;
    for (key, value, read) in
        [("watch", "true", 0), ("encoding", "windows-1252", 2), ("encoding", "windows-1252", 0)]
    {
        ground.hub.update_source("cave", [(key.to_owned(), value.to_owned())].into()).await.unwrap();
        assert_eq!(ground.load().await.processed(), read, "{key} {value}");
    }
}

#[tokio::test]
async fn a_source_stays_while_it_is_read() {
    let ground = Ground::with_cave().await;
    let (other_program, _) = ground.store().await;
    let started = other_program.start_run(
        "cave",
        Subject::Tables,
        Direction::Import,
        Cause::Person,
        "2026-11-21T08:00:00.000Z",
    );
    let run_id = started.await.unwrap().unwrap();
    let running = Kind::AlreadyRunning { run_id };
    assert_eq!(ground.hub.delete_source("cave", true).await.unwrap_err().kind, running);
    // The run would mark as read what it reads by the columns and settings it began with.
    let columns = [("city".to_owned(), "Commune".to_owned())].into();
    let mapped = ground.hub.save_columns("cave", Entity::Customers, columns).await;
    assert_eq!(mapped.unwrap_err().kind, running);
    let changed =
        ground.hub.update_source("cave", [("encoding".to_owned(), "utf-8".to_owned())].into()).await;
    assert!(matches!(changed, Err(NotSaved::Failed(error)) if error.kind == running));
    // A program that died is in nobody's way.
    other_program.close().await;
    drop(other_program);
    ground.hub.delete_source("cave", true).await.unwrap();
    assert_eq!(ground.hub.run(run_id, Lang::Fr).await.unwrap().status, "interrupted");
}

//! What a load brings, what it refuses, and that a second one changes nothing.

use hub::LoadRequest;
use model::Lang;
use model::canonical::{ColumnMapping, Entity};

use crate::ground::{Ground, counts};

const CUSTOMERS: [&str; 3] = ["Code client;Nom;E-mail", "C1;Dupont;a@b.fr", "C2;Durand;"];
const SALES: [&str; 4] = [
    "Ligne;Client;Produit;Date;Quantité;Prix unitaire",
    "L1;C1;P1;21/11/2026;2;10,50",
    "L2;C2;P1;pas une date;1;10,50",
    "L3;C1;P1;22/11/2026;1;10,50",
];

#[tokio::test]
async fn everything_new_is_loaded_once() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &CUSTOMERS);
    ground.file("ventes.csv", &SALES);

    let first = ground.load().await;
    assert_eq!((first.success, first.status.as_str()), (true, "partial"), "{first:?}");
    assert_eq!(counts(&first, "CUSTOMERS"), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&first, "SALES_LINES"), [3, 2, 0, 0, 1]);
    assert_eq!(first.records_processed["SALES_LINES"], 3);
    assert_eq!(first.connector_type, "isavigne");
    assert!(
        first.errors[0].contains("1 ligne refusée") && first.errors[0].contains("ventes.csv, ligne 3"),
        "{first:?}"
    );

    // What was refused can be looked at, with its place and its column.
    let refused = ground.hub.failures(first.run_id, 10, 0, Lang::Fr).await.unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].client.as_deref(), Some("ventes.csv, ligne 3"));
    assert_eq!(refused[0].field.as_deref(), Some("Date"));

    // What follows from the sales stands with the customers.
    let (store, scope) = ground.store().await;
    assert_eq!(store.row_count(scope, Entity::SalesLines).await.unwrap(), 2);
    store.close().await;

    let again = ground.load().await;
    assert_eq!((again.status.as_str(), again.tables.len()), ("success", 0), "{again:?}");

    // The same content under another name is read, and changes nothing.
    ground.file("clients_2.csv", &CUSTOMERS);
    let same = ground.load().await;
    assert_eq!(counts(&same, "CUSTOMERS"), [2, 0, 0, 2, 0]);
    let (total, logs) = ground.hub.loads(Some("cave"), 2, 0, Lang::Fr).await.unwrap();
    assert_eq!((total, logs.len(), logs[0].1.run_id), (3, 2, same.run_id));
}

#[tokio::test]
async fn one_table_or_only_what_is_new() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &CUSTOMERS);
    ground.file("ventes.csv", &SALES);
    let sales = ground.load_only(LoadRequest { entity: Some(Entity::SalesLines), since: None }).await;
    assert_eq!(sales.records_processed.keys().collect::<Vec<_>>(), ["SALES_LINES"]);
    let since = Some(chrono::Utc::now() - chrono::TimeDelta::minutes(5));
    let new = ground.load_only(LoadRequest { entity: None, since }).await;
    assert_eq!((new.status.as_str(), new.records_processed.len()), ("success", 0));
}

#[tokio::test]
async fn a_file_without_its_columns_is_an_error_of_that_file_alone() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &CUSTOMERS);
    ground.file("ventes.csv", &["Quoi;Combien", "vin;2"]);
    let load = ground.load().await;
    assert_eq!((load.success, load.status.as_str()), (true, "partial"));
    assert_eq!(counts(&load, "CUSTOMERS"), [2, 2, 0, 0, 0]);
    assert!(load.errors[0].contains("ventes.csv") && load.errors[0].contains("Quoi, Combien"), "{load:?}");

    // Mapped by hand, it is read at the next run; what was read before is not read again.
    let columns: ColumnMapping = [("product_key", "Quoi"), ("quantity", "Combien"), ("sold_on", "Jour")]
        .map(|(f, c)| (f.to_owned(), c.to_owned()))
        .into();
    ground.file("ventes.csv", &["Quoi;Combien;Jour", "vin;2;21/11/2026"]);
    ground.hub.save_columns("cave", Entity::SalesLines, columns).await.unwrap();
    let mapped = ground.load().await;
    assert_eq!(counts(&mapped, "SALES_LINES"), [1, 1, 0, 0, 0], "{mapped:?}");
    assert_eq!(mapped.tables.len(), 1);
}

#[tokio::test]
async fn refused_rows_are_read_again_on_demand() {
    let ground = Ground::with_cave().await;
    ground.file("ventes.csv", &SALES);
    let first = ground.load().await;
    let again = ground.hub.replay(first.run_id).await.unwrap();
    let again = ground.hub.wait_load(again, Lang::Fr).await.unwrap();
    assert_eq!(counts(&again, "SALES_LINES"), [3, 0, 0, 2, 1]);
}

#[tokio::test]
async fn how_all_stand_together() {
    let ground = Ground::with_cave().await;
    let idle = ground.hub.source_status().await.unwrap();
    assert_eq!((idle.connectors_registered, idle.total_syncs, idle.avg_sync_duration_seconds), (1, 0, 0.0));
    ground.file("clients.csv", &CUSTOMERS);
    ground.load().await;
    ground.file("ventes.csv", &SALES);
    ground.load().await;
    let status = ground.hub.source_status().await.unwrap();
    assert_eq!((status.total_syncs, status.successful_syncs, status.failed_syncs), (2, 2, 0));
    // Some rows are missing: that is not healthy.
    assert_eq!(serde_json::json!(status.connectors_by_status), serde_json::json!({"error": 1}));
    let metrics = ground.hub.source_metrics().await.unwrap();
    assert_eq!((metrics.total_records_synced, metrics.total_errors), (4, 1));
    assert_eq!(metrics.records_by_table["CUSTOMERS"], 2);
}

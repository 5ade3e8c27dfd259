//! Databases of every earlier schema, on both engines: opened, nothing is lost; a later one is refused.
//!
//! The steps of the schema are each a transaction of their own, so these are also the states in which a
//! program that is killed while it brings a database up to date can leave it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;

use model::RunStatus;
use secrecy::{ExposeSecret, SecretString};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, AssertSqlSafe};
use store::deals::DealFilter;
use store::testing::TempPostgres;
use store::{Error, Keys, Store};

/// The key that the token below was sealed with, for the connection airtable, by the first version.
const KEY: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

/// A row for each table that people's work is in, from the step that brings it on.
const ROWS: [(i64, &str, &str); 16] = [
    (1, "deals", "(client, client_key, montant_brut) values ('Élan', 'élan', 10.05)"),
    (
        1,
        "connector_configs",
        "(provider, api_token, base_id, field_mapping, updated_at) values ('airtable', 'gAAAAABrAwIOlLycwSE7t6rVmFi_c2wvk4DF8eh9AAAm-GZOeMYOIr81Dab_0NnV5IZxkrGD1xG4lwvitkyh5uwDeUkQSPqa5OMRmDaoNt-pqgTGNLgtnh2EWytGk9KpnyZiwQm-ugK2', 'app', '{}', '2026')",
    ),
    (
        1,
        "sync_logs",
        "(provider, direction, status, started_at) values ('airtable', 'import', 'partial', '2026')",
    ),
    (1, "sync_scopes", "(scope) values ('airtable/app/tbl')"),
    (1, "sync_links", "(scope_id, external_id, deal_id, content) values (1, 'rec1', 1, '{}')"),
    (1, "sync_changes", "(run_id, client, action, reason, fields) values (1, 'Élan', 'create', 'new', '[]')"),
    (1, "sync_failures", "(run_id, code, message) values (1, 'invalid', '{\"fr\":\"non\",\"en\":\"no\"}')"),
    (1, "sync_plans", "(provider, direction, created_at) values ('airtable', 'import', '2026')"),
    (2, "customers", "(scope_id, customer_key, run_id, content_hash) values (1, 'C1', 1, 7)"),
    (
        2,
        "source_files",
        "(scope_id, entity, name, mark, run_id, read_at) values (1, 'customers', 'a', 'm', 1, '2026')",
    ),
    (3, "run_tables", "(run_id, entity, processed) values (1, 'customers', 1)"),
    (4, "quality_checks", "(run_id, entity, code, found, checked) values (1, 'customers', 'c', 0, 1)"),
    (6, "oauth_grants", "(provider, updated_at) values ('airtable', '2026')"),
    (7, "datasets", "(name, provider, created_at, updated_at) values ('d', 'airtable', '2026', '2026')"),
    (
        8,
        "schedules",
        "(provider, direction, frequency, time_zone, updated_at) values ('airtable', 'import', '\"daily\"', 'Europe/Paris', '2026')",
    ),
    (10, "budgets", "(provider, said) values ('airtable', '[]')"),
];

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let migrator = Migrator::new(Path::new("migrations/sqlite")).await.unwrap();
    for step in versions(&migrator) {
        let url = format!("sqlite://{}?mode=rwc", folder.path().join(format!("{step}.db")).display());
        tell(&url, &migrator, step).await;
    }
}

#[tokio::test]
async fn on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    let migrator = Migrator::new(Path::new("migrations/postgres")).await.unwrap();
    sqlx::any::install_default_drivers();
    let server = AnyPool::connect(postgres.url()).await.unwrap();
    for step in versions(&migrator) {
        sqlx::query(AssertSqlSafe(format!("create database v{step}"))).execute(&server).await.unwrap();
        tell(&postgres.url().replace("/postgres", &format!("/v{step}")), &migrator, step).await;
    }
}

fn versions(migrator: &Migrator) -> Vec<i64> {
    migrator.iter().map(|step| step.version).collect()
}

async fn count(pool: &AnyPool, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(pool).await.unwrap()
}

async fn tell(url: &str, migrator: &Migrator, step: i64) {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(url).await.unwrap();
    migrator.run_to(step, &pool).await.unwrap();
    let rows = || ROWS.iter().filter(|row| row.0 <= step);
    for (_, table, values) in rows() {
        sqlx::query(AssertSqlSafe(format!("insert into {table} {values}"))).execute(&pool).await.unwrap();
    }

    let url = url.trim_end_matches("?mode=rwc");
    let keys = Keys::parse(&SecretString::from(KEY)).unwrap();
    let store = Store::open(url, keys.clone()).await.unwrap();
    for (_, table, _) in rows() {
        assert_eq!(count(&pool, table).await, 1, "{table} from step {step}");
    }
    let found = DealFilter { search: Some("elan".to_owned()), ..DealFilter::default() };
    assert_eq!(
        store.deals(&found).await.unwrap().1,
        1,
        "a deal from step {step} is found without its accent"
    );
    assert_eq!(store.configs().await.unwrap().len(), 1);
    let run = store.runs(None, None, 10, 0).await.unwrap().remove(0);
    assert_eq!((run.status, store.changes(run.id, 10, 0).await.unwrap().len()), (RunStatus::Partial, 1));
    let secret = store.secret("airtable").await.unwrap().unwrap();
    assert_eq!(secret.expose_secret(), "patCANARY", "from step {step}");
    store.close().await;

    // What a later program made is left alone.
    sqlx::query("update _sqlx_migrations set version = 9999 where version = $1")
        .bind(versions(migrator).into_iter().max().unwrap())
        .execute(&pool)
        .await
        .unwrap();
    let refused = Store::open(url, keys).await.err().unwrap();
    assert!(matches!(refused, Error::Later { database: 9999, .. }), "{refused}");
}

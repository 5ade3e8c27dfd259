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
const ROWS: [(i64, &str, &str); 29] = [
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
        "product_catalog",
        "(scope_id, product_key, name, run_id, content_hash) values (1, 'P1', 'Rouge', 1, 7)",
    ),
    (
        2,
        "sales_lines",
        "(scope_id, line_key, product_key, sold_on, quantity, run_id, content_hash) values (1, 'L1', 'P1', '2026-11-21', 2, 1, 7)",
    ),
    (
        2,
        "stock_levels",
        "(scope_id, stock_key, product_key, quantity, run_id, content_hash) values (1, 'S1', 'P1', 3, 1, 7)",
    ),
    (
        2,
        "contact_history",
        "(scope_id, contact_key, customer_key, contacted_on, run_id, content_hash) values (1, 'K1', 'C1', '2026-11-21', 1, 7)",
    ),
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
        7,
        "dataset_versions",
        "(dataset_id, version, run_id, row_count, created, updated, removed, columns, drift, created_at) values (1, 1, 1, 1, 1, 0, 0, '[]', '[]', '2026')",
    ),
    (
        7,
        "dataset_rows",
        "(dataset_id, row_key, place, content_hash, content, since_version) values (1, 'k', 1, 7, '{}', 1)",
    ),
    (
        8,
        "schedules",
        "(provider, direction, frequency, time_zone, updated_at) values ('airtable', 'import', '\"daily\"', 'Europe/Paris', '2026')",
    ),
    (10, "budgets", "(provider, said) values ('airtable', '[]')"),
    (
        11,
        "hints",
        "(provider, word, stream, stream_name, created_at) values ('airtable', 'w', 'tbl', 'Deals', '2026')",
    ),
    (12, "users", "(name, role, created_at) values ('camille', 'owner', '2026')"),
    (
        12,
        "api_tokens",
        "(user_id, name, scope, hint, hash, created_at) values (1, 'n', 'read', 'psr_', 'h', '2026')",
    ),
    (12, "audit_log", "(at, actor, address, action, subject) values ('2026', 'camille', '::1', 'login', '')"),
    (14, "crm_settings", "(name, value) values ('cold_days', '21')"),
    (15, "deal_events", "(deal_id, at, kind, fields) values (1, '2026', 'created', '[]')"),
    (15, "saved_views", "(name, query, saved_at) values ('v', 'statut=perdu', '2026')"),
];

/// Tables of which no row is tried: what is made again, what waits or ends by itself, and webhooks, whose secret
/// is sealed for a word of each.
const NOT_TRIED: [&str; 22] = [
    "sync_seen",
    "sync_plan_changes",
    "sync_plan_failures",
    "refused_rows",
    "quality_coverage",
    "source_columns",
    "oauth_states",
    "dataset_refusals",
    "webhooks",
    "webhook_deliveries",
    "hint_events",
    "hint_records",
    "sessions",
    "sealing_keys",
    "deal_statuses",
    "deal_deletions",
    "deleted_deals",
    "deleted_links",
    "deleted_statuses",
    "deals_revision",
    "_sqlx_migrations",
    "sqlite_sequence",
];

/// A step that brings a table on brings the row that is to be found again.
#[tokio::test]
async fn every_table_is_tried_or_is_said_not_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    Store::open(&url, Keys::parse(&SecretString::from(KEY)).unwrap()).await.unwrap().close().await;
    let pool = AnyPool::connect(&url).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar("select name from sqlite_master where type = 'table'")
        .fetch_all(&pool)
        .await
        .unwrap();
    let tried = |table: &str| ROWS.iter().any(|row| row.1 == table) || NOT_TRIED.contains(&table);
    let missing: Vec<&String> = tables.iter().filter(|table| !tried(table)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

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

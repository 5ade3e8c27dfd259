//! Backups and what they are put back into, on both engines; what is found wrong in a database.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use model::{Cause, Direction, Subject, Text};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{AnyPool, AssertSqlSafe};
use store::testing::TempPostgres;
use store::{ConfigRow, Ending, Error, Keys, Serving, Store, restore};

const NOW: &str = "2026-11-21T08:00:00.000Z";

fn sqlite(folder: &Path, name: &str) -> String {
    format!("sqlite://{}", folder.join(name).display())
}

async fn open(url: &str, key: &SecretString) -> Store {
    Store::open(url, Keys::parse(key).unwrap()).await.unwrap()
}

async fn put_secret(store: &Store, provider: &str, secret: &str) {
    let mut batch = store.begin().await.unwrap();
    let config = ConfigRow { provider: provider.into(), updated_at: NOW.into(), ..ConfigRow::default() };
    batch.put_config(&config).await.unwrap();
    batch.put_secret(store, provider, Some(&SecretString::from(secret))).await.unwrap();
    batch.commit().await.unwrap();
}

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    tell(&sqlite(folder, "one.db"), &sqlite(folder, "two.db"), folder).await;
    assert!(!folder.join("two.db-wal").exists(), "the earlier database's log would be taken for this one's");
}

#[tokio::test]
async fn on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(postgres.url()).await.unwrap();
    sqlx::query("create database two").execute(&pool).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    tell(postgres.url(), &postgres.url().replace("/postgres", "/two"), folder.path()).await;
}

async fn tell(one: &str, two: &str, folder: &Path) {
    let key = Keys::generate();
    let store = open(one, &key).await;
    put_secret(&store, "airtable", "patONE").await;
    // Somebody is writing while the backup is made: what is not committed is not in it.
    let mut batch = store.begin().await.unwrap();
    batch.delete_config("airtable").await.unwrap();
    let backup = folder.join("backup");
    store.back_up(one, &backup).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    let again = store.back_up(one, &backup).await.err().unwrap();
    assert!(matches!(again, Error::Exists(path) if path == backup));

    // Elsewhere, where there is nothing yet.
    assert_eq!(restore(two, &backup, false).await.unwrap(), None);
    let restored = open(two, &key).await;
    assert_eq!(restored.secret("airtable").await.unwrap().unwrap().expose_secret(), "patONE");
    put_secret(&restored, "notion", "patTWO").await;
    restored.close().await;

    refused(two, &backup, folder).await;

    // Over what is there, which is kept.
    let aside = restore(two, &backup, true).await.unwrap().unwrap();
    let restored = open(two, &key).await;
    assert!(restored.secret("notion").await.unwrap().is_none());
    restored.close().await;
    assert!(restore(two, &aside, true).await.unwrap().is_some());
    let restored = open(two, &key).await;
    assert_eq!(restored.secret("notion").await.unwrap().unwrap().expose_secret(), "patTWO");
    restored.close().await;
    store.close().await;
}

/// Nothing is touched by what is refused.
async fn refused(two: &str, backup: &Path, folder: &Path) {
    assert!(matches!(restore(two, backup, false).await, Err(Error::HoldsData)));
    let serving = Serving::claim(two).await.unwrap().ok().unwrap();
    assert!(matches!(restore(two, backup, true).await, Err(Error::InUse)));
    drop(serving);
    // PostgreSQL notices a moment later that a session has ended.
    while Serving::goes_on(two).await.unwrap() {
        tokio::task::yield_now().await;
    }
    assert!(restore(two, &folder.join("nothing"), true).await.is_err());

    let whole = fs::read(backup).unwrap();
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("text", b"this is no backup at all".to_vec()),
        ("cut off", whole[..whole.len() / 3].to_vec()),
    ] {
        let broken = folder.join(what);
        fs::write(&broken, bytes).unwrap();
        let fault = restore(two, &broken, true).await.err();
        // How far PostgreSQL reads a dump that is cut off is for its own program to tell.
        let known = matches!(fault, Some(Error::NotABackup))
            || (two.starts_with("postgres") && matches!(fault, Some(Error::Tool { .. })));
        assert!(known, "{what}: {fault:?}");
    }
}

/// Begins a run of a connection, in place of one that its process did not end.
async fn begin_run(store: &Store) {
    let ended = Text::fixed("fini", "over");
    store.mark_interrupted(&Ending { message: Some(ended), ..Ending::default() }, NOW).await.unwrap();
    let run =
        store.start_run("airtable", Subject::Deals, Direction::Import, Cause::Person, NOW).await.unwrap();
    assert!(run.is_ok());
}

#[tokio::test]
async fn a_run_stands_in_the_way_on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    let (url, key, folder) = (postgres.url(), Keys::generate(), tempfile::tempdir().unwrap());
    let backup = folder.path().join("backup");
    let store = open(url, &key).await;
    store.back_up(url, &backup).await.unwrap();
    begin_run(&store).await;
    assert!(matches!(restore(url, &backup, true).await, Err(Error::InUse)));
    store.close().await;
}

#[tokio::test]
async fn a_run_or_a_later_version_stands_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let (url, key, backup) =
        (sqlite(folder.path(), "one.db"), Keys::generate(), folder.path().join("backup"));
    let store = open(&url, &key).await;
    store.back_up(&url, &backup).await.unwrap();
    begin_run(&store).await;
    assert!(matches!(restore(&url, &backup, true).await, Err(Error::InUse)));
    store.close().await;

    // Whoever works on it by a link is found all the same, and so is who is looked for by one.
    let link = sqlite(folder.path(), "link.db");
    std::os::unix::fs::symlink(folder.path().join("one.db"), folder.path().join("link.db")).unwrap();
    for (works, restores) in [(&link, &url), (&url, &link)] {
        let store = open(works, &key).await;
        begin_run(&store).await;
        assert!(matches!(restore(restores, &backup, true).await, Err(Error::InUse)), "{works}");
        store.close().await;
    }

    let pool = AnyPool::connect(&format!("sqlite://{}", backup.display())).await.unwrap();
    sqlx::query("update _sqlx_migrations set version = 9999 where version = 16")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    assert!(matches!(restore(&url, &backup, true).await, Err(Error::Later { database: 9999, .. })));
}

#[tokio::test]
async fn one_process_serves_a_file_and_a_dead_one_is_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(folder.path(), "one.db");
    assert!(!Serving::goes_on(&url).await.unwrap());
    let first = Serving::claim(&url).await.unwrap().ok().unwrap();
    assert!(Serving::goes_on(&url).await.unwrap());
    assert_eq!(Serving::claim(&url).await.unwrap().err(), Some(Some(std::process::id())));
    drop(first);
    assert!(!Serving::goes_on(&url).await.unwrap());
    assert!(Serving::claim(&url).await.unwrap().is_ok());
}

#[tokio::test]
async fn several_serve_one_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    let first = Serving::claim(postgres.url()).await.unwrap();
    let second = Serving::claim(postgres.url()).await.unwrap();
    assert!(first.is_ok() && second.is_ok() && Serving::goes_on(postgres.url()).await.unwrap());
}

/// A healthy database has nothing to tell; each fault that is planted is found.
#[tokio::test]
async fn what_is_wrong_inside_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let (url, key) = (sqlite(folder.path(), "one.db"), Keys::generate());
    let store = open(&url, &key).await;
    put_secret(&store, "airtable", "pat").await;
    store
        .start_run("airtable", Subject::Deals, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();

    let look = Store::look(&url, Keys::parse(&key).unwrap()).await.unwrap();
    let schema = look.schema().await.unwrap();
    assert_eq!(schema.database, schema.program);
    assert!(look.judge_keys().await.is_ok() && look.file_faults().await.unwrap().is_empty());
    assert_eq!(
        (look.links_without_deals().await.unwrap(), look.last_start().await.unwrap()),
        (0, Some(NOW.into()))
    );
    assert!(look.runs_left_open().await.unwrap().is_empty(), "its process lives");
    store.close().await;
    assert_eq!(look.runs_left_open().await.unwrap(), [1], "it is gone");
    let looked_at = look.runs(None, None, 1, 0).await.unwrap().remove(0);
    assert_eq!(looked_at.ending, Ending::default(), "looking marks nothing");

    let pool = AnyPool::connect(&url).await.unwrap();
    for sql in [
        "pragma foreign_keys = off; insert into sync_scopes (scope) values ('s'); \
         insert into sync_links (scope_id, external_id, deal_id, content) values (1, 'rec', 77, '{}')",
        "pragma ignore_check_constraints = on; update connector_configs set provider = 'else' where provider = 'airtable'",
    ] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    pool.close().await;
    assert_eq!(look.links_without_deals().await.unwrap(), 1);
    assert_eq!(look.sealed_for_other_keys().await.unwrap(), ["else"]);
    look.close().await;
    let thief = Store::look(&url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    assert!(matches!(thief.judge_keys().await, Err(Error::WrongKey(Some(_)))));
    thief.close().await;
    assert!(Store::look(&sqlite(folder.path(), "none.db"), Keys::parse(&key).unwrap()).await.is_err());
    assert!(!folder.path().join("none.db").exists(), "looking makes nothing");

    // A page of the file overwritten.
    let path = folder.path().join("one.db");
    let mut bytes = fs::read(&path).unwrap();
    let page = bytes.len() / 4_096 / 2 * 4_096;
    bytes[page..page + 4_096].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let look = Store::look(&url, Keys::parse(&key).unwrap()).await.unwrap();
    assert!(look.file_faults().await.map_or(true, |faults| !faults.is_empty()));
    look.close().await;
}

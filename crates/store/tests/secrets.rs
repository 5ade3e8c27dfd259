//! Secrets at rest, on both engines: what a thief of the database has, other keys, and an exchange of the key
//! beside a program that works.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use sqlx::{AnyPool, AssertSqlSafe, Row};
use store::testing::TempPostgres;
use store::{ConfigRow, ConsentRow, Error, GrantTokens, HintRow, Keys, Store, Trouble, WebhookRow};

const NOW: &str = "2026-11-21T08:00:00.000Z";
const FAR: &str = "2026-12-21T08:00:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";
/// Part of every secret here.
const CANARY: &str = "CANARY7f3";

/// A database's address, and the key file of the program that opens it.
struct Ground {
    url: String,
    key: PathBuf,
}

impl Ground {
    async fn open(&self) -> store::Result<Store> {
        Store::open(&self.url, Keys::in_file(self.key.clone())).await
    }

    async fn open_with(&self, key: &str) -> store::Result<Store> {
        Store::open(&self.url, Keys::parse(&SecretString::from(key)).unwrap()).await
    }

    fn key(&self) -> String {
        fs::read_to_string(&self.key).unwrap()
    }
}

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    tell(Ground { url, key: folder.path().join("keys/encryption.key") }).await;
    // What a thief of the files has, the write-ahead log included, after everything that was done.
    let entries = fs::read_dir(folder.path()).unwrap().flatten().filter(|entry| entry.path().is_file());
    for file in entries {
        let bytes = fs::read(file.path()).unwrap();
        let found = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
        assert!(!found, "{:?}", file.path());
    }
}

#[tokio::test]
async fn on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    tell(Ground { url: postgres.url().to_owned(), key: folder.path().join("encryption.key") }).await;
}

async fn tell(ground: Ground) {
    any_key_while_nothing_is_sealed(&ground).await;
    let store = ground.open().await.unwrap();
    fill(&store).await;
    let pool = AnyPool::connect(&ground.url).await.unwrap();
    moved_values(&store, &pool).await;
    other_keys(&ground, &pool).await;
    exchange(&ground, &store, &pool).await;
    given_keys(&ground, &pool).await;
    store.close().await;
}

/// One secret in each place there is for one.
async fn fill(store: &Store) {
    let secret = |what: &str| SecretString::from(format!("{CANARY}-{what}"));
    let mut batch = store.begin().await.unwrap();
    for provider in ["airtable", "notion"] {
        let config = ConfigRow { provider: provider.into(), updated_at: NOW.into(), ..ConfigRow::default() };
        batch.put_config(&config).await.unwrap();
        batch.put_secret(store, provider, Some(&secret(provider))).await.unwrap();
    }
    let webhook = WebhookRow {
        id: 0,
        reference: "r".into(),
        title: "t".into(),
        url: "https://example.com".into(),
        events: Vec::new(),
        is_active: true,
        disabled: None,
        created_at: NOW.into(),
        updated_at: NOW.into(),
    };
    batch.add_webhook(store, &webhook, &secret("webhook")).await.unwrap();
    let hint = HintRow {
        provider: "airtable".into(),
        word: "w".into(),
        created_at: NOW.into(),
        ..HintRow::default()
    };
    batch.put_hint(&hint).await.unwrap();
    batch.put_hint_secret(store, "airtable", &secret("hint")).await.unwrap();
    batch.commit().await.unwrap();
    let turn = store.claim_turn("airtable", NOW, LATER, FAR).await.unwrap().unwrap();
    let tokens = GrantTokens {
        access: secret("access"),
        refresh: Some(secret("refresh")),
        obtained_at: NOW.into(),
        expires_at: None,
    };
    assert!(store.put_grant_tokens("airtable", turn, &tokens, NOW).await.unwrap());
    let consent = ConsentRow {
        provider: "airtable".into(),
        verifier: secret("verifier"),
        redirect_uri: "http://127.0.0.1".into(),
        session_hash: "s".into(),
        created_at: NOW.into(),
    };
    store.put_consent("state", &consent, NOW).await.unwrap();
}

async fn sql(pool: &AnyPool, sql: &str) {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(pool).await.unwrap();
}

/// Every Fernet token in any column of any table, wherever it may be.
async fn sealed_anywhere(pool: &AnyPool) -> BTreeSet<String> {
    let columns = match sqlx::query(
        "select m.name as t, p.name as c from sqlite_master m, pragma_table_info(m.name) p \
         where m.type = 'table'",
    )
    .fetch_all(pool)
    .await
    {
        Ok(columns) => columns,
        Err(_) => sqlx::query(
            "select table_name::text as t, column_name::text as c from information_schema.columns \
             where table_schema = 'public' and data_type = 'text'",
        )
        .fetch_all(pool)
        .await
        .unwrap(),
    };
    let mut found = BTreeSet::new();
    for column in columns {
        let (table, column): (String, String) = (column.get("t"), column.get("c"));
        if table == "sealing_keys" {
            continue;
        }
        let select =
            format!("select cast({column} as text) from {table} where cast({column} as text) like 'gAAAA%'");
        let values: Vec<String> = sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(pool).await.unwrap();
        found.extend(values);
    }
    found
}

/// A program that passes by with another key is in nobody's way.
async fn any_key_while_nothing_is_sealed(ground: &Ground) {
    let serving = ground.open_with(Keys::generate().expose_secret()).await.unwrap();
    ground.open_with(Keys::generate().expose_secret()).await.unwrap().close().await;
    let mut batch = serving.begin().await.unwrap();
    let config = ConfigRow { provider: "airtable".into(), updated_at: NOW.into(), ..ConfigRow::default() };
    batch.put_config(&config).await.unwrap();
    batch.put_secret(&serving, "airtable", Some(&SecretString::from(CANARY))).await.unwrap();
    batch.commit().await.unwrap();
    assert!(serving.secret("airtable").await.unwrap().is_some());
    let late = ground.open_with(Keys::generate().expose_secret()).await.err().unwrap();
    assert!(matches!(late, Error::WrongKey(Some(_))), "{late}");
    let mut batch = serving.begin().await.unwrap();
    batch.delete_config("airtable").await.unwrap();
    batch.commit().await.unwrap();
    serving.close().await;
}

/// A value in another row, or in another column of its row, does not open there.
async fn moved_values(store: &Store, pool: &AnyPool) {
    assert_eq!(sealed_anywhere(pool).await.len(), 6);
    let remember = "update connector_configs set base_id = api_token";
    let swap = "update connector_configs set api_token = (select o.base_id from connector_configs o \
                where o.provider <> connector_configs.provider)";
    sql(pool, remember).await;
    sql(pool, swap).await;
    for provider in ["airtable", "notion"] {
        assert!(matches!(store.secret(provider).await, Err(Error::Sealed(_))), "{provider}");
    }
    sql(pool, "update connector_configs set api_token = base_id, base_id = null").await;
    assert!(store.secret("airtable").await.unwrap().is_some());

    sql(pool, "update oauth_grants set updated_at = tokens, tokens = (select verifier from oauth_states)")
        .await;
    assert!(matches!(store.grant_tokens("airtable").await, Err(Error::Sealed(_))));
    sql(pool, "update oauth_grants set tokens = updated_at, updated_at = 'x'").await;
    assert!(store.grant_tokens("airtable").await.unwrap().is_some());
}

/// Refused, and neither the database nor the key file is touched.
async fn other_keys(ground: &Ground, pool: &AnyPool) {
    let (sealed, key) = (sealed_anywhere(pool).await, ground.key());
    let refused = ground.open_with(Keys::generate().expose_secret()).await.err().unwrap();
    assert!(matches!(&refused, Error::WrongKey(Some(_))), "{refused}");
    assert!(!refused.to_string().contains(&key));

    let aside = ground.key.with_extension("aside");
    fs::rename(&ground.key, &aside).unwrap();
    let refused = ground.open().await.err().unwrap();
    assert!(matches!(&refused, Error::KeyMissing(path) if *path == ground.key), "{refused}");
    assert!(!ground.key.exists(), "none is made over it");
    fs::rename(&aside, &ground.key).unwrap();

    // A database from before its keys were known is told by what opens.
    sql(pool, "delete from sealing_keys").await;
    let refused = ground.open_with(Keys::generate().expose_secret()).await.err().unwrap();
    assert!(matches!(refused, Error::WrongKey(None)), "{refused}");
    ground.open().await.unwrap().close().await;
    assert_eq!((sealed_anywhere(pool).await, ground.key()), (sealed, key));
}

async fn rotate(store: &Store) -> u64 {
    let rotation = store.keys().begin_rotation().unwrap();
    let mut batch = store.begin().await.unwrap();
    let count = batch.seal_anew(store).await.unwrap();
    batch.commit().await.unwrap();
    rotation.finish().unwrap();
    count
}

/// A program that has the old key in its memory reads and seals on, before, while and after the key changes.
async fn exchange(ground: &Ground, beside: &Store, pool: &AnyPool) {
    let (before, old) = (sealed_anywhere(pool).await, ground.key());
    let store = ground.open().await.unwrap();
    let rotation = store.keys().begin_rotation().unwrap();
    assert!(store.keys().begin_rotation().is_err(), "one at a time");
    assert!(ground.key().contains(&old), "both are in the file until the end");
    assert!(beside.secret("airtable").await.unwrap().is_some());

    let mut batch = store.begin().await.unwrap();
    assert_eq!(batch.seal_anew(&store).await.unwrap(), 6);
    assert!(beside.secret("notion").await.unwrap().is_some(), "nobody sees half of it");
    // Broken off here, nothing has happened; begun again, it goes through.
    drop(batch);
    if ground.url.starts_with("postgres") {
        gives_way(&store, beside).await;
    }
    assert_eq!(sealed_anywhere(pool).await, before);
    drop(rotation);
    assert_eq!(rotate(&store).await, 6);

    let after = sealed_anywhere(pool).await;
    assert_eq!((after.len(), after.intersection(&before).count()), (6, 0), "no value was forgotten");
    assert_ne!(ground.key(), old);
    assert_eq!(ground.key().lines().count(), 1);
    assert!(beside.secret("airtable").await.unwrap().is_some());
    let mut batch = beside.begin().await.unwrap();
    batch.put_secret(beside, "notion", Some(&SecretString::from(CANARY))).await.unwrap();
    batch.commit().await.unwrap();
    assert!(matches!(ground.open_with(&old).await.err().unwrap(), Error::WrongKey(Some(_))));
    let fresh = ground.open_with(&ground.key()).await.unwrap();
    assert_eq!(fresh.sealed_for_other_keys().await.unwrap(), Vec::<String>::new());
    fresh.close().await;
    store.close().await;
}

/// Somebody who is sealing is not thrown out: the exchange says that it was held up, and is tried again.
async fn gives_way(store: &Store, beside: &Store) {
    let mut sealing = beside.begin().await.unwrap();
    sealing.put_secret(beside, "notion", Some(&SecretString::from(CANARY))).await.unwrap();
    let mut batch = store.begin().await.unwrap();
    let held_up = batch.seal_anew(store).await.err().unwrap();
    assert_eq!(held_up.trouble(), Some(Trouble::Locked), "{held_up}");
    drop((batch, sealing));
}

/// Keys of the environment: the first is to be the only one.
async fn given_keys(ground: &Ground, pool: &AnyPool) {
    let (old, new) = (ground.key(), Keys::generate());
    let both = ground.open_with(&format!("{},{old}", new.expose_secret())).await.unwrap();
    let only_old = ground.open_with(&old).await.err().unwrap();
    assert!(matches!(only_old, Error::WrongKey(_)), "the new one seals by now: {only_old}");
    let only_new = ground.open_with(new.expose_secret()).await.err().unwrap();
    assert!(matches!(only_new, Error::WrongKey(_)), "the old one is still needed: {only_new}");
    let before = sealed_anywhere(pool).await;
    assert!(both.keys().begin_rotation().unwrap().to_be_kept().is_none());
    rotate(&both).await;
    both.close().await;
    let alone = ground.open_with(new.expose_secret()).await.unwrap();
    assert_eq!(sealed_anywhere(pool).await.intersection(&before).count(), 0);

    // A value that no key opens: nothing is changed at all.
    sql(
        pool,
        "update hints set secret = (select api_token from connector_configs where provider = 'notion')",
    )
    .await;
    let before = sealed_anywhere(pool).await;
    let rotation = alone.keys().begin_rotation().unwrap();
    assert!(rotation.to_be_kept().is_some());
    let mut batch = alone.begin().await.unwrap();
    assert!(matches!(batch.seal_anew(&alone).await, Err(Error::Sealed(place)) if place == "hint/airtable"));
    drop(batch);
    assert_eq!(sealed_anywhere(pool).await, before);
    assert_eq!(alone.sealed_for_other_keys().await.unwrap(), ["hint/airtable"]);
    alone.close().await;
}

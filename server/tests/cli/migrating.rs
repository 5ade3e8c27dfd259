//! A program that is killed while it brings an old database up to date.
//!
//! A limit on the size of files kills it: the system ends, without a word, whoever writes beyond it. The further
//! the limit, the later in the steps of the schema that is.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::{AnyPool, AssertSqlSafe};

use crate::ground::KEY;
use crate::program::Program;

/// The deals of the old database.
const DEALS: i64 = 300;

/// What a database is: the last step it has been brought to, and its tables and indexes.
type Schema = (i64, Vec<String>);

async fn pool(path: &Path) -> AnyPool {
    sqlx::any::install_default_drivers();
    AnyPool::connect(&format!("sqlite://{}?mode=rwc", path.display())).await.unwrap()
}

async fn schema(pool: &AnyPool) -> Schema {
    let step =
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(pool).await;
    let made = "select sql from sqlite_schema where sql is not null order by type, name";
    (step.unwrap(), sqlx::query_scalar(made).fetch_all(pool).await.unwrap())
}

async fn deals(pool: &AnyPool) -> i64 {
    sqlx::query_scalar("select count(*) from deals where client = 'Élan'").fetch_one(pool).await.unwrap()
}

/// A database of the first version, with deals in it.
async fn oldest(folder: &Path, migrator: &Migrator) -> std::path::PathBuf {
    let path = folder.join("oldest.db");
    let pool = pool(&path).await;
    migrator.run_to(1, &pool).await.unwrap();
    let row = "insert into deals (client, client_key, montant_brut) values ('Élan', 'élan', 10.05)";
    for _ in 0..DEALS {
        sqlx::query(AssertSqlSafe(row)).execute(&pool).await.unwrap();
    }
    pool.close().await;
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_leaves_a_whole_schema_and_every_row() {
    let migrator = Migrator::new(Path::new("../crates/store/migrations/sqlite")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let oldest = oldest(folder.path(), &migrator).await;
    // What a database of each step looks like that was never killed.
    let mut whole = BTreeMap::new();
    for step in migrator.iter().map(|step| step.version) {
        let pool = pool(&folder.path().join(format!("{step}.db"))).await;
        migrator.run_to(step, &pool).await.unwrap();
        let (step, made) = schema(&pool).await;
        whole.insert(step, made);
    }
    let newest = *whole.keys().next_back().unwrap();

    let mut met = BTreeSet::new();
    // The file beside the database in which readers and writers agree needs the first of it.
    for limit in (10..).map(|piece: u64| piece * 16 * 1_024) {
        let program = Program::new().with("ENCRYPTION_KEY", KEY);
        let data = program.folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let database = data.join("passerelle.db");
        std::fs::copy(&oldest, &database).unwrap();
        std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o600)).unwrap();
        let command = [
            &format!("--fsize={limit}"),
            "--core=0",
            env!("CARGO_BIN_EXE_passerelle"),
            "connections",
            "list",
        ];
        let ended = program.run_by("prlimit", &command);

        let left = pool(&database).await;
        let (step, made) = schema(&left).await;
        assert_eq!(
            (Some(&made), deals(&left).await),
            (whole.get(&step), DEALS),
            "{limit}: between two steps"
        );
        left.close().await;
        met.insert(step);
        if ended.code == 0 {
            assert_eq!(step, newest);
            break;
        }
        assert_eq!((ended.code, ended.out.as_str()), (-1, ""), "{limit}: not killed: {ended:?}");
        // The next start goes on from there.
        for command in [&["connections", "list"] as &[&str], &["doctor"]] {
            let ended = program.run(command);
            assert_eq!(ended.code, 0, "{limit}: {ended:?}");
        }
        let mended = pool(&database).await;
        assert_eq!((schema(&mended).await.0, deals(&mended).await), (newest, DEALS), "{limit}");
    }
    assert!(met.len() > 4, "only killed at {met:?}");
}

//! Where the program of a sweep keeps what it knows, and all that a thief of it could read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

use store::testing::TempPostgres;

use super::needles::Needles;
use super::planted;
use crate::program::Program;

/// A database.
pub(super) enum Kept {
    /// A file in the program's folder.
    Sqlite,
    /// A server, which asks nobody for the password it is told.
    Postgres(TempPostgres),
}

impl Kept {
    pub(super) fn in_a_file() -> Kept {
        Kept::Sqlite
    }

    pub(super) fn in_postgresql() -> Kept {
        Kept::Postgres(TempPostgres::start().unwrap())
    }

    /// The program that keeps things there. The password of the database is a secret like any other.
    pub(super) fn used_by(&self, program: Program, needles: &mut Needles) -> Program {
        let Kept::Postgres(postgres) = self else { return program };
        let password = planted("database");
        needles.add(&password);
        let url = postgres.url().replacen("test@", &format!("test:{password}@"), 1);
        assert!(url.contains(&password), "{url}");
        program.with("DATABASE_URL", &url)
    }

    /// Searches the program's folder, and what the database says when it is asked for everything.
    pub(super) fn search(&self, needles: &Needles, folder: &Path) {
        let files = needles.search_files(folder);
        match self {
            Kept::Sqlite => assert!(files >= 1, "no database in {}", folder.display()),
            Kept::Postgres(postgres) => {
                let rows = said_by("pg_dump", &["--inserts", "--dbname", postgres.url()]);
                needles.search("the database", &rows);
            }
        }
    }

    /// Searches a backup; PostgreSQL's is packed.
    pub(super) fn search_backup(&self, needles: &Needles, backup: &Path) {
        let text = match self {
            Kept::Sqlite => std::fs::read(backup).unwrap(),
            Kept::Postgres(_) => said_by("pg_restore", &["--file", "-", &backup.display().to_string()]),
        };
        assert!(text.len() > 10_000, "the backup is {} bytes", text.len());
        needles.search("the backup", &text);
    }

    /// Searches what a server leaves on its disk: tables, the log it recovers from, and what it says itself.
    pub(super) fn search_ended(self, needles: &Needles) {
        let Kept::Postgres(postgres) = self else { return };
        postgres.crash().unwrap();
        assert!(needles.search_files(&postgres.folder().join("data")) > 100);
        needles.search("PostgreSQL's log", &std::fs::read(postgres.folder().join("log")).unwrap());
    }
}

/// What a program of PostgreSQL's writes.
fn said_by(program: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What lies there as plain text is found where a thief would find it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_in_postgresql_is_found() {
    let (kept, secret) = (Kept::in_postgresql(), planted("plain"));
    let mut needles = Needles::new();
    needles.add(&secret);
    let folder = tempfile::tempdir().unwrap();
    let Kept::Postgres(postgres) = &kept else { return };
    let pool = sqlx::PgPool::connect(postgres.url()).await.unwrap();
    sqlx::query("create table kept (secret text)").execute(&pool).await.unwrap();
    kept.search(&needles, folder.path());
    sqlx::query("insert into kept values ($1)").bind(&secret).execute(&pool).await.unwrap();
    pool.close().await;
    let asked = catch_unwind(AssertUnwindSafe(|| kept.search(&needles, folder.path())));
    let on_disk = catch_unwind(AssertUnwindSafe(|| kept.search_ended(&needles)));
    assert!(asked.is_err() && on_disk.is_err());
}

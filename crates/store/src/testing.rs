//! A PostgreSQL server of a test's own, in a temporary folder on a free port.

use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A running server; it is stopped and its folder removed when this is dropped.
pub struct TempPostgres {
    folder: TempDir,
    bin: PathBuf,
    port: u16,
    url: String,
}

impl TempPostgres {
    /// Makes a cluster and starts it. As root it runs as the system's user `postgres`.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or does not start.
    pub fn start() -> io::Result<TempPostgres> {
        let folder = tempfile::Builder::new().prefix("passerelle-pg-").tempdir()?;
        let bin =
            find_bin().ok_or_else(|| io::Error::other("PostgreSQL is not installed: no initdb found"))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        let postgres =
            TempPostgres { folder, bin, port, url: format!("postgres://test@127.0.0.1:{port}/postgres") };
        run(postgres
            .command("initdb")
            .args(["-A", "trust", "-U", "test", "-E", "UTF8", "--no-sync", "-D"])
            .arg(&data))?;
        postgres.start_again()?;
        Ok(postgres)
    }

    /// Ends it as a crash would.
    ///
    /// # Errors
    /// It does not run.
    pub fn crash(&self) -> io::Result<()> {
        let data = self.folder.path().join("data");
        run(self.command("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(data)).map(drop)
    }

    /// Starts it where it was, after it ended.
    ///
    /// # Errors
    /// It does not start.
    pub fn start_again(&self) -> io::Result<()> {
        let folder = self.folder.path();
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off",
            self.port,
            folder.display()
        );
        let mut start = self.command("pg_ctl");
        start.args(["start", "-w", "-o", &options, "-l"]).arg(folder.join("log"));
        run(start.arg("-D").arg(folder.join("data"))).map(drop)
    }

    /// Where it listens, for `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it is: its tables in `data`, what it says of itself in `log`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for TempPostgres {
    fn drop(&mut self) {
        // The folder goes away next; a server that does not stop cannot be helped here.
        let _ = self.crash();
    }
}

fn run(command: &mut Command) -> io::Result<Output> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("{command:?}: {} {said}", output.status)))
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0)
}

/// The newest of Debian's versions, else what is on the path.
fn find_bin() -> Option<PathBuf> {
    let has_initdb = |folder: &PathBuf| folder.join("initdb").exists();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|e| e.path().join("bin")).filter(has_initdb).collect())
        .unwrap_or_default();
    versions.sort();
    versions.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|p| Path::new(&p).to_path_buf()).find(has_initdb)
    })
}

/// Two tests of one story, which is told the address of a database: one on SQLite, one on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($tell:ident) => {
        #[tokio::test]
        async fn on_sqlite() {
            let folder = tempfile::tempdir().unwrap();
            $tell(&format!("sqlite://{}", folder.path().join("passerelle.db").display())).await;
        }

        #[tokio::test]
        async fn on_postgresql() {
            let postgres = $crate::testing::TempPostgres::start().unwrap();
            $tell(postgres.url()).await;
        }
    };
}

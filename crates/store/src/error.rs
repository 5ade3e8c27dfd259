//! What can go wrong with the database.

use std::path::PathBuf;

/// A database operation that failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine said no.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// SQLite said no to a load.
    #[error("database: {0}")]
    Load(#[from] rusqlite::Error),
    /// The thread a load worked on ended before its work did.
    #[error("the load was broken off")]
    Stopped,
    /// The tables could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value is not what this program writes.
    #[error("stored {what} cannot be read: {value}")]
    Corrupt {
        /// Which value.
        what: &'static str,
        /// Its text; never a secret.
        value: String,
    },
    /// A secret cannot be opened with the keys at hand.
    #[error("the stored secret of {0} cannot be opened with this ENCRYPTION_KEY")]
    Sealed(String),
    /// The key is not one.
    #[error("ENCRYPTION_KEY: {0}")]
    Key(String),
    /// What is sealed in the database was sealed with a key that is not at hand.
    #[error("the secrets of this database were sealed with another key (fingerprint {})", .0.as_deref().unwrap_or("unknown"))]
    WrongKey(Option<String>),
    /// The database holds sealed secrets, and the file with their key is not there.
    #[error("{}: the key file is missing, and the database holds secrets sealed with its key", .0.display())]
    KeyMissing(PathBuf),
    /// Everybody on this machine can read the key.
    #[error("{}: the key file is open to others (mode {mode:o})", path.display())]
    KeyExposed {
        /// The key file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// Another process is replacing the key.
    #[error("the key is being replaced by another process")]
    KeyBusy,
    /// Another process replaced the key, and the new one is not at hand here.
    #[error("the key was replaced (fingerprint {0}) and this process does not have the new one")]
    KeyReplaced(String),
    /// The database was made by a later version of the program.
    #[error("the database has version {database}, this program knows up to {program}")]
    Later {
        /// Its last migration.
        database: i64,
        /// The last migration this program has.
        program: i64,
    },
    /// A program for backups is not installed.
    #[error("{0} is not installed")]
    NoTool(&'static str),
    /// A program for backups failed.
    #[error("{program}: {said}")]
    Tool {
        /// Its name.
        program: &'static str,
        /// What it said.
        said: String,
    },
    /// A file that was to be made is there already.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A file is no backup of this program's, or is damaged.
    #[error("the file is no backup, or is damaged")]
    NotABackup,
    /// A program works on the database.
    #[error("a program works on the database")]
    InUse,
    /// A database that was to be replaced holds data.
    #[error("the database holds data")]
    HoldsData,
    /// A file of the database could not be made.
    #[error("{path}: {source}")]
    File {
        /// Its path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

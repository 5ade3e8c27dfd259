//! What can go wrong with the database.

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
    /// A file of the database could not be made.
    #[error("{path}: {source}")]
    File {
        /// Its path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

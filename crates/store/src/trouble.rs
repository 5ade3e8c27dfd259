//! What a person can mend when the database fails: its disk, its permissions, its server.

use crate::Error;

/// Why a database could not do its work, where that is not the program's fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no more room where it is kept, or the disk refuses.
    Disk,
    /// It may be read but not written.
    ReadOnly,
    /// Another program keeps it for itself.
    Locked,
    /// Its server does not answer.
    Gone,
    /// What is in its file is not a database, or no longer a whole one.
    Broken,
}

impl Error {
    /// The trouble behind it, if it is one.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Error::Database(sqlx::Error::Database(error)) => of_code(&error.code()?),
            Error::Database(
                sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed,
            ) => Some(Trouble::Gone),
            Error::Load(rusqlite::Error::SqliteFailure(error, _)) => of_sqlite(error.extended_code.into()),
            Error::Migration(sqlx::migrate::MigrateError::Execute(sqlx::Error::Database(error))) => {
                of_code(&error.code()?)
            }
            Error::File { source, .. } => of_file(source),
            _ => None,
        }
    }
}

/// SQLite gives numbers, PostgreSQL five characters: <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
fn of_code(code: &str) -> Option<Trouble> {
    match code {
        // disk_full, too_many_connections aside
        "53100" => Some(Trouble::Disk),
        "25006" => Some(Trouble::ReadOnly),
        "55P03" | "40P01" => Some(Trouble::Locked),
        // admin_shutdown, crash_shutdown, cannot_connect_now; class 08 is about the connection
        "57P01" | "57P02" | "57P03" => Some(Trouble::Gone),
        code if code.len() == 5 && code.starts_with("08") => Some(Trouble::Gone),
        code if code.len() == 5 => None,
        code => of_sqlite(code.parse().ok()?),
    }
}

/// The lowest byte is the kind: <https://www.sqlite.org/rescode.html>.
fn of_sqlite(code: i64) -> Option<Trouble> {
    match code & 0xff {
        5 | 6 => Some(Trouble::Locked),
        8 => Some(Trouble::ReadOnly),
        10 | 13 => Some(Trouble::Disk),
        // CANTOPEN: its folder cannot be written.
        14 => Some(Trouble::ReadOnly),
        11 | 26 => Some(Trouble::Broken),
        _ => None,
    }
}

fn of_file(error: &std::io::Error) -> Option<Trouble> {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Some(Trouble::Disk),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Some(Trouble::ReadOnly),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_engines_are_told_apart() {
        for (code, trouble) in [
            ("13", Some(Trouble::Disk)),
            ("778", Some(Trouble::Disk)),
            ("8", Some(Trouble::ReadOnly)),
            ("1544", Some(Trouble::ReadOnly)),
            ("517", Some(Trouble::Locked)),
            ("11", Some(Trouble::Broken)),
            ("1555", None),
            ("53100", Some(Trouble::Disk)),
            ("57P01", Some(Trouble::Gone)),
            ("08006", Some(Trouble::Gone)),
            ("23505", None),
        ] {
            assert_eq!(of_code(code), trouble, "{code}");
        }
    }
}

//! PostgreSQL's own programs for backups, where they are installed.
//!
//! The password goes in by the environment: a command line can be read by everybody on the machine.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Error, Result};

/// Writes a database in PostgreSQL's own format.
pub(crate) fn dump(url: &str, to: &Path) -> Result<()> {
    run("pg_dump", url, |command| command.args(["--format=custom", "--no-owner", "--file"]).arg(to))
}

/// Whether a file is such a backup.
pub(crate) fn check(from: &Path) -> Result<()> {
    let mut command = Command::new("pg_restore");
    command.arg("--list").arg(from);
    end("pg_restore", command)
}

/// Puts a backup in the place of what a database holds, in one transaction.
pub(crate) fn restore(url: &str, from: &Path) -> Result<()> {
    run("pg_restore", url, |command| {
        command
            .args(["--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner"])
            .arg(from)
    })
}

fn run(program: &'static str, url: &str, args: impl Fn(&mut Command) -> &mut Command) -> Result<()> {
    let mut command = Command::new(program);
    let (url, password) = without_password(url);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    args(command.arg("--dbname").arg(url));
    end(program, command)
}

fn end(program: &'static str, mut command: Command) -> Result<()> {
    let ended = command.stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::NoTool(program),
        _ => Error::File { path: program.to_owned(), source: error },
    })?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr).trim().to_owned();
    Err(Error::Tool { program, said })
}

/// The address without its password, and the password as it is.
fn without_password(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((user, host)) = authority.rsplit_once('@') else { return (url.to_owned(), None) };
    let Some((user, password)) = user.split_once(':') else { return (url.to_owned(), None) };
    let after = rest.get(authority.len()..).unwrap_or_default();
    (format!("{scheme}://{user}@{host}{after}"), Some(decoded(password)))
}

/// Percent signs and what they stand for.
fn decoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        match piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(piece.get(2..).unwrap_or_default().as_bytes());
            }
            None => {
                bytes.push(b'%');
                bytes.extend_from_slice(piece.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_leaves_the_address() {
        for (url, expected, password) in [
            ("postgres://db/x", "postgres://db/x", None),
            ("postgres://me@db:5432/x?sslmode=require", "postgres://me@db:5432/x?sslmode=require", None),
            ("postgres://me:p%40ss%25@db/x?a=b@c", "postgres://me@db/x?a=b@c", Some("p@ss%")),
            ("postgresql://me:é%C3%A9@db", "postgresql://me@db", Some("éé")),
        ] {
            assert_eq!(without_password(url), (expected.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}

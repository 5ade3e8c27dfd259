//! Small pieces of SQL text that depend on how many rows there are, and values as they stand in rows.

use std::fmt::Write;

use model::Text;
use model::canonical::Entity;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// How many rows go into one statement, well under both engines' limits of bound values.
pub(crate) const CHUNK: usize = 200;

/// How an engine wants the places of bound values written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `?`, in the order of the text. SQLite knows `$1` too, but keeps it as a name: looking up the
    /// names of a long list costs its square.
    Sqlite,
    /// `$1`, `$2`…
    Postgres,
}

impl Dialect {
    fn place(self, sql: &mut String, number: usize) {
        match self {
            Dialect::Sqlite => sql.push('?'),
            // Writing to a String cannot fail.
            Dialect::Postgres => drop(write!(sql, "${number}")),
        }
    }

    /// `($1, $2), ($3, $4)` for `rows` rows of these expressions, where `?` stands for the next value.
    ///
    /// `rows(2, &["?", "? / 100.0"])` is `($1, $2 / 100.0), ($3, $4 / 100.0)`.
    pub(crate) fn rows(self, rows: usize, expressions: &[&str]) -> String {
        let mut sql = String::with_capacity(rows * expressions.len() * 6);
        let mut next = 1;
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { "), (" });
            for (i, expression) in expressions.iter().enumerate() {
                if i > 0 {
                    sql.push_str(", ");
                }
                match expression.split_once('?') {
                    Some((before, after)) => {
                        sql.push_str(before);
                        self.place(&mut sql, next);
                        sql.push_str(after);
                        next += 1;
                    }
                    None => sql.push_str(expression),
                }
            }
        }
        sql.push(')');
        sql
    }

    /// `$3, $4, $5`: `count` places from `first` on. On SQLite they must stand in the order in which
    /// the values are bound.
    pub(crate) fn list(self, first: usize, count: usize) -> String {
        let mut sql = String::with_capacity(count * 5);
        for i in first..first + count {
            if i > first {
                sql.push_str(", ");
            }
            self.place(&mut sql, i);
        }
        sql
    }

    /// The seconds from one instant, as tables keep it, to another.
    pub(crate) fn seconds(self, from: &str, to: &str) -> String {
        match self {
            Dialect::Sqlite => format!("(julianday({to}) - julianday({from})) * 86400.0"),
            Dialect::Postgres => {
                format!("extract(epoch from cast({to} as timestamptz) - cast({from} as timestamptz))")
            }
        }
    }

    /// The function that tells where a text stands in another, from 1; 0 when it does not.
    pub(crate) fn position(self) -> &'static str {
        match self {
            Dialect::Sqlite => "instr",
            Dialect::Postgres => "strpos",
        }
    }

    /// One place.
    pub(crate) fn one(self, number: usize) -> String {
        self.list(number, 1)
    }
}

/// `$3, $4, $5`, which both engines understand in any order: for short lists.
pub(crate) fn numbered(first: usize, count: usize) -> String {
    Dialect::Postgres.list(first, count)
}

/// A number of rows as the engines count them.
pub(crate) fn count(number: i64) -> u64 {
    number.try_into().unwrap_or(0)
}

/// A number of rows as the engines take it.
pub(crate) fn number(count: u64) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

/// The canonical table of that name, as rows of other tables hold it.
pub(crate) fn entity(name: String) -> Result<Entity> {
    Entity::from_name(&name).ok_or(Error::Corrupt { what: "entity", value: name })
}

/// A value kept as JSON; `what` names it when it cannot be read.
pub(crate) fn json<T: DeserializeOwned>(text: Option<String>, what: &'static str) -> Result<Option<T>> {
    text.map(|t| serde_json::from_str(&t).map_err(|_| Error::Corrupt { what, value: t })).transpose()
}

/// A sentence in both languages, as rows keep it.
pub(crate) fn text_json(text: &Text) -> String {
    serde_json::json!(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn places_are_numbered_through() {
        let row = ["?", "? / 100.0"];
        assert_eq!(Dialect::Postgres.rows(2, &row), "($1, $2 / 100.0), ($3, $4 / 100.0)");
        assert_eq!(Dialect::Sqlite.rows(2, &row), "(?, ? / 100.0), (?, ? / 100.0)");
        assert_eq!(
            (Dialect::Postgres.list(3, 2), Dialect::Sqlite.list(3, 2)),
            ("$3, $4".into(), "?, ?".into())
        );
    }
}

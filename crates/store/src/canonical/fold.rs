//! The SQL function `fold`: a text without case, accents and what separates words. PostgreSQL has it from
//! a migration; SQLite, whose own `lower` knows ASCII only, is given it with each connection.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// Makes `fold` known to a connection. Nothing at all is an empty text.
pub(super) fn teach(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("fold", 1, flags, |call| {
        Ok(call.get::<Option<String>>(0)?.map(|words| model::fold::fold(&words)).unwrap_or_default())
    })
}

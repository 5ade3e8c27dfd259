//! The SQL and the text of a COPY, and of the merge that follows it.

use std::collections::HashMap;
use std::fmt::Write;

use model::canonical::{Cell, RowBatch};

use super::load::Target;
use super::statements::columns;

/// Each row of a portion is looked up by the key. What the engine knows of the table's size lags behind
/// while it grows, and would have it read the whole table for every portion. What is forbidden counts as
/// costly, and costly statements are compiled, which takes longer than to carry them out.
pub(super) const BY_KEY: &str = "set local enable_seqscan = off; set local enable_hashjoin = off; \
                                 set local enable_mergejoin = off; set local jit = off;";

/// An empty temporary table with the columns of these rows, emptied when the transaction ends.
pub(super) fn staging(rows: &RowBatch) -> String {
    let (name, table) = (name(rows), rows.entity.table());
    format!(
        "create temporary table if not exists {name} on commit delete rows as \
         select {} from {table} with no data",
        columns(&rows.fields)
    )
}

/// The COPY into it.
pub(super) fn copy(rows: &RowBatch) -> String {
    format!("copy {} ({}) from stdin", name(rows), columns(&rows.fields))
}

/// Changes the rows that are there and differ.
pub(super) fn update(rows: &RowBatch) -> String {
    let (name, table, key) = (name(rows), rows.entity.table(), rows.entity.key().name);
    let mut sets = String::new();
    for field in rows.fields.iter().skip(1) {
        sets.push_str(&format!("{0} = new.{0}, ", field.name));
    }
    format!(
        "update {table} set {sets}run_id = new.run_id, content_hash = new.content_hash from {name} new \
         where {table}.scope_id = new.scope_id and {table}.{key} = new.{key} \
         and {table}.content_hash <> new.content_hash"
    )
}

/// Adds the rows that are not there. A connection has one run at a time, so nobody adds them meanwhile;
/// asking first is cheaper than preparing every row for a conflict.
pub(super) fn insert(rows: &RowBatch) -> String {
    let (name, table, key) = (name(rows), rows.entity.table(), rows.entity.key().name);
    let columns = columns(&rows.fields);
    format!(
        "insert into {table} ({columns}) select {columns} from {name} new where not exists \
         (select 1 from {table} old where old.scope_id = new.scope_id and old.{key} = new.{key})"
    )
}

/// The temporary table's name: one for each set of columns, as files of one kind may differ in them.
pub(super) fn name(rows: &RowBatch) -> String {
    let mut name = format!("load_{}_", rows.entity.table());
    for field in rows.entity.fields() {
        let there = rows.fields.iter().any(|f| f.name == field.name);
        name.push(if there { '1' } else { '0' });
    }
    name
}

/// Writes the rows as COPY reads them. Of rows with one key only the last is written; returns how many
/// were left out.
pub(super) fn copy_text(target: Target, rows: &RowBatch, text: &mut String) -> u64 {
    let last: HashMap<&str, usize> = (0..rows.len()).map(|i| (rows.key(i), i)).collect();
    let mut left_out = 0;
    for i in 0..rows.len() {
        if last.get(rows.key(i)) != Some(&i) {
            left_out += 1;
            continue;
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{}", target.scope);
        for cell in rows.row(i) {
            text.push('\t');
            match *cell {
                Cell::Empty => text.push_str("\\N"),
                Cell::Int(number) => {
                    let _ = write!(text, "{number}");
                }
                Cell::Real(number) => {
                    let _ = write!(text, "{number}");
                }
                cell @ Cell::Text(..) => escape(rows.text(cell).unwrap_or_default(), text),
            }
        }
        let _ = writeln!(text, "\t{}\t{}", target.run, rows.hash(i));
    }
    left_out
}

fn escape(value: &str, text: &mut String) {
    if !value.bytes().any(|b| matches!(b, b'\\' | b'\t' | b'\n' | b'\r')) {
        text.push_str(value);
        return;
    }
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_ends_a_value_or_a_row_is_escaped() {
        let mut text = String::new();
        escape("a\tb\\N\r\né", &mut text);
        assert_eq!(text, "a\\tb\\\\N\\r\\né");
    }
}

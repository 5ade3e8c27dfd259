//! SQL text that follows from an entity and the fields its source has.

use model::canonical::{Entity, Field, RowBatch};

/// The columns of a row as it is written: its scope, its fields, its run and its hash.
pub(super) fn columns(fields: &[&'static Field]) -> String {
    let mut columns = String::from("scope_id");
    for field in fields {
        columns.push_str(", ");
        columns.push_str(field.name);
    }
    columns.push_str(", run_id, content_hash");
    columns
}

/// How many columns [`columns`] names.
pub(super) fn width(fields: &[&'static Field]) -> usize {
    fields.len() + 3
}

/// The hash of the row with that scope and key.
pub(super) fn find(entity: Entity) -> String {
    format!("select content_hash from {} where scope_id = ?1 and {} = ?2", entity.table(), entity.key().name)
}

/// A new row, its values in the order of [`columns`].
pub(super) fn insert(rows: &RowBatch) -> String {
    let places = vec!["?"; width(&rows.fields)].join(", ");
    format!("insert into {} ({}) values ({places})", rows.entity.table(), columns(&rows.fields))
}

/// An existing row, its values numbered in the order of [`columns`].
pub(super) fn update(rows: &RowBatch) -> String {
    let key = rows.entity.key().name;
    let mut sets = String::new();
    for (field, number) in rows.fields.iter().zip(2..).skip(1) {
        sets.push_str(&format!("{} = ?{number}, ", field.name));
    }
    let run = rows.fields.len() + 2;
    let hash = run + 1;
    format!(
        "update {} set {sets}run_id = ?{run}, content_hash = ?{hash} where scope_id = ?1 and {key} = ?2",
        rows.entity.table()
    )
}

/// Counts added to a run; the places are processed to failed, then the run's id. As in the statements
/// below they stand in the order of the text: SQLite numbers `$1` by where it stands.
pub(super) const ADVANCE: &str = "update sync_logs set records_processed = records_processed + $1, records_created = records_created + $2, \
     records_updated = records_updated + $3, records_unchanged = records_unchanged + $4, \
     records_failed = records_failed + $5 where id = $6";

/// The same counts added to a table of the run: run, table, processed to failed.
pub(super) const ADVANCE_TABLE: &str = "insert into run_tables (run_id, entity, processed, created, updated, unchanged, failed) \
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (run_id, entity) do update \
     set processed = run_tables.processed + excluded.processed, created = run_tables.created + excluded.created, \
     updated = run_tables.updated + excluded.updated, unchanged = run_tables.unchanged + excluded.unchanged, \
     failed = run_tables.failed + excluded.failed";

/// A refused row: run, entity, source, place, column, reason.
pub(super) const REFUSE: &str = "insert into refused_rows (run_id, entity, source, place, column_name, reason) \
                                 values ($1, $2, $3, $4, $5, $6)";

/// A file read to its end: scope, entity, name, mark, run, time.
pub(super) const MARK: &str = "insert into source_files (scope_id, entity, name, mark, run_id, read_at) values ($1, $2, $3, $4, $5, $6) \
     on conflict (scope_id, entity, name) do update \
     set mark = excluded.mark, run_id = excluded.run_id, read_at = excluded.read_at";

//! Rows of a dataset as a Parquet file, typed by its columns, written group by group into a temporary file.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::sync::Arc;

use chrono::NaiveDate;
use model::dataset::{Cells, Column, ColumnType, DataValue, cells, value};
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use store::StoredRow;

/// Rows of a group: what is in memory at a time.
pub(super) const GROUP: usize = 10_000;

/// A file that is being written.
pub(super) struct ParquetFile {
    columns: Vec<Column>,
    writer: SerializedFileWriter<File>,
}

impl ParquetFile {
    /// Begins a temporary file, which is gone when it is closed.
    pub(super) fn begin(columns: Vec<Column>) -> Result<ParquetFile> {
        let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_>>()?;
        let schema = Type::group_type_builder("dataset").with_fields(fields).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = tempfile::tempfile()?;
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
        Ok(ParquetFile { columns, writer })
    }

    /// Writes rows as a group.
    pub(super) fn write(&mut self, rows: &[StoredRow]) -> Result<()> {
        // Only objects are stored.
        let rows: Vec<Cells<'_>> = rows.iter().map(|row| cells(&row.content).unwrap_or_default()).collect();
        let mut group = self.writer.next_row_group()?;
        for column in &self.columns {
            write_column(&mut group, column, &rows)?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file; it is read from its beginning.
    pub(super) fn end(self) -> Result<File> {
        let mut file = self.writer.into_inner()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

fn field(column: &Column) -> Result<Type> {
    let (physical, logical) = match column.kind {
        ColumnType::Boolean => (Physical::BOOLEAN, None),
        ColumnType::Integer => (Physical::INT64, None),
        ColumnType::Number => (Physical::DOUBLE, None),
        ColumnType::Date => (Physical::INT32, Some(LogicalType::Date)),
        ColumnType::DateTime => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
        ColumnType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnType::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn write_column(
    group: &mut SerializedRowGroupWriter<'_, File>,
    column: &Column,
    rows: &[Cells<'_>],
) -> Result<()> {
    match column.kind {
        ColumnType::Boolean => put::<BoolType>(group, column, rows, |value| match value {
            DataValue::Boolean(yes) => Some(yes),
            _ => None,
        }),
        ColumnType::Integer => put::<Int64Type>(group, column, rows, |value| match value {
            DataValue::Integer(number) => Some(number),
            _ => None,
        }),
        ColumnType::Number => put::<DoubleType>(group, column, rows, |value| match value {
            DataValue::Number(number) => Some(number),
            _ => None,
        }),
        ColumnType::Date => put::<Int32Type>(group, column, rows, |value| match value {
            DataValue::Date(day) => i32::try_from((day - NaiveDate::default()).num_days()).ok(),
            _ => None,
        }),
        ColumnType::DateTime => put::<Int64Type>(group, column, rows, |value| match value {
            DataValue::DateTime(at) => Some(at.timestamp_micros()),
            _ => None,
        }),
        ColumnType::Text | ColumnType::Json => {
            put::<ByteArrayType>(group, column, rows, |value| match value {
                DataValue::Text(text) => Some(ByteArray::from(text.as_ref())),
                DataValue::Json(json) => Some(ByteArray::from(json)),
                _ => None,
            })
        }
    }
}

fn put<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    column: &Column,
    rows: &[Cells<'_>],
    read: impl Fn(DataValue<'_>) -> Option<T::T>,
) -> Result<()> {
    let found =
        rows.iter().map(|cells| cells.get(&column.name).and_then(|cell| value(column, cell)).and_then(&read));
    let (mut values, mut levels) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for value in found {
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    if let Some(mut writer) = group.next_column()? {
        writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
        writer.close()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::dataset::Shape;
    use parquet::file::reader::FileReader;
    use parquet::file::serialized_reader::SerializedFileReader;

    use super::*;

    #[test]
    fn values_come_back_in_their_types() {
        let contents = [
            r#"{"id": 9007199254740993, "n": 1.5, "ok": true, "d": "2026-11-21", "t": "Élan", "l": [1]}"#,
            r#"{"id": 2, "n": null, "at": "2026-11-21T08:30:00+01:00", "t": "", "a": {"b": "x"}}"#,
        ];
        let mut shape = Shape::default();
        for content in contents {
            shape.take(&cells(content).unwrap_or_default(), false);
        }
        let row = |content: &&str| StoredRow { place: 1, key: String::new(), content: (*content).to_owned() };
        let rows: Vec<StoredRow> = contents.iter().map(row).collect();
        let mut file = ParquetFile::begin(shape.columns()).expect("a temporary file");
        file.write(&rows).expect("a group");
        file.write(&rows[..1]).expect("another group");
        let reader = SerializedFileReader::new(file.end().expect("the end")).expect("a Parquet file");
        assert_eq!(reader.metadata().num_row_groups(), 2);
        let read: Vec<String> =
            reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
        let first = "{id: 9007199254740993, n: 1.5, ok: true, d: 2026-11-21, t: \"Élan\", l: \"[1]\", at: null, a.b: null}";
        let second = "{id: 2, n: null, ok: null, d: null, t: null, l: null, \
                      at: 2026-11-21 07:30:00.000000 +00:00, a.b: \"x\"}";
        assert_eq!(read, [first, second, first]);
    }
}

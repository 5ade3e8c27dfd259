//! Records seen as rows of anything: a JSON object per record, by the names people see.

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::dataset::Row;
use model::{Record, StreamSchema, Value};
use serde_json::{Map, Value as Json};

use crate::connector::{Page, RowPage};
use crate::error::Result;

/// The pages of a listing as pages of rows.
pub(crate) fn of_records<'a>(
    pages: BoxStream<'a, Result<Page>>,
    stream: &'a StreamSchema,
) -> BoxStream<'a, Result<RowPage>> {
    let to_rows = move |page: Page| {
        let rows: Vec<Row> = page.records.into_iter().map(|record| row(record, stream)).collect();
        let bytes = rows.iter().map(|row| row.content.len() as u64).sum();
        RowPage { rows, bytes, ..RowPage::default() }
    };
    pages.map(move |page| page.map(to_rows)).boxed()
}

fn row(mut record: Record, stream: &StreamSchema) -> Row {
    let mut content = Map::new();
    for field in &stream.fields {
        let value = record.fields.remove(field.id.as_str()).and_then(json);
        content.extend(value.map(|value| (field.name.clone(), value)));
    }
    Row { id: Some(record.id), content: Json::Object(content).to_string() }
}

/// What a field holds; nothing where it cannot be read.
fn json(value: Value) -> Option<Json> {
    Some(match value {
        Value::Empty => Json::Null,
        Value::Text(text) => Json::String(text),
        // A double without fraction that fits is a whole number, as services write them.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Json::from(number as i64),
        Value::Number(number) => Json::from(number),
        Value::Bool(yes) => Json::Bool(yes),
        Value::Date(day) => Json::String(day.to_string()),
        Value::DateTime(instant) => Json::String(instant.to_rfc3339()),
        Value::List(values) => Json::Array(values.into_iter().filter_map(json).collect()),
        Value::Unreadable(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::{StreamField, ValueKind};

    use super::*;

    #[test]
    fn a_record_is_an_object_by_the_names_people_see() {
        let field = |id: &str, name: &str| StreamField {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: ValueKind::Text,
            native_type: String::new(),
            writable: false,
            options: Vec::new(),
            makes_options: false,
        };
        let names = [("f1", "Nom"), ("f2", "Montant"), ("f3", "Lu"), ("f4", "Vide"), ("f5", "Absent")];
        let fields = names.map(|(id, name)| field(id, name)).to_vec();
        let stream = StreamSchema { id: "t".to_owned(), name: "T".to_owned(), fields };
        let held = [
            ("f1", Value::Text("Cave".to_owned())),
            ("f2", Value::Number(12.0)),
            ("f3", Value::Unreadable("#ERROR".to_owned())),
            ("f4", Value::Empty),
        ];
        let fields: BTreeMap<_, _> = held.into_iter().map(|(id, value)| (id.into(), value)).collect();
        let row = row(Record { id: "rec1".to_owned(), modified_at: None, fields }, &stream);
        assert_eq!(row.id.as_deref(), Some("rec1"));
        assert_eq!(row.content, r#"{"Montant":12,"Nom":"Cave","Vide":null}"#);
    }
}

//! A record seen as a row of anything: a JSON object by the names people see.

use serde_json::{Map, Value as Json};

use super::Row;
use crate::record::Record;
use crate::schema::StreamField;
use crate::value::Value;

impl Row {
    /// A record of a service. What cannot be read, and what is not known, is left out.
    pub fn of_record(record: &Record, fields: &[StreamField]) -> Row {
        let held = |field: &StreamField| {
            let value = record.fields.get(field.id.as_str()).and_then(json)?;
            Some((field.name.clone(), value))
        };
        let content: Map<String, Json> = fields.iter().filter_map(held).collect();
        Row { id: Some(record.id.clone()), content: Json::Object(content).to_string() }
    }
}

/// What a field holds; nothing where it cannot be read.
fn json(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Empty => Json::Null,
        Value::Text(text) => Json::String(text.clone()),
        // A double without fraction that fits is a whole number, as services write them.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Json::from(*number as i64),
        Value::Number(number) => Json::from(*number),
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Date(day) => Json::String(day.to_string()),
        Value::DateTime(instant) => Json::String(instant.to_rfc3339()),
        Value::List(values) => Json::Array(values.iter().filter_map(json).collect()),
        Value::Unreadable(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::schema::ValueKind;

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
            stands_for: BTreeMap::new(),
        };
        let names = [("f1", "Nom"), ("f2", "Montant"), ("f3", "Lu"), ("f4", "Vide"), ("f5", "Absent")];
        let fields = names.map(|(id, name)| field(id, name)).to_vec();
        let columns = fields;
        let held = [
            ("f1", Value::Text("Cave".to_owned())),
            ("f2", Value::Number(12.0)),
            ("f3", Value::Unreadable("#ERROR".to_owned())),
            ("f4", Value::Empty),
        ];
        let fields: BTreeMap<_, _> = held.into_iter().map(|(id, value)| (id.into(), value)).collect();
        let record = Record { id: "rec1".to_owned(), modified_at: None, fields };
        let row = Row::of_record(&record, &columns);
        assert_eq!(row.id.as_deref(), Some("rec1"));
        assert_eq!(row.content, r#"{"Montant":12,"Nom":"Cave","Vide":null}"#);
    }
}

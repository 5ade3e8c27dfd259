//! A record as the API shows it.

use serde_json::{Map, Value, json};

use super::Entity;
use super::defaults::moment;
use super::field::Form;
use super::state::{Record, World};

/// A record with all its fields; empty ones are `null`.
pub(super) fn record(world: &World, entity: Entity, id: i64, record: &Record) -> Value {
    let (mut shown, mut custom) = (Map::new(), Map::new());
    for field in &world.set(entity).fields {
        let value = match field.code.as_str() {
            "id" => json!(id),
            "add_time" => moment(record.added),
            "update_time" => moment(record.updated),
            code => match record.values.get(code) {
                Some(value) => value.clone(),
                None if !field.is_custom && matches!(field.form, Form::Choices | Form::Contacts) => json!([]),
                None => Value::Null,
            },
        };
        let shelf = if field.is_custom { &mut custom } else { &mut shown };
        shelf.insert(field.code.clone(), value);
    }
    shown.insert("is_deleted".to_owned(), json!(false));
    if entity == Entity::Deals {
        shown.insert("is_archived".to_owned(), json!(false));
    }
    shown.insert("custom_fields".to_owned(), Value::Object(custom));
    Value::Object(shown)
}

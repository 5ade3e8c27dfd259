//! The fields of a record, as they are sent.

use std::collections::BTreeMap;

use model::record::FieldKey;
use model::{Text, Value};
use serde_json::{Map, Value as Json};

use super::directory::Names;
use super::encode::encode;
use super::schema::{Column, Object};
use super::{OPPORTUNITY, texts};

/// The account of an opportunity, and the name it takes where it has none of its own.
const ACCOUNT: &str = "AccountId";
const NAME: &str = "Name";

/// What is sent for a new record.
///
/// # Errors
/// A value does not fit, or one is missing without which the service makes no record.
pub(super) fn of_new(
    object: &Object,
    fields: &BTreeMap<FieldKey, Value>,
    names: &Names,
) -> Result<Map<String, Json>, Text> {
    let mut sent = Map::new();
    for (key, value) in fields {
        let column = object.column(key).ok_or_else(|| texts::unknown_field(object))?;
        if !column.createable {
            return Err(texts::read_only(column));
        }
        // Left out, the service fills it, or says below that it must be there.
        if *value == Value::Empty && !column.nillable {
            continue;
        }
        sent.insert(column.key.to_string(), encode(column, value, names)?);
    }
    if object.name == OPPORTUNITY
        && !sent.contains_key(NAME)
        && let Some(account) = fields.get(ACCOUNT).and_then(Value::to_text)
    {
        sent.insert(NAME.to_owned(), Json::String(account));
    }
    let is_missing = |column: &&Column| column.is_required() && !sent.contains_key(&*column.key);
    let missing: Vec<&Column> = object.columns.iter().filter(is_missing).collect();
    if missing.is_empty() { Ok(sent) } else { Err(texts::missing(object, &missing)) }
}

/// What is sent for changes to a record.
///
/// # Errors
/// A value does not fit.
pub(super) fn of_change(
    object: &Object,
    fields: &BTreeMap<FieldKey, Value>,
    names: &Names,
) -> Result<Map<String, Json>, Text> {
    let mut sent = Map::new();
    for (key, value) in fields {
        let column = object.column(key).ok_or_else(|| texts::unknown_field(object))?;
        if !column.updateable {
            return Err(texts::read_only(column));
        }
        sent.insert(column.key.to_string(), encode(column, value, names)?);
    }
    Ok(sent)
}

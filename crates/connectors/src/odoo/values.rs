//! What is sent for the fields of a record, the records it links to found by their names.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use model::record::FieldKey;
use model::{Text, Value};
use serde_json::{Map, Value as Json, json};

use super::api::Api;
use super::directory::Directory;
use super::encode::encode;
use super::links;
use super::schema::{Holds, Model};
use super::streams::{PARTNER, PARTNER_NAME};
use crate::http::Failure;

/// What stops a record from being sent.
pub(super) enum Stop {
    /// Its content, which no other record shares.
    Rejected(Text),
    /// The service.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failed(failure)
    }
}

/// The values by field. Computed fields are not among them.
///
/// # Errors
/// A value does not fit, or the service fails while names are looked up.
pub(super) async fn values(
    api: &Api,
    directory: &Directory,
    model: &Model,
    fields: &BTreeMap<FieldKey, Value>,
    zone: Tz,
) -> Result<Map<String, Json>, Stop> {
    let mut values = Map::new();
    for (key, value) in fields {
        let Some(column) = model.column(key) else {
            let name = &model.name;
            return Err(Stop::Rejected(Text::new(
                format!("Un champ à écrire n'existe plus dans « {name} ». Corrigez le mapping."),
                format!("A field to write is no longer in “{name}”. Correct the mapping."),
            )));
        };
        match &column.holds {
            _ if !column.writable => {}
            Holds::Link(_) if **key == *PARTNER => {
                links::partner(api, directory, column, value, &mut values).await?;
            }
            Holds::Link(to) if *value != Value::Empty => {
                values.insert(key.to_string(), json!(links::link(api, directory, column, to, value).await?));
            }
            Holds::Link(_) if !column.required => {
                values.insert(key.to_string(), json!(false));
            }
            _ => {
                values.insert(key.to_string(), encode(column, value, zone).map_err(Stop::Rejected)?);
            }
        }
    }
    // What was given as the company's name outright stands, whoever the customer is.
    if let (Some(column), Some(value)) = (model.column(PARTNER_NAME), fields.get(PARTNER_NAME)) {
        values.insert(column.key.to_string(), encode(column, value, zone).map_err(Stop::Rejected)?);
    }
    Ok(values)
}

/// What a new opportunity cannot be without: a title, and being one.
pub(super) fn complete(model: &Model, values: &mut Map<String, Json>, fields: &BTreeMap<FieldKey, Value>) {
    if !values.contains_key("name") {
        let customer = fields.get(PARTNER).or_else(|| fields.get(PARTNER_NAME));
        if let Some(name) = customer.and_then(Value::to_text) {
            values.insert("name".to_owned(), json!(name));
        }
    }
    if model.column("type").is_some() && !values.contains_key("type") {
        values.insert("type".to_owned(), json!("opportunity"));
    }
}

//! What is sent for the fields of a record, the records it links to found by their names.

use std::collections::BTreeMap;

use model::record::FieldKey;
use model::{Text, Value};
use serde_json::{Map, Value as Json, json};

use super::api::Api;
use super::directory::{Directory, Found};
use super::encode::{encode, misfit, needed, stand};
use super::entity::Entity;
use super::people;
use super::schema::{Column, Holds, Model};
use crate::error::ErrorKind;
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

impl From<Text> for Stop {
    fn from(reason: Text) -> Stop {
        Stop::Rejected(reason)
    }
}

/// The body of a request, custom fields on their own shelf.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Body {
    pub(super) own: Map<String, Json>,
    pub(super) custom: Map<String, Json>,
}

impl Body {
    pub(super) fn json(&self) -> Json {
        let mut body = self.own.clone();
        if !self.custom.is_empty() {
            body.insert("custom_fields".to_owned(), Json::Object(self.custom.clone()));
        }
        Json::Object(body)
    }

    pub(super) fn get(&self, column: &Column) -> Option<&Json> {
        let shelf = if column.is_custom { &self.custom } else { &self.own };
        shelf.get(&*column.key)
    }

    pub(super) fn get_mut(&mut self, column: &Column) -> Option<&mut Json> {
        let shelf = if column.is_custom { &mut self.custom } else { &mut self.own };
        shelf.get_mut(&*column.key)
    }

    fn put(&mut self, column: &Column, value: Json) {
        let shelf = if column.is_custom { &mut self.custom } else { &mut self.own };
        shelf.insert(column.key.to_string(), value);
    }
}

/// The values of a record. Computed fields are not among them; of a new record, empty ones neither.
///
/// # Errors
/// A value does not fit, or the service fails while names are looked up.
pub(super) async fn body(
    api: &Api,
    directory: &Directory,
    model: &Model,
    fields: &BTreeMap<FieldKey, Value>,
    is_new: bool,
) -> Result<Body, Stop> {
    let mut body = Body::default();
    for (key, value) in fields {
        let Some(column) = model.column(key) else {
            let name = model.entity.name();
            return Err(Stop::Rejected(Text::new(
                format!("Un champ à écrire n'existe plus dans « {name} ». Corrigez le mapping."),
                format!("A field to write is no longer in “{name}”. Correct the mapping."),
            )));
        };
        match (&column.holds, value) {
            _ if !column.writable => {}
            (_, Value::Empty) if is_new => {}
            (Holds::Stage, value) => stand(column, &model.stages, value, &mut body.own)?,
            (Holds::Person | Holds::Link(_), Value::Empty) if column.needed => {
                return Err(Stop::Rejected(needed(column)));
            }
            (Holds::Person | Holds::Link(_), Value::Empty) => body.put(column, Json::Null),
            (Holds::Person, value) => {
                let name = value.to_text().ok_or_else(|| misfit(column, value))?;
                let users = directory.users(api).await?.ok_or_else(people::hidden)?;
                body.put(column, json!(people::find(&users, &name, &column.name)?));
            }
            (Holds::Link(to), value) => {
                let name = value.to_text().ok_or_else(|| misfit(column, value))?;
                body.put(column, json!(linked(api, directory, column, *to, &name).await?));
            }
            (_, value) => body.put(column, encode(column, value)?),
        }
    }
    Ok(body)
}

async fn linked(
    api: &Api,
    directory: &Directory,
    column: &Column,
    to: Entity,
    name: &str,
) -> Result<i64, Stop> {
    let (field, stream) = (&column.name, to.name());
    match directory.find(api, to, name).await {
        Ok(Found::One(id)) => Ok(id),
        Ok(Found::Nobody) => Err(Stop::Rejected(Text::new(
            format!(
                "Pipedrive ne connaît pas « {name} » parmi « {stream} » (champ « {field} »). Créez cette fiche dans Pipedrive, ou corrigez le nom."
            ),
            format!(
                "Pipedrive does not know “{name}” among “{stream}” (field “{field}”). Make the record in Pipedrive, or correct the name."
            ),
        ))),
        Ok(Found::Several) => Err(Stop::Rejected(Text::new(
            format!(
                "Plusieurs fiches de Pipedrive s'appellent « {name} » parmi « {stream} » (champ « {field} ») : le lien n'est pas écrit au hasard. Rendez leurs noms distincts."
            ),
            format!(
                "Several of Pipedrive's “{stream}” are called “{name}” (field “{field}”): the link is not written at random. Make their names distinct."
            ),
        ))),
        Err(failure) if failure.error.kind == ErrorKind::Forbidden => {
            Err(Stop::Rejected(failure.error.message))
        }
        Err(failure) => Err(Stop::Failed(failure)),
    }
}

//! Names made into the ids of the records they stand for.

use model::{Text, Value};
use serde_json::{Map, Value as Json, json};

use super::api::Api;
use super::directory::{Directory, Found};
use super::schema::Column;
use super::streams::{PARTNER, PARTNER_NAME};
use super::values::Stop;

/// The record of another model that a value names.
pub(super) async fn link(
    api: &Api,
    directory: &Directory,
    column: &Column,
    to: &str,
    value: &Value,
) -> Result<i64, Stop> {
    let name = value.to_text().unwrap_or_default();
    match directory.find(api, to, name.trim()).await? {
        Found::One(id) => Ok(id),
        Found::Several => Err(Stop::Rejected(several(column, &name))),
        Found::Nobody => Err(Stop::Rejected(nobody(column, &name))),
    }
}

/// The customer: a contact where exactly one has that name, else the name alone, which makes no contact
/// and loses nothing.
pub(super) async fn partner(
    api: &Api,
    directory: &Directory,
    column: &Column,
    value: &Value,
    values: &mut Map<String, Json>,
) -> Result<(), Stop> {
    let Some(name) = value.to_text() else {
        values.insert(PARTNER.to_owned(), json!(false));
        values.insert(PARTNER_NAME.to_owned(), json!(false));
        return Ok(());
    };
    let Some(to) = column.relation() else { return Ok(()) };
    match directory.find(api, to, name.trim()).await? {
        Found::One(id) => values.insert(PARTNER.to_owned(), json!(id)),
        Found::Several | Found::Nobody => {
            values.insert(PARTNER.to_owned(), json!(false));
            values.insert(PARTNER_NAME.to_owned(), json!(name))
        }
    };
    Ok(())
}

fn nobody(column: &Column, name: &str) -> Text {
    let field = &column.name;
    Text::new(
        format!(
            "Odoo ne connaît pas « {name} » pour le champ « {field} ». Créez-le dans Odoo, ou corrigez le nom."
        ),
        format!("Odoo does not know “{name}” for the field “{field}”. Make it in Odoo, or correct the name."),
    )
}

fn several(column: &Column, name: &str) -> Text {
    let field = &column.name;
    Text::new(
        format!(
            "Plusieurs enregistrements d'Odoo s'appellent « {name} » (champ « {field} »). Pour une personne, écrivez son identifiant."
        ),
        format!(
            "Several records of Odoo are called “{name}” (field “{field}”). For a person, write their login."
        ),
    )
}

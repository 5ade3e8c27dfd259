//! Keeps what a record holds beside the values that are written: the currency of an amount, the label of an
//! e-mail address or a phone number.

use serde_json::{Value as Json, json};

use super::api::Api;
use super::directory::Directory;
use super::schema::{Column, Holds, Model};
use super::values::Body;
use crate::common::cell::{Cell, Cells};
use crate::http::Failure;

/// What a record holds beside one value.
enum Beside {
    Currency(String),
    /// What each is, its label, and whether it is the first to be used.
    Labels(Vec<(String, String, bool)>),
    Nothing,
}

/// Completes the body of a request. The record is asked for only where there is something to keep; a new one,
/// without an id, holds nothing.
pub(super) async fn keep(
    api: &Api,
    directory: &Directory,
    model: &Model,
    id: Option<i64>,
    body: &mut Body,
) -> Result<(), Failure> {
    let written = |column: &&Column| body.get(column).is_some_and(|value| !value.is_null());
    let columns =
        model.columns.iter().filter(|column| matches!(column.holds, Holds::Money | Holds::Contacts));
    let columns: Vec<&Column> = columns.filter(written).collect();
    if columns.is_empty() {
        return Ok(());
    }
    let held: Vec<Beside> = match id {
        Some(id) => {
            let look = |record: &Cells| columns.iter().map(|column| beside(column, record)).collect();
            api.record(model.entity, id, look).await?
        }
        None => columns.iter().map(|_| Beside::Nothing).collect(),
    };
    for (column, held) in columns.into_iter().zip(held) {
        let Some(value) = body.get_mut(column) else { continue };
        match (&column.holds, held) {
            (Holds::Money, Beside::Currency(currency)) => value["currency"] = json!(currency),
            (Holds::Money, _) => value["currency"] = json!(directory.currency(api).await?),
            (_, Beside::Labels(labels)) => label(value, &labels),
            _ => {}
        }
    }
    Ok(())
}

fn beside(column: &Column, record: &Cells) -> Beside {
    let held = match record.get("custom_fields") {
        Some(Cell::Object(custom)) if column.is_custom => custom.get(&column.key),
        _ => record.get(&column.key),
    };
    match held {
        Some(Cell::Object(money)) => {
            money.text("currency").map_or(Beside::Nothing, |currency| Beside::Currency(currency.to_owned()))
        }
        Some(Cell::List(contacts)) => {
            let one = |contact: &Cell| {
                let Cell::Object(contact) = contact else { return None };
                let label = contact.text("label").unwrap_or("work").to_owned();
                let is_primary = contact.get("primary") == Some(&Cell::Bool(true));
                Some((contact.text("value")?.to_owned(), label, is_primary))
            };
            Beside::Labels(contacts.iter().filter_map(one).collect())
        }
        _ => Beside::Nothing,
    }
}

/// What stays keeps its label, and stays the first to be used if it was.
fn label(contacts: &mut Json, held: &[(String, String, bool)]) {
    for contact in contacts.as_array_mut().into_iter().flatten() {
        let known = held.iter().find(|(value, ..)| contact["value"] == value.as_str());
        if let Some((_, label, is_primary)) = known {
            contact["label"] = json!(label);
            if *is_primary {
                contact["primary"] = json!(true);
            }
        }
    }
}

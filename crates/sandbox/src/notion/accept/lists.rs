//! Values that are lists: their length, and the users and pages they name.

use serde_json::{Value, json};

use crate::notion::state::World;
use crate::notion::{Id, Refusal};

/// Most elements of a list in a request.
const MOST: usize = 100;

/// Checks that it is a list and not too long.
pub(super) fn form(value: &Value, place: &str, inside: bool) -> Result<(), Refusal> {
    let list = value.as_array().ok_or_else(|| Refusal::body(place, "be an array", Some(value)))?;
    if list.len() > MOST && !inside {
        let length = json!(list.len());
        return Err(Refusal::body(&format!("{place}.length"), &format!("be ≤ `{MOST}`"), Some(&length)));
    }
    Ok(())
}

/// Users by id.
pub(super) fn people(world: &World, list: &[Value], place: &str) -> Result<Value, Refusal> {
    let ids = list.iter().enumerate().map(|(at, value)| {
        let id = id(value, &format!("{place}[{at}]"))?;
        // The text is unverified.
        let user = world
            .user(id)
            .ok_or_else(|| Refusal::validation(format!("Could not find user with ID: {id}.")))?;
        Ok(json!(user.id))
    });
    ids.collect::<Result<Vec<_>, _>>().map(Value::Array)
}

/// Pages of one data source by id.
pub(super) fn relation(world: &World, source: Id, list: &[Value], place: &str) -> Result<Value, Refusal> {
    let ids = list.iter().enumerate().map(|(at, value)| {
        let id = id(value, &format!("{place}[{at}]"))?;
        let (owner, _) = world.page(id).ok_or_else(|| Refusal::not_found("page", id))?;
        if owner.id != source {
            // The text is unverified.
            return Err(Refusal::validation(format!("Page {id} is not in the related data source.")));
        }
        Ok(json!(id))
    });
    ids.collect::<Result<Vec<_>, _>>().map(Value::Array)
}

fn id(value: &Value, place: &str) -> Result<Id, Refusal> {
    let place = format!("{place}.id");
    let text = value.get("id").ok_or_else(|| Refusal::body(&place, "be defined", None))?;
    let id = text.as_str().and_then(Id::parse);
    id.ok_or_else(|| Refusal::body(&place, "be a valid uuid", Some(text)))
}

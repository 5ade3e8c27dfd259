//! Deleting records, one or up to ten.

use serde_json::{Value, json};

use super::write::BATCH;
use super::{Request, ok};
use crate::airtable::state::World;
use crate::airtable::{Id, Refusal};
use crate::faults::Answer;

pub(super) fn one(
    world: &mut World,
    request: &Request<'_>,
    table: &str,
    record: &str,
) -> Result<Answer, Refusal> {
    let (_, owner) = request.writable(world, table)?;
    let table = owner.id;
    let id = Id::parse(record).filter(|id| owner.has(*id)).ok_or_else(Refusal::not_found)?;
    request.base_mut(world)?.delete(table, id, request.stamp());
    Ok(ok(gone(id).to_string()))
}

pub(super) fn some(world: &mut World, request: &Request<'_>, table: &str) -> Result<Answer, Refusal> {
    let (_, owner) = request.writable(world, table)?;
    let table = owner.id;
    let mut ids: Vec<Id> = Vec::new();
    for (_, text) in request.query.iter().filter(|(key, _)| key == "records" || key.starts_with("records[")) {
        let id = Id::parse(text).filter(|id| owner.has(*id)).ok_or_else(|| Refusal::unknown_record(text))?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if !(1..=BATCH).contains(&ids.len()) {
        return Err(Refusal::invalid_records());
    }
    let stamp = request.stamp();
    let base = request.base_mut(world)?;
    for id in &ids {
        base.delete(table, *id, stamp);
    }
    Ok(ok(json!({"records": ids.into_iter().map(gone).collect::<Vec<_>>()}).to_string()))
}

fn gone(id: Id) -> Value {
    json!({"id": id, "deleted": true})
}

//! One record: read, created, changed, archived.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::inputs::{Association, New};
use super::list::words;
use super::{Handled, body, number};
use crate::faults::Answer;
use crate::hubspot::accept::{Given, accept};
use crate::hubspot::refusal::Refusal;
use crate::hubspot::render::Told;
use crate::hubspot::state::World;
use crate::service::Job;

pub(super) fn get(world: &World, object: &str, id: &str, job: &Job<'_, World>) -> Handled {
    let object = world.object(object)?;
    let row = object.row(number(id)?).ok_or_else(Refusal::not_found)?;
    let pairs = job.asked.pairs();
    let names = words(&pairs, "properties");
    Ok(Answer::json(200, &Told::new(object, &names).record(row)))
}

pub(super) fn create(world: &mut World, object: &str, job: &Job<'_, World>) -> Handled {
    let asked: New = body(job)?;
    let id = insert(world, object, &asked.properties, &asked.associations, job.now)?;
    let object = world.object(object)?;
    let row = object.row(id).ok_or_else(Refusal::not_found)?;
    Ok(Answer::json(201, &Told::written(object, row)))
}

pub(super) fn update(world: &mut World, object: &str, id: &str, job: &Job<'_, World>) -> Handled {
    #[derive(Deserialize)]
    struct Asked {
        properties: Given,
    }
    let asked: Asked = body(job)?;
    let id = number(id)?;
    change(world, object, id, &asked.properties, job.now)?;
    let object = world.object(object)?;
    let row = object.row(id).ok_or_else(Refusal::not_found)?;
    Ok(Answer::json(200, &Told::written(object, row)))
}

/// Nothing is said about a record that is not there (unverified).
pub(super) fn archive(world: &mut World, object: &str, id: &str, job: &Job<'_, World>) -> Handled {
    world.archive(object, number(id)?, job.now)?;
    Ok(Answer::text(204, "application/json", ""))
}

/// Creates a record; its id.
pub(super) fn insert(
    world: &mut World,
    object: &str,
    given: &Given,
    associations: &[Association],
    now: DateTime<Utc>,
) -> Result<u64, Refusal> {
    let known = world.object(object)?;
    let values = accept(world, known, given, &BTreeMap::new())?;
    if let Some(other) = known.properties.iter().filter(|known| known.is_unique).find_map(|property| {
        let given = values.get(&property.name)?;
        known
            .rows
            .values()
            .find(|row| row.archived.is_none() && row.values.get(&property.name) == Some(given))
    }) {
        return Err(Refusal::conflict(other.id));
    }
    let mut links = Vec::new();
    for association in associations {
        let to = linked_type(object, association)?;
        let other = number(&association.to.id)?;
        world.object(to)?.row(other).ok_or_else(Refusal::object_not_found)?;
        links.push((to, other));
    }
    let id = world.insert(object, values, now)?;
    for (to, other) in links {
        world.link((object, id), (to, other), now)?;
    }
    Ok(id)
}

/// Changes a record.
pub(super) fn change(
    world: &mut World,
    object: &str,
    id: u64,
    given: &Given,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let known = world.object(object)?;
    let row = known.row(id).ok_or_else(Refusal::object_not_found)?;
    let values = accept(world, known, given, &row.values)?;
    if row.values == values { Ok(()) } else { world.replace(object, id, values, now) }
}

/// The type at the other end of an association that HubSpot defines.
fn linked_type(object: &str, association: &Association) -> Result<&'static str, Refusal> {
    let ids: Vec<u32> = association.types.iter().map(|kind| kind.association_type_id).collect();
    match (object, ids.as_slice()) {
        ("deals", [3]) => Ok("contacts"),
        ("deals", [5 | 341]) | ("contacts", [1 | 279]) => Ok("companies"),
        _ => Err(Refusal::invalid(format!("invalid association types {ids:?}"))),
    }
}

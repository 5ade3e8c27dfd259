//! Up to a hundred records at once.

use serde::Deserialize;
use serde_json::{Value, json};

use super::inputs::{Change, Id, Inputs, Keyed, New, are_marked, checked, marked, told};
use super::single::{change, insert};
use super::{Handled, body, number};
use crate::faults::Answer;
use crate::hubspot::refusal::Refusal;
use crate::hubspot::render::Told;
use crate::hubspot::state::{Row, World};
use crate::service::Job;

/// Ids that the association endpoint takes at once.
const ASSOCIATIONS: usize = 1_000;

pub(super) fn read(world: &World, object: &str, job: &Job<'_, World>) -> Handled {
    #[derive(Deserialize)]
    struct Asked {
        #[serde(default)]
        properties: Vec<String>,
        #[serde(flatten)]
        inputs: Inputs<Id>,
    }
    let object = world.object(object)?;
    let asked: Asked = body(job)?;
    let names: Vec<&str> = asked.properties.iter().map(String::as_str).collect();
    let shape = Told::new(object, &names);
    let (mut results, mut missing) = (Vec::new(), Vec::new());
    for input in checked(asked.inputs)? {
        match object.row(number(&input.id)?) {
            Some(row) => results.push(shape.record(row)),
            None => missing.push(input.id),
        }
    }
    let errors = if missing.is_empty() { Vec::new() } else { vec![not_found(&missing)] };
    Ok(told(job, 200, results, errors))
}

/// Records that do not fit fail alone where every input has its mark, else the whole batch does.
pub(super) fn create(world: &mut World, object: &str, job: &Job<'_, World>) -> Handled {
    let inputs: Vec<New> = checked(body(job)?)?;
    let apart = are_marked(inputs.iter().map(|input| input.object_write_trace_id.as_deref()))?;
    let last_id = world.last_id;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &inputs {
        let mark = input.object_write_trace_id.as_deref();
        match insert(world, object, &input.properties, &input.associations, job.now) {
            Ok(id) => results.push(written(world, object, id, mark)?),
            Err(refusal) if apart => errors.push(refusal.of_input(marked(mark))),
            Err(refusal) => {
                world.object_mut(object)?.rows.retain(|id, _| *id <= last_id);
                return Err(refusal);
            }
        }
    }
    Ok(told(job, 201, results, errors))
}

/// Records that are not there fail alone; for other faults, as when creating.
pub(super) fn update(world: &mut World, object: &str, job: &Job<'_, World>) -> Handled {
    let inputs: Vec<Change> = checked(body(job)?)?;
    let apart = are_marked(inputs.iter().map(|input| input.object_write_trace_id.as_deref()))?;
    let before = if apart { None } else { Some(world.object(object)?.rows.clone()) };
    let (mut results, mut errors, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for input in &inputs {
        let mark = input.object_write_trace_id.as_deref();
        let id = number(&input.id)?;
        if world.object(object)?.row(id).is_none() {
            missing.push(input.id.clone());
            continue;
        }
        match change(world, object, id, &input.properties, job.now) {
            Ok(()) => results.push(written(world, object, id, mark)?),
            Err(refusal) if apart => errors.push(refusal.of_input(marked(mark))),
            Err(refusal) => {
                if let Some(before) = before {
                    world.object_mut(object)?.rows = before;
                }
                return Err(refusal);
            }
        }
    }
    if !missing.is_empty() {
        errors.push(not_found(&missing));
    }
    Ok(told(job, 200, results, errors))
}

/// Changes the records that hold these values and creates the others; faults as when creating.
pub(super) fn upsert(world: &mut World, object: &str, job: &Job<'_, World>) -> Handled {
    let inputs: Vec<Keyed> = checked(body(job)?)?;
    let apart = are_marked(inputs.iter().map(|input| input.object_write_trace_id.as_deref()))?;
    are_marked(inputs.iter().map(|input| Some(input.id.as_str())))?;
    let before = if apart { None } else { Some(world.object(object)?.rows.clone()) };
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &inputs {
        let mark = input.object_write_trace_id.as_deref();
        match by_key(world, object, input, job) {
            Ok((id, is_new)) => {
                let mut record = written(world, object, id, mark)?;
                record["new"] = json!(is_new);
                results.push(record);
            }
            Err(refusal) if apart => errors.push(refusal.of_input(marked(mark))),
            Err(refusal) => {
                if let Some(before) = before {
                    world.object_mut(object)?.rows = before;
                }
                return Err(refusal);
            }
        }
    }
    Ok(told(job, 200, results, errors))
}

/// The record that holds the value, changed, or a new one; whether it is new.
fn by_key(
    world: &mut World,
    object: &str,
    input: &Keyed,
    job: &Job<'_, World>,
) -> Result<(u64, bool), Refusal> {
    let (known, key) = (world.object(object)?, &input.id_property);
    if !known.property(key).is_some_and(|property| property.is_unique) {
        return Err(Refusal::invalid(format!("{key} is not a unique property")));
    }
    let holds = |row: &&Row| row.archived.is_none() && known.value(row, key).as_ref() == Some(&input.id);
    let mut given = input.properties.clone();
    match known.rows.values().find(holds).map(|row| row.id) {
        Some(id) => change(world, object, id, &given, job.now).map(|()| (id, false)),
        None => {
            given.insert(key.clone(), json!(input.id));
            insert(world, object, &given, &[], job.now).map(|id| (id, true))
        }
    }
}

pub(super) fn archive(world: &mut World, object: &str, job: &Job<'_, World>) -> Handled {
    let inputs: Vec<Id> = checked(body(job)?)?;
    for input in inputs {
        world.archive(object, number(&input.id)?, job.now)?;
    }
    Ok(Answer::text(204, "application/json", ""))
}

/// What records of one type are associated with in another; those without are left out, and told as errors.
pub(super) fn associations(world: &World, from: &str, to: &str, job: &Job<'_, World>) -> Handled {
    #[derive(Deserialize)]
    struct Asked {
        inputs: Vec<Id>,
    }
    let (object, to) = (world.object(from)?, &world.object(to)?.name);
    let asked: Asked = body(job)?;
    if asked.inputs.len() > ASSOCIATIONS {
        return Err(Refusal::invalid(format!("The maximum number of inputs is {ASSOCIATIONS}")));
    }
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &asked.inputs {
        let row = object.row(number(&input.id)?);
        match row.and_then(|row| row.links.get(to)).filter(|ids| !ids.is_empty()) {
            Some(ids) => {
                let ends: Vec<Value> =
                    ids.iter().map(|id| json!({"toObjectId": id, "associationTypes": []})).collect();
                results.push(json!({"from": {"id": input.id}, "to": ends}));
            }
            None => {
                let message = format!("No {to} is associated with {from} {}.", input.id);
                errors.push(json!({
                    "status": "error", "category": "OBJECT_NOT_FOUND", "message": message,
                    "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND", "context": {"fromObjectId": [input.id]},
                }));
            }
        }
    }
    Ok(told(job, 200, results, errors))
}

fn written(world: &World, object: &str, id: u64, mark: Option<&str>) -> Result<Value, Refusal> {
    let object = world.object(object)?;
    let row = object.row(id).ok_or_else(Refusal::not_found)?;
    let mut record = Told::written(object, row);
    if let Some(mark) = mark {
        record["objectWriteTraceId"] = json!(mark);
    }
    Ok(record)
}

fn not_found(ids: &[String]) -> Value {
    json!({
        "status": "error", "category": "OBJECT_NOT_FOUND", "context": {"ids": ids},
        "message": "Could not get some of the objects, they may be deleted or not exist. Check that ids are valid.",
    })
}

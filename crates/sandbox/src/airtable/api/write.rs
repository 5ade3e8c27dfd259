//! Creating and changing records.
//!
//! Source: airtable.com/developers/web/api/create-records, …/update-multiple-records, …/update-record. The whole request is checked before
//! anything is changed: a batch is all or nothing.

use serde_json::{Map, Value};

use super::query::flag;
use super::{Request, ok, upsert};
use crate::airtable::accept::{Draft, Wanted};
use crate::airtable::render::{self, Shape};
use crate::airtable::scope::Scope;
use crate::airtable::state::{BaseState, RecordState, Stamp, TableState, World};
use crate::airtable::{Id, Refusal};
use crate::faults::Answer;

/// Most records in one call.
pub(super) const BATCH: usize = 10;

/// One record to write, with its cells as they are to be stored.
pub(super) struct Step {
    pub(super) id: Id,
    pub(super) is_new: bool,
    pub(super) cells: Vec<(usize, Value)>,
}

pub(super) fn create(world: &mut World, request: &Request<'_>, table: &str) -> Result<Answer, Refusal> {
    let table = request.writable(world, table)?.1.id;
    let body = request.json()?;
    let (rows, single): (Vec<&Map<String, Value>>, bool) = match (body.get("records"), body.get("fields")) {
        (Some(Value::Array(records)), _) => {
            if records.len() > BATCH {
                return Err(Refusal::too_many_to_create(records.len()));
            }
            (records.iter().map(fields_of).collect::<Result<_, _>>()?, false)
        }
        (None, Some(Value::Object(fields))) => (vec![fields], true),
        (None, None) => return Err(Refusal::missing_fields()),
        _ => return Err(Refusal::invalid_request()),
    };
    if rows.is_empty() {
        return Err(Refusal::invalid_request());
    }
    let (steps, wanted) = drafted(world, request, table, &body, |draft| {
        rows.into_iter()
            .map(|fields| {
                let cells = draft.fields(fields, |_| Value::Null)?;
                Ok(Step { id: Id::random(*b"rec", draft.rng), is_new: true, cells })
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    apply(world, request, table, wanted, &steps)?;
    let shape = shape(request, &body)?;
    let shown = shown(world, request, table, &steps, &shape);
    Ok(ok(if single { shown.concat() } else { format!("{{\"records\":[{}]}}", shown.join(",")) }))
}

pub(super) fn update_some(
    world: &mut World,
    request: &Request<'_>,
    table: &str,
    replace: bool,
) -> Result<Answer, Refusal> {
    let table = request.writable(world, table)?.1.id;
    let body = request.json()?;
    let records =
        body.get("records").and_then(Value::as_array).filter(|records| (1..=BATCH).contains(&records.len()));
    let records = records.ok_or_else(Refusal::invalid_records)?;
    let merge = body.get("performUpsert").map(upsert::merge_fields).transpose()?;
    let (steps, wanted) = drafted(world, request, table, &body, |draft| {
        let keys = merge.map(|fields| upsert::keys(draft.table, &fields)).transpose()?;
        let mut steps: Vec<Step> = Vec::new();
        for record in records {
            let step = match (record.get("id"), &keys) {
                (Some(id), _) => known(draft, id, fields_of(record)?, replace)?,
                (None, Some(keys)) => upsert::step(draft, keys, fields_of(record)?, replace)?,
                (None, None) => return Err(Refusal::invalid_records()),
            };
            if keys.is_none() && steps.iter().any(|other| other.id == step.id) {
                return Err(Refusal::record_twice());
            }
            steps.push(step);
        }
        Ok(steps)
    })?;
    apply(world, request, table, wanted, &steps)?;
    let shown = shown(world, request, table, &steps, &shape(request, &body)?).join(",");
    let extra = if body.contains_key("performUpsert") { upsert::lists(&steps) } else { String::new() };
    Ok(ok(format!("{{\"records\":[{shown}]{extra}}}")))
}

pub(super) fn update_one(
    world: &mut World,
    request: &Request<'_>,
    table: &str,
    record: &str,
    replace: bool,
) -> Result<Answer, Refusal> {
    let (_, owner) = request.writable(world, table)?;
    let table = owner.id;
    let id = Id::parse(record).filter(|id| owner.has(*id)).ok_or_else(Refusal::not_found)?;
    let body = request.json()?;
    let fields = match body.get("fields") {
        Some(Value::Object(fields)) => fields,
        Some(_) => return Err(Refusal::invalid_request()),
        None => return Err(Refusal::missing_fields()),
    };
    let (steps, wanted) =
        drafted(world, request, table, &body, |draft| Ok(vec![changed(draft, id, fields, replace)?]))?;
    apply(world, request, table, wanted, &steps)?;
    Ok(ok(shown(world, request, table, &steps, &shape(request, &body)?).concat()))
}

/// A change to a record named in a batch.
fn known(
    draft: &mut Draft<'_>,
    id: &Value,
    fields: &Map<String, Value>,
    replace: bool,
) -> Result<Step, Refusal> {
    let text = id.as_str().ok_or_else(Refusal::invalid_records)?;
    let id =
        Id::parse(text).filter(|id| draft.table.has(*id)).ok_or_else(|| Refusal::unknown_record(text))?;
    changed(draft, id, fields, replace)
}

/// A change to an existing record; with `replace`, writable cells that are not named are emptied.
pub(super) fn changed(
    draft: &mut Draft<'_>,
    id: Id,
    fields: &Map<String, Value>,
    replace: bool,
) -> Result<Step, Refusal> {
    let record = draft.table.get(id);
    let mut cells =
        draft.fields(fields, |slot| record.map_or(Value::Null, |record| record.cell(slot).clone()))?;
    if replace {
        let rest =
            draft.table.columns().filter(|(_, column)| !column.kind.is_read_only()).map(|(slot, _)| slot);
        let unnamed: Vec<usize> = rest.filter(|slot| cells.iter().all(|(named, _)| named != slot)).collect();
        cells.extend(unnamed.into_iter().map(|slot| (slot, Value::Null)));
    }
    Ok(Step { id, is_new: false, cells })
}

fn fields_of(record: &Value) -> Result<&Map<String, Value>, Refusal> {
    match record.get("fields") {
        Some(Value::Object(fields)) => Ok(fields),
        Some(_) => Err(Refusal::invalid_request()),
        None => Err(Refusal::missing_fields()),
    }
}

fn drafted<T>(
    world: &mut World,
    request: &Request<'_>,
    table: Id,
    body: &Map<String, Value>,
    check: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
) -> Result<(T, Wanted), Refusal> {
    let typecast = body.get("typecast").map_or(Ok(false), flag)?;
    let World { bases, people, rng, .. } = world;
    let base = bases.iter().find(|base| Some(base.id) == request.call.base);
    let base = base.ok_or_else(Refusal::no_permission_or_model)?;
    let table = base.by_id(table).ok_or_else(Refusal::no_permission_or_model)?;
    let mut draft =
        Draft { base, table, people, rng, typecast, read_only_too: false, wanted: Wanted::default() };
    let result = check(&mut draft)?;
    Ok((result, draft.wanted))
}

fn apply(
    world: &mut World,
    request: &Request<'_>,
    table: Id,
    wanted: Wanted,
    steps: &[Step],
) -> Result<(), Refusal> {
    let stamp = request.stamp();
    let base = request.base_mut(world)?;
    make(base, table, wanted, stamp);
    for step in steps {
        if step.is_new {
            base.create(table, step.id, step.cells.clone(), stamp);
        } else {
            base.write(table, step.id, step.cells.clone(), stamp);
        }
    }
    Ok(())
}

/// Makes the options and records that a checked request needs.
pub(in crate::airtable) fn make(base: &mut BaseState, table: Id, wanted: Wanted, stamp: Stamp) {
    if !wanted.choices.is_empty() {
        if let Some(owner) = base.by_id_mut(table) {
            for (slot, choice) in wanted.choices {
                if let Some(choices) = owner.column_mut(slot).and_then(|column| column.kind.choices_mut()) {
                    choices.push(choice);
                }
            }
        }
        base.schema_changed();
    }
    for (other, id, title) in wanted.records {
        let primary = base.by_id(other).and_then(TableState::primary).map(|(slot, _)| slot);
        base.create(other, id, primary.map(|slot| (slot, Value::String(title))).into_iter().collect(), stamp);
    }
}

fn shape(request: &Request<'_>, body: &Map<String, Value>) -> Result<Shape, Refusal> {
    let in_query = request.query.iter().find(|(key, _)| key == "returnFieldsByFieldId");
    let by_id = match (body.get("returnFieldsByFieldId"), in_query) {
        (Some(value), _) => flag(value)?,
        (None, Some((_, text))) => flag(&Value::String(text.clone()))?,
        (None, None) => false,
    };
    Ok(Shape::by_id(by_id))
}

/// The records written, as the API shows them now.
fn shown(world: &World, request: &Request<'_>, table: Id, steps: &[Step], shape: &Shape) -> Vec<String> {
    let Ok(base) = request.base(world) else {
        return Vec::new();
    };
    let Some(table) = base.by_id(table) else {
        return Vec::new();
    };
    let show = |record: &RecordState| {
        render::record(&Scope::new(base, table, record, &world.people, request.now), shape)
    };
    steps.iter().filter_map(|step| table.get(step.id)).map(show).collect()
}

//! Creating, changing and deleting records.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::Entity;
use super::refusal::Refusal;
use super::state::{Record, World};
use super::webhooks::{Action, Event};
use super::{accept, defaults, render};

/// Whose hand it is.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    pub(super) user: i64,
    pub(super) now: DateTime<Utc>,
    /// From the inside: what the API only makes can be set too, and the plan allows everything.
    pub(super) inside: bool,
}

/// A new record.
pub(super) fn create(
    world: &mut World,
    entity: Entity,
    given: &Map<String, Value>,
    hand: Hand,
) -> Result<i64, Refusal> {
    let set = world.set(entity);
    if !hand.inside && set.cap.is_some_and(|cap| set.records.len() >= cap) {
        return Err(Refusal::cap(entity));
    }
    let mut values = accept::body(world, entity, given, hand.inside)?;
    if !values.contains_key(entity.title()) {
        return Err(Refusal::invalid(entity.title(), "is required"));
    }
    defaults::fill(world, entity, hand.user, &mut values);
    if entity == Entity::Deals {
        values.entry("value").or_insert(json!(0));
    }
    defaults::follow(world, entity, &Map::new(), &mut values, hand.now)?;
    values.retain(|_, value| !value.is_null());
    let set = world.set_mut(entity);
    set.last_id += 1;
    let id = set.last_id;
    set.records.insert(id, Record { values, added: hand.now, updated: hand.now });
    tell(world, Action::Create, entity, id, hand, None);
    Ok(id)
}

/// Changes what is given; the rest stays.
pub(super) fn update(
    world: &mut World,
    entity: Entity,
    id: i64,
    given: &Map<String, Value>,
    hand: Hand,
) -> Result<(), Refusal> {
    let record = world.set(entity).records.get(&id).ok_or_else(|| Refusal::not_found(entity))?;
    let before = shown(world, entity, id);
    let mut values = accept::body(world, entity, given, hand.inside)?;
    defaults::follow(world, entity, &record.values, &mut values, hand.now)?;
    if let Some(record) = world.set_mut(entity).records.get_mut(&id) {
        record.values.extend(values);
        record.values.retain(|_, value| !value.is_null());
        record.updated = hand.now;
    }
    tell(world, Action::Change, entity, id, hand, before);
    Ok(())
}

/// Takes a record out of every list. It can be brought back for 30 days, but not by the API.
pub(super) fn delete(world: &mut World, entity: Entity, id: i64, hand: Hand) -> Result<Value, Refusal> {
    let before = shown(world, entity, id);
    world.set_mut(entity).records.remove(&id).ok_or_else(|| Refusal::not_found(entity))?;
    // What linked to it links to nothing any more.
    for other in Entity::ALL {
        let links = world.set(other).fields.iter().filter(|field| {
            matches!(field.form, super::field::Form::Link(super::field::Target::Record(to)) if to == entity)
        });
        let codes: Vec<String> = links.map(|field| field.code.clone()).collect();
        for record in world.set_mut(other).records.values_mut() {
            record.values.retain(|code, value| !(codes.contains(code) && value.as_i64() == Some(id)));
        }
    }
    tell(world, Action::Delete, entity, id, hand, before);
    Ok(json!({ "id": id }))
}

/// A record as webhooks are to show it; nothing where there are none.
fn shown(world: &World, entity: Entity, id: i64) -> Option<Value> {
    if world.webhooks.len() == 0 { None } else { get(world, entity, id).ok() }
}

/// Tells the webhooks what was done.
fn tell(world: &mut World, action: Action, entity: Entity, id: i64, hand: Hand, before: Option<Value>) {
    let after = shown(world, entity, id);
    let source = if hand.inside { "app" } else { "api" };
    let event = Event { action, entity, id, after, before, at: hand.now, user: hand.user, source };
    world.webhooks.tell(&event, &world.domain);
}

/// A record as it is by now.
pub(super) fn get(world: &World, entity: Entity, id: i64) -> Result<Value, Refusal> {
    let record = world.set(entity).records.get(&id).ok_or_else(|| Refusal::not_found(entity))?;
    Ok(render::record(world, entity, id, record))
}

//! What follows from what was written: stages and pipelines, won and lost, names in parts.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::Entity;
use super::refusal::Refusal;
use super::state::World;

/// What a new record holds where nothing is said.
pub(super) fn fill(world: &World, entity: Entity, user: i64, values: &mut Map<String, Value>) {
    let mut set = |code: &str, value: Value| {
        values.entry(code.to_owned()).or_insert(value);
    };
    set("owner_id", json!(user));
    set("visible_to", json!(3));
    if entity == Entity::Deals {
        set("creator_user_id", json!(user));
        set("currency", json!("EUR"));
        set("status", json!("open"));
        if !values.contains_key("stage_id") && !values.contains_key("pipeline_id") {
            let first = world.pipelines.first().map(|pipeline| pipeline.id);
            values.insert("pipeline_id".to_owned(), json!(first));
        }
    }
}

/// Brings in line what depends on each other. `before` are the values as they were.
///
/// # Errors
/// The stage is not one of the pipeline.
pub(super) fn follow(
    world: &World,
    entity: Entity,
    before: &Map<String, Value>,
    given: &mut Map<String, Value>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    match entity {
        Entity::Deals => {
            place(world, before, given, now)?;
            close(before, given, now);
            // Without an amount a deal is worth 0 (unverified for version 2).
            if given.get("value").is_some_and(Value::is_null) {
                given.insert("value".to_owned(), json!(0));
            }
        }
        Entity::Persons => {
            if let Some(name) = given.get("name").and_then(Value::as_str) {
                let (first, last) = name.split_once(' ').unwrap_or((name, ""));
                let (first, last) = (json!(first), if last.is_empty() { Value::Null } else { json!(last) });
                given.insert("first_name".to_owned(), first);
                given.insert("last_name".to_owned(), last);
            }
        }
        Entity::Organizations => {}
    }
    Ok(())
}

/// A stage brings its pipeline along, a pipeline its first stage.
fn place(
    world: &World,
    before: &Map<String, Value>,
    given: &mut Map<String, Value>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let id = |key: &str| given.get(key).and_then(Value::as_i64);
    let stage = match (id("stage_id"), id("pipeline_id")) {
        (None, None) => return Ok(()),
        (Some(stage), _) => world.stages.iter().find(|known| known.id == stage),
        (None, Some(pipeline)) if before.get("pipeline_id").and_then(Value::as_i64) == Some(pipeline) => {
            return Ok(());
        }
        (None, Some(pipeline)) => world.first_stage(pipeline),
    };
    let stage = stage.ok_or_else(|| Refusal::invalid("stage_id", "does not exist"))?;
    if id("pipeline_id").is_some_and(|pipeline| pipeline != stage.pipeline) {
        return Err(Refusal::invalid("stage_id", "does not belong to the pipeline"));
    }
    if before.get("stage_id").is_some_and(|old| *old != json!(stage.id)) {
        given.insert("stage_change_time".to_owned(), moment(now));
    }
    given.insert("stage_id".to_owned(), json!(stage.id));
    given.insert("pipeline_id".to_owned(), json!(stage.pipeline));
    Ok(())
}

/// Won and lost deals know when; open ones forget it.
fn close(before: &Map<String, Value>, given: &mut Map<String, Value>, now: DateTime<Utc>) {
    let Some(status) = given.get("status").and_then(Value::as_str).map(str::to_owned) else { return };
    if before.get("status").and_then(Value::as_str) == Some(&status) {
        return;
    }
    let when = |is_then: bool| if is_then { moment(now) } else { Value::Null };
    for (code, is_then) in [
        ("won_time", status == "won"),
        ("lost_time", status == "lost"),
        ("close_time", status == "won" || status == "lost"),
    ] {
        if !given.contains_key(code) {
            given.insert(code.to_owned(), when(is_then));
        }
    }
    if status != "lost" {
        given.entry("lost_reason").or_insert(Value::Null);
    }
}

/// A moment as the service writes it.
pub(super) fn moment(at: DateTime<Utc>) -> Value {
    json!(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

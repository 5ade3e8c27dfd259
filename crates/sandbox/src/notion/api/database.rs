//! Databases and data sources: reading and changing schemas.

use serde_json::{Map, Value};

use super::Request;
use crate::notion::state::World;
use crate::notion::{Refusal, config, render, rich_text};

pub(super) fn get(world: &World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    Request::needs(request.grant.read)?;
    let database = request.database(world, id)?;
    Ok(render::database(world, database, request.version))
}

pub(super) fn source(world: &World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    Request::needs(request.grant.read)?;
    let source = request.source(world, id)?;
    Ok(config::data_source(world, source, request.version))
}

pub(super) fn define(world: &mut World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    let id = request.source(world, id)?.id;
    Request::needs(request.grant.update)?;
    let body = request.json()?;
    let none = Map::new();
    let properties = match body.get("properties") {
        None => &none,
        Some(Value::Object(properties)) => properties,
        Some(other) => return Err(Refusal::body("body.properties", "be an object", Some(other))),
    };
    let missing = || Refusal::not_found("data_source", id);
    let source = world.source_mut(id).ok_or_else(missing)?;
    let before = source.columns.clone();
    config::change(source, properties)?;
    if let Some(title) = body.get("title").and_then(Value::as_array) {
        source.name = title.iter().filter_map(|piece| piece["text"]["content"].as_str()).collect();
    }
    source.edited = request.stamp();
    world.tell_schema(id, &before, request.stamp());
    let source = world.source(id).ok_or_else(missing)?;
    Ok(config::data_source(world, source, request.version))
}

/// The title of a page, for searching.
pub(super) fn title(page: &crate::notion::state::PageState) -> String {
    rich_text::plain(page.cell("title"))
}

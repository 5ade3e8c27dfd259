//! Pages: reading, creating and changing one.

use serde_json::{Map, Value, json};

use super::keep::{set_trashed, store};
use super::{Request, read_id};
use crate::notion::accept::Draft;
use crate::notion::render::{self, Page};
use crate::notion::state::{PageState, SourceState, World};
use crate::notion::{Id, Refusal};

pub(super) fn get(world: &World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    Request::needs(request.grant.read)?;
    let (source, page) = request.page(world, id)?;
    let only = request.only(source)?;
    Ok(show(world, request, source, page, &only))
}

pub(super) fn create(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    Request::needs(request.grant.insert)?;
    let body = request.json()?;
    let source = parent(world, request, &body)?;
    let given = properties(&body)?.ok_or_else(|| Refusal::body("body.properties", "be defined", None))?;
    let accepted = Draft { world, source, inside: false }.properties(given)?;
    if let Some(children) = body.get("children") {
        let count = children.as_array().map(Vec::len);
        let count = count.ok_or_else(|| Refusal::body("body.children", "be an array", Some(children)))?;
        if count > 100 {
            return Err(Refusal::body("body.children.length", "be ≤ `100`", Some(&json!(count))));
        }
    }
    let source = source.id;
    let id = Id::random(&mut world.rng);
    store(world, source, id, accepted, request.stamp());
    get_stored(world, request, id)
}

pub(super) fn update(world: &mut World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    let (source, page) = request.page(world, id)?;
    Request::needs(request.grant.update)?;
    let body = request.json()?;
    let in_trash = trash(request, &body)?;
    // A page leaves the trash and is edited in one request, or is not edited at all.
    if page.in_trash && in_trash != Some(false) {
        return Err(Refusal::archived());
    }
    let none = Map::new();
    let given = properties(&body)?.unwrap_or(&none);
    let accepted = Draft { world, source, inside: false }.properties(given)?;
    let (source, id) = (source.id, page.id);
    store(world, source, id, accepted, request.stamp());
    if let Some(in_trash) = in_trash {
        set_trashed(world, source, id, in_trash, request.stamp());
    }
    get_stored(world, request, id)
}

fn get_stored(world: &World, request: &Request<'_>, id: Id) -> Result<Value, Refusal> {
    let (source, page) = world.page(id).ok_or_else(|| Refusal::not_found("page", id))?;
    Ok(show(world, request, source, page, &[]))
}

fn show(
    world: &World,
    request: &Request<'_>,
    source: &SourceState,
    page: &PageState,
    only: &[String],
) -> Value {
    let (version, now, with_email) = (request.version, request.job.now, request.with_email());
    render::page(&Page { world, source, version, now, with_email, only }, page)
}

/// The data source that a new page is to belong to.
fn parent<'w>(
    world: &'w World,
    request: &Request<'_>,
    body: &Map<String, Value>,
) -> Result<&'w SourceState, Refusal> {
    let parent = body.get("parent").ok_or_else(|| Refusal::body("body.parent", "be defined", None))?;
    if let Some(id) = parent["data_source_id"].as_str() {
        return request.source(world, id);
    }
    let Some(id) = parent["database_id"].as_str() else {
        let place = "body.parent.data_source_id";
        return Err(Refusal::body(place, "be defined", parent.get("data_source_id")));
    };
    let database = request.database(world, id)?;
    let sources: Vec<&SourceState> = world.sources_of(read_id(id, "database_id")?).collect();
    match sources.as_slice() {
        [one] => Ok(one),
        several => {
            let ids: Vec<Id> = several.iter().map(|source| source.id).collect();
            let additional = json!({
                "error_type": "multiple_data_sources_for_database", "database_id": database.id,
                "child_data_source_ids": ids, "minimum_api_version": "2025-09-03",
            });
            let message = "Databases with multiple data sources are not supported in this API version.";
            Err(Refusal { additional: Some(additional), ..Refusal::validation(message) })
        }
    }
}

fn properties(body: &Map<String, Value>) -> Result<Option<&Map<String, Value>>, Refusal> {
    match body.get("properties") {
        None => Ok(None),
        Some(Value::Object(properties)) => Ok(Some(properties)),
        Some(other) => Err(Refusal::body("body.properties", "be an object", Some(other))),
    }
}

/// Whether the page is to be in the trash, if the request says.
fn trash(request: &Request<'_>, body: &Map<String, Value>) -> Result<Option<bool>, Refusal> {
    if let Some(archived) = body.get("archived").filter(|_| !request.version.has_archived()) {
        return Err(Refusal::body("body.archived", "be not present", Some(archived)));
    }
    let flag = body.get("in_trash").or(body.get("archived"));
    let read = |flag: &Value| {
        flag.as_bool()
            .ok_or_else(|| Refusal::body("body.in_trash", "be a boolean or `undefined`", Some(flag)))
    };
    flag.map(read).transpose()
}

//! The API: what each request does once it has been let in.

mod call;
mod database;
mod item;
mod keep;
mod list;
mod page;
mod query;
mod search;
mod sort;
mod user;
mod world;

use serde_json::{Map, Value};

pub(super) use call::{Action, Call};
pub(super) use keep::{set_trashed, store};

use super::state::{DatabaseState, PageState, SourceState, Stamp, World};
use super::{Grant, Id, Refusal, Users, Version};
use crate::service::Job;

/// Who asks, and in which version.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) grant: Grant,
    pub(super) version: Version,
}

/// A request that has been let in.
struct Request<'a> {
    job: &'a Job<'a, World>,
    grant: &'a Grant,
    version: Version,
    pairs: Vec<(String, String)>,
}

/// Does what the request asks.
///
/// # Errors
/// The API's refusal; nothing has been changed then.
fn handle(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    use Action as A;
    match &request.job.call.action {
        A::Me => Ok(user::me(world, request)),
        A::Users => user::list(world, request),
        A::User(id) => user::get(world, request, id),
        A::Search => search::search(world, request),
        A::Database(id) => database::get(world, request, id),
        A::Source(id) => database::source(world, request, id),
        A::Define(id) => database::define(world, request, id),
        A::Query(id) => query::query(world, request, id),
        A::Create => page::create(world, request),
        A::Get(id) => page::get(world, request, id),
        A::Update(id) => page::update(world, request, id),
        A::Item { page, property } => item::item(world, request, page, property),
        A::None => Err(Refusal::invalid_url()),
    }
}

impl Request<'_> {
    fn needs(capable: bool) -> Result<(), Refusal> {
        if capable { Ok(()) } else { Err(Refusal::restricted()) }
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.job.now, by: self.grant.bot() }
    }

    fn with_email(&self) -> bool {
        self.grant.users == Users::Emails
    }

    /// The body; none is an empty one.
    fn json(&self) -> Result<Map<String, Value>, Refusal> {
        match self.job.asked.json_bytes() {
            None | Some([]) => Ok(Map::new()),
            Some(body) => {
                let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::invalid_json())?;
                match body {
                    Value::Object(body) => Ok(body),
                    other => Err(Refusal::body("body", "be an object", Some(&other))),
                }
            }
        }
    }

    /// A parameter of the query string.
    fn parameter(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Ids of the properties that `filter_properties` names.
    fn only(&self, source: &SourceState) -> Result<Vec<String>, Refusal> {
        let is_one = |key: &str| key == "filter_properties" || key == "filter_properties[]";
        let named = self.pairs.iter().filter(|(key, _)| is_one(key));
        let ids = named.map(|(_, name)| {
            let column = source.column(name).ok_or_else(|| Refusal::unknown_filter_property(name))?;
            Ok(column.id.clone())
        });
        ids.collect()
    }

    /// The database of this id, if the integration sees it.
    fn database<'w>(&self, world: &'w World, id: &str) -> Result<&'w DatabaseState, Refusal> {
        let id = read_id(id, "database_id")?;
        let found = world.database(id).filter(|_| world.sees(self.grant, id));
        found.ok_or_else(|| Refusal::not_found("database", id))
    }

    /// The data source of this id, if the integration sees it.
    fn source<'w>(&self, world: &'w World, id: &str) -> Result<&'w SourceState, Refusal> {
        let id = read_id(id, "data_source_id")?;
        let found = world.source(id).filter(|source| world.sees(self.grant, source.database));
        found.ok_or_else(|| Refusal::not_found("data_source", id))
    }

    /// The page of this id, if the integration sees it.
    fn page<'w>(&self, world: &'w World, id: &str) -> Result<(&'w SourceState, &'w PageState), Refusal> {
        let id = read_id(id, "page_id")?;
        let found = world.page(id).filter(|(source, _)| world.sees(self.grant, source.database));
        found.ok_or_else(|| Refusal::not_found("page", id))
    }
}

fn read_id(text: &str, name: &str) -> Result<Id, Refusal> {
    Id::parse(text).ok_or_else(|| {
        Refusal::validation(format!(
            "path failed validation: path.{name} should be a valid uuid, instead was `\"{text}\"`."
        ))
    })
}

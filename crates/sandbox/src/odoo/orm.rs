//! The methods of a model, once the envelope is off.

mod args;
mod read;
mod search;
mod write;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

pub(super) use write::store;

use super::refusal::Refusal;
use super::state::{Right, World};
use crate::faults::play::Paging;

/// A call with its arguments in their places.
pub(super) struct Request<'a> {
    pub(super) uid: i64,
    pub(super) now: DateTime<Utc>,
    pub(super) model: &'a str,
    pub(super) method: &'a str,
    pub(super) ids: Vec<i64>,
    pub(super) named: Map<String, Value>,
    pub(super) context: Map<String, Value>,
}

impl Request<'_> {
    fn lang(&self) -> &str {
        self.context.get("lang").and_then(Value::as_str).unwrap_or("en_US")
    }

    /// Archived records are hidden unless the context asks for them.
    fn active_test(&self) -> bool {
        self.context.get("active_test").and_then(Value::as_bool).unwrap_or(true)
    }

    /// The companies that count for this call; nothing for all of the user's.
    fn companies(&self) -> Option<Vec<i64>> {
        let list = self.context.get("allowed_company_ids")?.as_array()?;
        Some(list.iter().filter_map(Value::as_i64).collect()).filter(|list: &Vec<i64>| !list.is_empty())
    }

    fn get(&self, name: &str) -> &Value {
        self.named.get(name).unwrap_or(&Value::Null)
    }
}

/// Does what is asked.
///
/// # Errors
/// The service's refusal; nothing has been changed then.
pub(super) fn handle(world: &mut World, request: &Request<'_>, paging: Paging) -> Result<Value, Refusal> {
    let model = request.model;
    world.model(model)?;
    check_companies(world, request)?;
    let may = |right: Right| match world.denied.contains(&(model.to_owned(), right)) {
        true => Err(Refusal::no_right(model, right.word(), request.lang())),
        false => Ok(()),
    };
    match request.method {
        "context_get" if model == "res.users" => Ok(context_get(world, request)),
        "fields_get" => read::fields_get(world, request),
        "check_access_rights" | "has_access" => {
            let word = request.get("operation").as_str().unwrap_or_default();
            let right =
                Right::read(word).ok_or_else(|| Refusal::value(format!("Invalid operation {word}")))?;
            let allowed = may(right);
            if request.get("raise_exception") == &json!(true) {
                allowed.map(|()| json!(true))
            } else {
                Ok(json!(allowed.is_ok()))
            }
        }
        "search" | "search_count" | "search_read" | "name_search" => {
            may(Right::Read)?;
            search::handle(world, request, paging)
        }
        "read" => {
            may(Right::Read)?;
            read::read(world, request, &request.ids)
        }
        "create" => {
            may(Right::Create)?;
            write::create(world, request)
        }
        "write" => {
            may(Right::Write)?;
            write::write(world, request)
        }
        "unlink" => {
            may(Right::Unlink)?;
            write::unlink(world, request)
        }
        method => Err(Refusal::no_method(model, method)),
    }
}

fn check_companies(world: &World, request: &Request<'_>) -> Result<(), Refusal> {
    let Some(asked) = request.companies() else { return Ok(()) };
    let own = world.row("res.users", request.uid).and_then(|user| user.values.get("company_ids")?.as_array());
    let own = own.map(Vec::as_slice).unwrap_or_default();
    if asked.iter().all(|id| own.contains(&json!(id))) { Ok(()) } else { Err(Refusal::companies()) }
}

fn context_get(world: &World, request: &Request<'_>) -> Value {
    let user = world.row("res.users", request.uid);
    let get = |key: &str| user.and_then(|user| user.values.get(key)).cloned().unwrap_or(json!(false));
    json!({"lang": get("lang"), "tz": get("tz"), "uid": request.uid})
}

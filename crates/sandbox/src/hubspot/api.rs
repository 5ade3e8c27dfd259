//! What each call does.

mod batch;
mod describe;
mod filter;
mod inputs;
mod list;
mod search;
mod single;

use serde::Deserialize;

use super::call::Action;
use super::refusal::Refusal;
use super::state::World;
use crate::faults::Answer;
use crate::service::Job;

/// Inputs of a batch at most.
const BATCH: usize = 100;

type Handled = Result<Answer, Refusal>;

/// Does what is asked by somebody who may.
pub(super) fn handle(world: &mut World, job: &Job<'_, World>) -> Handled {
    let object = job.call.object.as_deref().unwrap_or_default();
    match &job.call.action {
        Action::Account => Ok(describe::account(world)),
        Action::Owners => describe::owners(world, job),
        Action::Schemas => Ok(describe::schemas(world)),
        Action::Properties => describe::properties(world, object),
        Action::Pipelines => describe::pipelines(world, object),
        Action::List => list::list(world, object, job),
        Action::Search => search::search(world, object, job),
        Action::Get(id) => single::get(world, object, id, job),
        Action::Create => single::create(world, object, job),
        Action::Update(id) => single::update(world, object, id, job),
        Action::Archive(id) => single::archive(world, object, id, job),
        Action::BatchRead => batch::read(world, object, job),
        Action::BatchCreate => batch::create(world, object, job),
        Action::BatchUpdate => batch::update(world, object, job),
        Action::BatchUpsert => batch::upsert(world, object, job),
        Action::BatchArchive => batch::archive(world, object, job),
        Action::Associations(to) => batch::associations(world, object, to, job),
        Action::Authorize | Action::Token | Action::Nowhere => Err(Refusal::not_found()),
    }
}

/// The body of a request, of that shape.
fn body<'a, T: Deserialize<'a>>(job: &'a Job<'_, World>) -> Result<T, Refusal> {
    serde_json::from_slice(job.asked.json_bytes().unwrap_or_default()).map_err(|error| Refusal::json(&error))
}

fn number(id: &str) -> Result<u64, Refusal> {
    id.parse().map_err(|_| Refusal::object_not_found())
}

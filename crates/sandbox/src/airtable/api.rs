//! The Web API: what each request does once it has been let in.

mod call;
mod delete;
mod fields;
mod list;
mod meta;
mod order;
mod query;
mod upload;
mod upsert;
mod webhooks;
mod write;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use call::Action;
pub(super) use call::Call;
pub(super) use write::make;

use super::grant::{Role, scope};
use super::state::{BaseState, Stamp, TableState, World};
use super::{Grant, Id, Refusal};
use crate::faults::Answer;
use crate::faults::play::Paging;

/// A request that has been let in.
pub(super) struct Request<'a> {
    pub(super) call: &'a Call,
    pub(super) grant: &'a Grant,
    /// Decoded pairs of the query string, in order.
    pub(super) query: &'a [(String, String)],
    /// Nothing when it did not come as JSON.
    pub(super) body: Option<&'a [u8]>,
    pub(super) now: DateTime<Utc>,
    /// Address of the simulator, for links in answers.
    pub(super) url: &'a str,
    pub(super) paging: Paging,
}

/// Does what the request asks.
///
/// # Errors
/// The API's refusal; nothing has been changed then.
pub(super) fn handle(world: &mut World, request: &Request<'_>) -> Result<Answer, Refusal> {
    use Action as A;
    match &request.call.action {
        A::WhoAmI => Ok(meta::who_am_i(world, request)),
        A::Bases => meta::bases(world, request),
        A::Tables => meta::tables(world, request),
        A::CreateTable => meta::create_table(world, request),
        A::CreateField { table } => fields::create(world, request, table),
        A::UpdateField { table, field } => fields::update(world, request, table, field),
        A::List { table, in_body } => list::list(world, request, table, *in_body),
        A::Get { table, record } => list::get(world, request, table, record),
        A::Create { table } => write::create(world, request, table),
        A::UpdateSome { table, replace } => write::update_some(world, request, table, *replace),
        A::UpdateOne { table, record, replace } => write::update_one(world, request, table, record, *replace),
        A::DeleteSome { table } => delete::some(world, request, table),
        A::DeleteOne { table, record } => delete::one(world, request, table, record),
        A::Upload { record, field } => upload::upload(world, request, record, field),
        A::Webhooks => webhooks::list(world, request),
        A::CreateWebhook => webhooks::create(world, request),
        A::RefreshWebhook { webhook } => webhooks::refresh(world, request, webhook),
        A::DeleteWebhook { webhook } => webhooks::delete(world, request, webhook),
        A::None => Err(Refusal::not_found()),
    }
}

impl Request<'_> {
    fn needs(&self, scope: &str, role: Role) -> Result<(), Refusal> {
        if !self.grant.has(scope) {
            return Err(Refusal::no_permission_or_model());
        }
        if self.grant.role < role { Err(Refusal::role_too_low()) } else { Ok(()) }
    }

    fn base<'w>(&self, world: &'w World) -> Result<&'w BaseState, Refusal> {
        let id = self.call.base.filter(|id| self.grant.sees(*id));
        id.and_then(|id| world.base(id)).ok_or_else(Refusal::no_permission_or_model)
    }

    fn base_mut<'w>(&self, world: &'w mut World) -> Result<&'w mut BaseState, Refusal> {
        let id = self.call.base.filter(|id| self.grant.sees(*id));
        id.and_then(|id| world.base_mut(id)).ok_or_else(Refusal::no_permission_or_model)
    }

    fn table<'w>(&self, base: &'w BaseState, key: &str) -> Result<&'w TableState, Refusal> {
        base.table(key).ok_or_else(Refusal::no_permission_or_model)
    }

    /// The table to read, if the token may.
    fn readable<'w>(
        &self,
        world: &'w World,
        table: &str,
    ) -> Result<(&'w BaseState, &'w TableState), Refusal> {
        self.needs(scope::RECORDS_READ, Role::Read)?;
        let base = self.base(world)?;
        Ok((base, self.table(base, table)?))
    }

    /// The table to change, if the token may.
    fn writable<'w>(
        &self,
        world: &'w World,
        table: &str,
    ) -> Result<(&'w BaseState, &'w TableState), Refusal> {
        // Seeing the base comes first: a low role is only told about bases one knows.
        if !self.grant.has(scope::RECORDS_WRITE) {
            return Err(Refusal::no_permission_or_model());
        }
        let base = self.base(world)?;
        let table = self.table(base, table)?;
        self.needs(scope::RECORDS_WRITE, Role::Edit)?;
        Ok((base, table))
    }

    /// The body. Without `Content-Type: application/json` the service sees no parameters in it.
    fn json(&self) -> Result<Map<String, Value>, Refusal> {
        let Some(body) = self.body else {
            return Ok(Map::new());
        };
        serde_json::from_slice(body).map_err(|_| Refusal::invalid_request())
    }

    fn stamp(&self) -> Stamp {
        Stamp::new(self.now, Id::named(*b"usr", &self.grant.email))
    }
}

fn ok(body: impl Into<String>) -> Answer {
    Answer::text(200, "application/json; charset=utf-8", body.into())
}

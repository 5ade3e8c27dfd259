//! Webhooks: making, listing, refreshing and deleting them.
//!
//! Source: airtable.com/developers/web/api/create-a-webhook, …/list-webhooks, …/refresh-a-webhook and
//! …/delete-a-webhook. Of what a webhook can hear of, only records are simulated.

use serde::Deserialize;
use serde_json::json;

use super::{Request, ok};
use crate::airtable::grant::{Role, scope};
use crate::airtable::state::{BaseState, Webhook, World};
use crate::airtable::{Id, Refusal};
use crate::faults::Answer;

/// Webhooks a base can have.
const MOST: usize = 10;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    notification_url: String,
    specification: Specification,
}

#[derive(Deserialize)]
struct Specification {
    options: Options,
}

#[derive(Deserialize)]
struct Options {
    filters: Filters,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filters {
    data_types: Vec<String>,
    record_change_scope: Option<String>,
}

pub(super) fn create(world: &mut World, request: &Request<'_>) -> Result<Answer, Refusal> {
    if !request.grant.has(scope::RECORDS_READ) {
        return Err(Refusal::no_permission_or_model());
    }
    let base = base(world, request, Role::Create)?;
    let wanted: Wanted =
        serde_json::from_slice(request.body.unwrap_or_default()).map_err(|_| Refusal::invalid_request())?;
    // The real service takes https only; another machine's address may be anything here.
    url::Url::parse(&wanted.notification_url).map_err(|_| Refusal::invalid_request())?;
    let filters = wanted.specification.options.filters;
    if filters.data_types != ["tableData"] {
        return Err(Refusal::invalid_filters());
    }
    let table = filters.record_change_scope.map(|table| base.table(&table).map(|table| table.id));
    let table = table.map(|table| table.ok_or_else(Refusal::invalid_filters)).transpose()?;
    if base.webhooks.len() >= MOST {
        return Err(Refusal::too_many_webhooks());
    }
    let webhook = Webhook::new(wanted.notification_url, table, &mut world.rng, request.now);
    let made = json!({"id": webhook.id, "macSecretBase64": webhook.secret(),
        "expirationTime": webhook.expiration()});
    request.base_mut(world)?.webhooks.push(webhook);
    Ok(ok(made.to_string()))
}

pub(super) fn list(world: &mut World, request: &Request<'_>) -> Result<Answer, Refusal> {
    let base = base(world, request, Role::Read)?;
    let webhooks: Vec<_> = base.webhooks.iter().map(|webhook| webhook.json(request.now)).collect();
    Ok(ok(json!({ "webhooks": webhooks }).to_string()))
}

pub(super) fn refresh(world: &mut World, request: &Request<'_>, webhook: &str) -> Result<Answer, Refusal> {
    let base = base(world, request, Role::Create)?;
    let id = Id::parse(webhook);
    let webhook = base.webhooks.iter_mut().find(|webhook| Some(webhook.id) == id);
    let webhook = webhook.ok_or_else(Refusal::not_found)?;
    if !webhook.is_enabled(request.now) {
        return Err(Refusal::webhook_expired());
    }
    Ok(ok(json!({"expirationTime": webhook.refresh(request.now)}).to_string()))
}

pub(super) fn delete(world: &mut World, request: &Request<'_>, webhook: &str) -> Result<Answer, Refusal> {
    let base = base(world, request, Role::Create)?;
    let id = Id::parse(webhook);
    let place = base.webhooks.iter().position(|webhook| Some(webhook.id) == id);
    base.webhooks.remove(place.ok_or_else(Refusal::not_found)?);
    Ok(ok("{}"))
}

/// The base, if the token may see to its webhooks, without those that are forgotten by now. Which right is
/// missing is not told (unverified for the role).
fn base<'w>(world: &'w mut World, request: &Request<'_>, role: Role) -> Result<&'w mut BaseState, Refusal> {
    if !request.grant.has(scope::WEBHOOK_MANAGE) || request.grant.role < role {
        return Err(Refusal::no_permission_or_model());
    }
    let base = request.base_mut(world)?;
    base.webhooks.retain(|webhook| webhook.is_known(request.now));
    Ok(base)
}

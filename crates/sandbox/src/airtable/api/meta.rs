//! Who the token is, what it sees, and the schema.
//!
//! Source: airtable.com/developers/web/api/get-user-id-scopes, …/list-bases, …/get-base-schema, …/create-table.

use serde_json::{Value, json};

use super::{Request, fields, ok};
use crate::airtable::grant::{Role, scope};
use crate::airtable::state::World;
use crate::airtable::{Id, Refusal};
use crate::faults::Answer;

/// Bases on a page (unverified).
const PAGE: usize = 1000;

pub(super) fn who_am_i(world: &World, request: &Request<'_>) -> Answer {
    let grant = request.grant;
    let id = world.people.by_email(&grant.email).map(|person| person.id);
    let mut body = json!({"id": id, "scopes": grant.scopes});
    if grant.has(scope::EMAIL_READ) {
        body["email"] = json!(grant.email);
    }
    ok(body.to_string())
}

pub(super) fn bases(world: &World, request: &Request<'_>) -> Result<Answer, Refusal> {
    request.needs(scope::SCHEMA_READ, Role::Read)?;
    let seen: Vec<_> = world.bases.iter().filter(|base| request.grant.sees(base.id)).collect();
    let start = match request.query.iter().find(|(key, _)| key == "offset") {
        // The token hides the id of the base the page begins with.
        Some((_, token)) => {
            seen.iter().position(|base| token_of(base.id) == *token).ok_or_else(Refusal::iterator_gone)?
        }
        None => 0,
    };
    let shown = seen.iter().skip(start).take(PAGE);
    let shown: Vec<Value> = shown
        .map(|base| json!({"id": base.id, "name": base.name, "permissionLevel": request.grant.role.name()}))
        .collect();
    let mut body = json!({ "bases": shown });
    if let Some(next) = seen.get(start + PAGE) {
        body["offset"] = json!(token_of(next.id));
    }
    Ok(ok(body.to_string()))
}

fn token_of(base: Id) -> String {
    format!("itr{}", &base.as_str()[3..])
}

pub(super) fn tables(world: &World, request: &Request<'_>) -> Result<Answer, Refusal> {
    request.needs(scope::SCHEMA_READ, Role::Read)?;
    let base = request.base(world)?;
    let tables: Vec<Value> = base.tables.iter().map(|table| base.table_json(table)).collect();
    Ok(ok(json!({ "tables": tables }).to_string()))
}

pub(super) fn create_table(world: &mut World, request: &Request<'_>) -> Result<Answer, Refusal> {
    request.base(world)?;
    request.needs(scope::SCHEMA_WRITE, Role::Create)?;
    let body = request.json()?;
    let name = body.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = name.ok_or_else(Refusal::invalid_request)?;
    let base = request.base_mut(world)?;
    if base.tables.iter().any(|table| table.name == name) {
        return Err(Refusal::new(
            422,
            "DUPLICATE_TABLE_NAME",
            &format!("A table named \"{name}\" already exists"),
        ));
    }
    let described = body.get("fields").and_then(Value::as_array).filter(|fields| !fields.is_empty());
    let mut parsed = Vec::new();
    for description in described.ok_or_else(Refusal::invalid_request)? {
        let field = fields::parse(description, name, |other| {
            parsed.iter().any(|field: &crate::airtable::Field| field.name == other)
        })?;
        fields::check_link(base, &field)?;
        parsed.push(field);
    }
    let description = body.get("description").and_then(Value::as_str).filter(|text| !text.is_empty());
    let id = base.add_table(name, description.map(str::to_owned));
    for field in parsed {
        base.add_field(id, field);
    }
    let table = base.by_id(id).ok_or_else(Refusal::no_permission_or_model)?;
    Ok(ok(base.table_json(table).to_string()))
}

//! Creating and renaming fields.

use serde_json::Value;

use super::{Request, ok};
use crate::airtable::grant::{Role, scope};
use crate::airtable::state::{BaseState, TableState, World};
use crate::airtable::{Field, FieldType, Id, Refusal};
use crate::faults::Answer;

pub(super) fn create(world: &mut World, request: &Request<'_>, table: &str) -> Result<Answer, Refusal> {
    let table = request.table(request.base(world)?, table)?;
    request.needs(scope::SCHEMA_WRITE, Role::Create)?;
    let field = parse(&Value::Object(request.json()?), &table.name, |name| table.slot(name).is_some())?;
    let table = table.id;
    let base = request.base_mut(world)?;
    check_link(base, &field)?;
    let id = base.add_field(table, field);
    let shown = base.by_id(table).zip(id).and_then(|(table, id)| shown(base, table, id));
    Ok(ok(shown.ok_or_else(Refusal::no_permission_or_model)?))
}

/// Name and description only: the type cannot be changed through the API.
pub(super) fn update(
    world: &mut World,
    request: &Request<'_>,
    table: &str,
    field: &str,
) -> Result<Answer, Refusal> {
    let table = request.table(request.base(world)?, table)?;
    request.needs(scope::SCHEMA_WRITE, Role::Create)?;
    let slot = table.slot(field).ok_or_else(Refusal::no_permission_or_model)?;
    let body = request.json()?;
    let name = body.get("name").and_then(Value::as_str);
    let description = body.get("description").and_then(Value::as_str);
    if (name, description) == (None, None) || body.keys().any(|key| key != "name" && key != "description") {
        return Err(Refusal::invalid_request());
    }
    if name.is_some_and(|name| name.is_empty() || table.slot(name).is_some_and(|other| other != slot)) {
        return Err(duplicate());
    }
    let table = table.id;
    let base = request.base_mut(world)?;
    let column = base.by_id_mut(table).and_then(|table| table.column_mut(slot));
    let column = column.ok_or_else(Refusal::no_permission_or_model)?;
    if let Some(name) = name {
        name.clone_into(&mut column.name);
    }
    if let Some(description) = description {
        column.description = Some(description.to_owned()).filter(|text| !text.is_empty());
    }
    let id = column.id;
    base.schema_changed();
    let shown = base.by_id(table).and_then(|table| shown(base, table, id));
    Ok(ok(shown.ok_or_else(Refusal::no_permission_or_model)?))
}

fn shown(base: &BaseState, table: &TableState, field: Id) -> Option<String> {
    let column = table.column(table.slot(field.as_str())?)?;
    Some(base.field_json(table, column).to_string())
}

/// Reads the description of a field to create; `taken` says which names are used already.
pub(super) fn parse(
    description: &Value,
    table: &str,
    taken: impl Fn(&str) -> bool,
) -> Result<Field, Refusal> {
    let name = description["name"]
        .as_str()
        .filter(|name| !name.trim().is_empty() && !taken(name))
        .ok_or_else(duplicate)?;
    let kind = description["type"].as_str().ok_or_else(Refusal::invalid_request)?;
    let kind = FieldType::parse(kind, description.get("options"), &format!("{table}.{name}"))?;
    let mut field = Field::new(name, kind);
    field.description =
        description["description"].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(field)
}

/// A link must lead somewhere.
pub(super) fn check_link(base: &BaseState, field: &Field) -> Result<(), Refusal> {
    match &field.kind {
        FieldType::MultipleRecordLinks(link) if base.by_id(link.table).is_none() => Err(Refusal::new(
            422,
            "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE",
            &format!("Invalid options for {}: linkedTableId does not exist", field.name),
        )),
        _ => Ok(()),
    }
}

fn duplicate() -> Refusal {
    Refusal::new(422, "DUPLICATE_OR_EMPTY_FIELD_NAME", "Field names must be unique and must not be empty")
}

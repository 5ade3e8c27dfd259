//! Fields and their values as clients see them.

use serde_json::{Map, Value, json};

use super::Request;
use crate::odoo::field::{Field, FieldType};
use crate::odoo::refusal::Refusal;
use crate::odoo::state::{ModelState, Row, World};

/// What the model's fields are.
pub(super) fn fields_get(world: &World, request: &Request<'_>) -> Result<Value, Refusal> {
    let model = world.model(request.model)?;
    let only = |list: &Value, name: &str| {
        list.as_array().filter(|list| !list.is_empty()).is_none_or(|list| list.contains(&json!(name)))
    };
    let mut told = Map::new();
    for field in model.fields.iter().filter(|field| only(request.get("allfields"), &field.name)) {
        let mut described = field.describe(request.lang());
        if let Value::Object(attributes) = &mut described {
            attributes.retain(|name, _| only(request.get("attributes"), name));
        }
        told.insert(field.name.clone(), described);
    }
    Ok(Value::Object(told))
}

/// Some records, by id.
pub(super) fn read(world: &World, request: &Request<'_>, ids: &[i64]) -> Result<Value, Refusal> {
    let model = world.model(request.model)?;
    let fields = asked_for(model, request.get("fields"))?;
    let names = match request.named.get("load") {
        None => true,
        Some(load) => load == "_classic_read",
    };
    // A product's name comes without its reference for those who ask so.
    let plain =
        model.name == "product.product" && request.context.get("display_default_code") == Some(&json!(false));
    let mut records = Vec::with_capacity(ids.len());
    for id in ids {
        let row = model.rows.get(id).ok_or_else(|| Refusal::missing(&model.name, *id))?;
        if !is_of(row, request.companies().as_deref()) {
            return Err(Refusal::other_company(&model.name));
        }
        let mut record = Map::new();
        record.insert("id".into(), json!(id));
        for field in &fields {
            let is_plain = plain && field.name == "display_name";
            let field_shown = if is_plain { "name" } else { &field.name };
            let shown = shown(world, model, row, model.known(field_shown)?, names);
            record.insert(field.name.clone(), shown);
        }
        records.push(Value::Object(record));
    }
    Ok(Value::Array(records))
}

/// Whether a record is seen from these companies.
pub(super) fn is_of(row: &Row, companies: Option<&[i64]>) -> bool {
    let company = row.values.get("company_id").and_then(Value::as_i64);
    company.zip(companies).is_none_or(|(company, seen)| seen.contains(&company))
}

/// The fields named; all of them when none is.
fn asked_for<'m>(model: &'m ModelState, names: &Value) -> Result<Vec<&'m Field>, Refusal> {
    match names.as_array().filter(|names| !names.is_empty()) {
        None => Ok(model.fields.iter().collect()),
        Some(names) => names.iter().filter_map(Value::as_str).map(|name| model.known(name)).collect(),
    }
}

/// A value as it is told: `false` for empty, many-to-ones with their names.
fn shown(world: &World, model: &ModelState, row: &Row, field: &Field, names: bool) -> Value {
    match (&field.kind, world.value(model, row, field)) {
        (kind, Value::Null) => kind.empty(),
        (FieldType::Many2one(other), id) if names => {
            json!([id, world.display_name(other, id.as_i64().unwrap_or_default())])
        }
        (_, value) => value,
    }
}

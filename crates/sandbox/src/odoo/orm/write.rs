//! Creating, changing and deleting records.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value, json};

use super::{Request, read};
use crate::odoo::field::{Field, FieldType};
use crate::odoo::refusal::Refusal;
use crate::odoo::state::{ModelState, Row, World};

pub(super) fn create(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    let (list, single) = match request.get("vals_list") {
        Value::Array(list) => (list.clone(), false),
        one => (vec![one.clone()], true),
    };
    // One transaction: all of them or none.
    let mut rows = Vec::new();
    for values in &list {
        let mut full = defaults(world, request);
        full.extend(values.as_object().cloned().unwrap_or_default());
        let model = world.model(request.model)?;
        rows.push(store(world, model, &full, &Map::new(), true)?);
    }
    let Some(model) = world.models.get_mut(request.model) else {
        return Err(Refusal::no_model(request.model));
    };
    let mut ids = Vec::new();
    for values in rows {
        model.last_id += 1;
        let (id, by) = (model.last_id, request.uid);
        let row = Row {
            id,
            values,
            created: request.now,
            written: Some(request.now),
            created_by: by,
            written_by: by,
        };
        model.rows.insert(id, row);
        ids.push(id);
    }
    Ok(if single { json!(ids.first()) } else { json!(ids) })
}

/// What a new record holds unless it is said.
fn defaults(world: &World, request: &Request<'_>) -> Map<String, Value> {
    let mut values = Map::new();
    let Some(model) = world.models.get(request.model) else { return values };
    if model.field("active").is_some() {
        values.insert("active".into(), json!(true));
    }
    match request.model {
        "crm.lead" => {
            let first = world.models.get("crm.stage").and_then(|stages| stages.rows.keys().next());
            values.insert("type".into(), json!("lead"));
            values.insert("priority".into(), json!("0"));
            values.insert("stage_id".into(), json!(first));
            values.insert("user_id".into(), json!(request.uid));
            let company = request.companies().and_then(|list| list.first().copied()).unwrap_or(1);
            values.insert("company_id".into(), json!(company));
        }
        "product.product" => {
            values.insert("type".into(), json!("consu"));
        }
        _ => {}
    }
    values
}

pub(super) fn write(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    let given = request.get("vals").as_object().cloned().unwrap_or_default();
    let model = world.model(request.model)?;
    let mut changed = Vec::new();
    for id in &request.ids {
        let row = model.rows.get(id).ok_or_else(|| Refusal::missing(&model.name, *id))?;
        if !read::is_of(row, request.companies().as_deref()) {
            return Err(Refusal::other_company(&model.name));
        }
        changed.push((*id, store(world, model, &given, &row.values, false)?));
    }
    if let Some(model) = world.models.get_mut(request.model) {
        for (id, values) in changed {
            if let Some(row) = model.rows.get_mut(&id) {
                (row.values, row.written, row.written_by) = (values, Some(request.now), request.uid);
            }
        }
    }
    Ok(json!(true))
}

pub(super) fn unlink(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    let Some(model) = world.models.get_mut(request.model) else {
        return Err(Refusal::no_model(request.model));
    };
    if let Some(id) = request.ids.iter().find(|id| !model.rows.contains_key(id)) {
        return Err(Refusal::missing(&model.name, *id));
    }
    model.rows.retain(|id, _| !request.ids.contains(id));
    Ok(json!(true))
}

/// The values of a record after these are written to it.
///
/// # Errors
/// A value does not fit its field, or a required one is missing.
pub(in crate::odoo) fn store(
    world: &World,
    model: &ModelState,
    given: &Map<String, Value>,
    before: &Map<String, Value>,
    is_new: bool,
) -> Result<Map<String, Value>, Refusal> {
    let mut values = before.clone();
    for (name, value) in given {
        let field = model.known(name)?;
        if field.related.is_none() && !matches!(field.kind, FieldType::One2many(..)) {
            values.insert(name.clone(), accept(world, model, field, value, values.get(name))?);
        }
    }
    let lacks = |field: &&Field| {
        field.required
            && (is_new || given.contains_key(&field.name))
            && matches!(values.get(&field.name), None | Some(Value::Null))
    };
    match model.fields.iter().find(lacks) {
        Some(field) => Err(Refusal::validation(format!(
            "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\nModel: {}\nField: {} ({})",
            model.name, field.label.0, field.name
        ))),
        None => Ok(values),
    }
}

/// A value in the form it is kept in.
fn accept(
    world: &World,
    model: &ModelState,
    field: &Field,
    given: &Value,
    before: Option<&Value>,
) -> Result<Value, Refusal> {
    use FieldType as T;
    let wrong = || {
        Refusal::value(format!("Wrong value for {}.{}: {given}", model.name, field.name).replace('"', "'"))
    };
    match (&field.kind, given) {
        (T::Boolean, given) => Ok(json!(!matches!(given, Value::Null | Value::Bool(false)))),
        (T::Integer | T::Float | T::Monetary, Value::Null | Value::Bool(false)) => Ok(Value::Null),
        (T::Many2many(_), given) => commands(given, before).ok_or_else(wrong),
        (_, Value::Null | Value::Bool(false)) => Ok(Value::Null),
        (T::Char | T::Text | T::Html | T::Binary, Value::String(text)) => {
            Ok(if text.is_empty() { Value::Null } else { json!(text) })
        }
        (T::Integer, Value::Number(number)) if number.is_i64() => Ok(given.clone()),
        (T::Float, Value::Number(_)) => Ok(json!(given.as_f64())),
        (T::Monetary, Value::Number(_)) => {
            Ok(json!(given.as_f64().map(|amount| (amount * 100.0).round() / 100.0)))
        }
        (T::Date, Value::String(text)) => {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|_| given.clone()).map_err(|_| wrong())
        }
        (T::Datetime, Value::String(text)) => NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
            .map(|_| given.clone())
            .map_err(|_| wrong()),
        (T::Selection(options), Value::String(key)) if options.iter().any(|option| option.0 == *key) => {
            Ok(given.clone())
        }
        (T::Many2one(other), Value::Number(id)) => {
            let id = id.as_i64().unwrap_or_default();
            world.row(other, id).map(|_| json!(id)).ok_or_else(|| Refusal::missing(other, id))
        }
        _ => Err(wrong()),
    }
}

/// What a list of ids is after the commands of a write.
fn commands(given: &Value, before: Option<&Value>) -> Option<Value> {
    let mut ids = before.and_then(Value::as_array).cloned().unwrap_or_default();
    for command in given.as_array()? {
        match command {
            Value::Number(_) => ids.push(command.clone()),
            command => match (command[0].as_i64()?, &command[1], &command[2]) {
                (3, id, _) => ids.retain(|known| known != id),
                (4, id, _) if !ids.contains(id) => ids.push(id.clone()),
                (4, ..) => {}
                (5, ..) => ids.clear(),
                (6, _, Value::Array(all)) => ids.clone_from(all),
                _ => return None,
            },
        }
    }
    Some(Value::Array(ids))
}

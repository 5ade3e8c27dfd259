//! Uploading a file into an attachment cell.
//!
//! The real service takes uploads on another host (`content.airtable.com`); here it is the same.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Request, ok};
use crate::airtable::render::{self, Shape};
use crate::airtable::scope::Scope;
use crate::airtable::state::{BaseState, TableState, World};
use crate::airtable::{FieldType, Id, Refusal};
use crate::faults::Answer;

/// Largest file.
const LARGEST: usize = 5 * 1024 * 1024;

pub(super) fn upload(
    world: &mut World,
    request: &Request<'_>,
    record: &str,
    field: &str,
) -> Result<Answer, Refusal> {
    let base = request.base(world)?;
    let id = Id::parse(record).ok_or_else(Refusal::not_found)?;
    let table = base.tables.iter().find(|table| table.has(id)).ok_or_else(Refusal::not_found)?;
    request.writable(world, table.id.as_str())?;
    let slot = table.slot(field).ok_or_else(|| Refusal::unknown_field(field))?;
    if table.column(slot).is_none_or(|column| column.kind != FieldType::MultipleAttachments) {
        return Err(Refusal::invalid_value(field));
    }

    let body = request.json()?;
    let text = |key: &str| body.get(key).and_then(Value::as_str).ok_or_else(Refusal::invalid_request);
    let (kind, filename) = (text("contentType")?, text("filename")?);
    let bytes = STANDARD.decode(text("file")?).map_err(|_| Refusal::invalid_request())?;
    if bytes.len() > LARGEST {
        return Err(Refusal::too_large());
    }
    let table = table.id;
    let file = Id::random(*b"att", &mut world.rng);
    let url = format!("{}/files/{file}", request.url);
    let attachment = json!({"id": file, "url": url, "filename": filename, "size": bytes.len(), "type": kind});
    world.files.insert(file, (kind.to_owned(), bytes));

    let stamp = request.stamp();
    let base = request.base_mut(world)?;
    let mut files = cell(base, table, id, slot).as_array().cloned().unwrap_or_default();
    files.push(attachment);
    base.write(table, id, [(slot, Value::Array(files))], stamp);
    let shape = Shape { fields: Some(vec![slot]), ..Shape::by_id(true) };
    let base = request.base(world)?;
    let shown = base.by_id(table).and_then(|table| shown(world, base, table, id, request, &shape));
    Ok(ok(shown.ok_or_else(Refusal::not_found)?))
}

fn cell(base: &BaseState, table: Id, record: Id, slot: usize) -> Value {
    let record = base.by_id(table).and_then(|table| table.get(record));
    record.map_or(Value::Null, |record| record.cell(slot).clone())
}

fn shown(
    world: &World,
    base: &BaseState,
    table: &TableState,
    record: Id,
    request: &Request<'_>,
    shape: &Shape,
) -> Option<String> {
    let scope = Scope::new(base, table, table.get(record)?, &world.people, request.now);
    Some(render::record(&scope, shape))
}

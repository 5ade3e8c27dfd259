//! Records one by one and in collections.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::call::{Call, Verb};
use super::refusal::Refusal;
use super::render::shown;
use super::state::{Row, World};
use super::store::Given;
use crate::faults::Answer;
use crate::service::Job;

/// Records of a collection that is written, and of one that is read.
const AT_ONCE: usize = 200;
const READ_AT_ONCE: usize = 2_000;

/// A record of a collection: its object, its id, what is given.
struct Piece {
    object: String,
    id: Option<String>,
    given: Given,
}

impl World {
    pub(super) fn records(&mut self, job: &Job<'_, Self>) -> Result<Answer, Refusal> {
        match job.call {
            Call::Create(object) => {
                let given = own_fields(body(job)?);
                self.check_shape(self.known(object)?, &given)?;
                let id = self.insert(object, &given, job.now)?;
                Ok(Answer::json(201, &json!({"id": id, "success": true, "errors": []})))
            }
            Call::Record(verb, object, id) => self.record(job, *verb, object, id),
            Call::ByKey(verb, object, field, value) => self.by_key(job, *verb, object, field, value),
            Call::CreateMany => self.collection(job, |world, piece| {
                let id = world.insert(&piece.object, &piece.given, job.now)?;
                Ok(json!({"id": id, "success": true, "errors": []}))
            }),
            Call::UpdateMany => self.collection(job, |world, piece| {
                let id = piece.id.as_deref().ok_or_else(|| {
                    Refusal::new(400, "MISSING_ARGUMENT", "Id not specified in an update call")
                })?;
                world.change(&piece.object, id, &piece.given, job.now)?;
                Ok(json!({"id": id, "success": true, "errors": []}))
            }),
            Call::UpsertMany(object, field) => self.upsert_many(job, object, field),
            Call::DeleteMany => self.delete_many(job),
            Call::ReadMany(object) => self.read_many(job, object),
            _ => Err(Refusal::not_found()),
        }
    }

    fn record(&mut self, job: &Job<'_, Self>, verb: Verb, object: &str, id: &str) -> Result<Answer, Refusal> {
        let gone = |refusal: Refusal| match refusal.code {
            // One record that never was has no resource; in a collection it is a bad reference.
            "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" => Refusal::not_found(),
            _ => refusal,
        };
        match verb {
            Verb::Read => {
                let id = super::id::long(id).ok_or_else(Refusal::not_found)?;
                let (found, row) = self.row(&id).ok_or_else(Refusal::not_found)?;
                let fields: Vec<_> = found.fields.iter().map(|field| vec![field.name.clone()]).collect();
                Ok(Answer::json(200, &self.render(found, row, &shown(found, &fields))))
            }
            Verb::Write => {
                let given = own_fields(body(job)?);
                self.check_shape(self.known(object)?, &given)?;
                self.change(object, id, &given, job.now).map_err(gone)?;
                Ok(Answer::text(204, "application/json", ""))
            }
            Verb::Delete => {
                self.remove(id).map_err(gone)?;
                Ok(Answer::text(204, "application/json", ""))
            }
        }
    }

    fn by_key(
        &mut self,
        job: &Job<'_, Self>,
        verb: Verb,
        object: &str,
        field: &str,
        value: &str,
    ) -> Result<Answer, Refusal> {
        let key = json!(value);
        let found = self.by_external_id(object, field, &key)?;
        if verb != Verb::Write {
            let id = found.ok_or_else(Refusal::not_found)?;
            return self.record(job, verb, object, &id);
        }
        let mut given = own_fields(body(job)?);
        self.check_shape(self.known(object)?, &given)?;
        let created = found.is_none();
        let id = match found {
            Some(id) => {
                self.change(object, &id, &given, job.now)?;
                id
            }
            None => {
                given.insert(field.to_owned(), key);
                self.insert(object, &given, job.now)?
            }
        };
        let status = if created { 201 } else { 200 };
        Ok(Answer::json(status, &json!({"id": id, "success": true, "errors": [], "created": created})))
    }

    /// The record with that value in a field that is an external id.
    fn by_external_id(&self, object: &str, field: &str, value: &Value) -> Result<Option<String>, Refusal> {
        let object = self.known(object)?;
        let known = object.field(field).filter(|field| field.external_id);
        let known = known.ok_or_else(|| Refusal::no_external_id(field))?;
        let bears = |row: &&Row| !row.deleted && row.values.get(&known.name) == Some(value);
        let mut rows = object.rows.values().filter(bears);
        let row = rows.next();
        if rows.next().is_some() {
            // By itself it is a 300 with a list of addresses, which this simulator does not play.
            return Err(Refusal::new(
                400,
                "DUPLICATE_EXTERNAL_ID",
                "More than one record found for external id",
            ));
        }
        Ok(row.map(|row| row.id.clone()))
    }

    fn upsert_many(&mut self, job: &Job<'_, Self>, object: &str, field: &str) -> Result<Answer, Refusal> {
        self.by_external_id(object, field, &Value::Null)?;
        let mut keys = HashSet::new();
        self.collection(job, |world, piece| {
            if piece.id.is_some() {
                let message = "The Id field should not be specified in the sobject data.";
                return Err(Refusal::new(400, "INVALID_FIELD", message));
            }
            let key = piece.given.get(field).filter(|key| !key.is_null()).cloned();
            let key =
                key.ok_or_else(|| Refusal::new(400, "MISSING_ARGUMENT", format!("{field} not specified")))?;
            if !keys.insert(key.to_string()) {
                let message =
                    format!("Duplicate external id specified: {}", key.as_str().unwrap_or_default());
                return Err(Refusal::new(400, "DUPLICATE_VALUE", message));
            }
            let found = world.by_external_id(object, field, &key)?;
            let created = found.is_none();
            let id = match found {
                Some(id) => {
                    world.change(object, &id, &piece.given, job.now)?;
                    id
                }
                None => world.insert(object, &piece.given, job.now)?,
            };
            Ok(json!({"id": id, "success": true, "errors": [], "created": created}))
        })
    }

    /// Each record for itself; the answers stand in order.
    fn collection(
        &mut self,
        job: &Job<'_, Self>,
        mut write: impl FnMut(&mut Self, &Piece) -> Result<Value, Refusal>,
    ) -> Result<Answer, Refusal> {
        let body = body(job)?;
        if body.get("allOrNone").and_then(Value::as_bool) == Some(true) {
            return Err(Refusal::new(
                400,
                "UNSUPPORTED_API_VERSION",
                "allOrNone is not played by this simulator",
            ));
        }
        let records = body.get("records").and_then(Value::as_array);
        let records = records.ok_or_else(|| Refusal::json("The records list is missing"))?;
        if records.len() > AT_ONCE {
            return Err(Refusal::too_many(AT_ONCE));
        }
        let pieces = records.iter().map(|record| self.piece(record)).collect::<Result<Vec<_>, _>>()?;
        let written: Vec<Value> = pieces
            .iter()
            .map(|piece| write(self, piece).unwrap_or_else(|refusal| refusal.of_record()))
            .collect();
        Ok(Answer::json(200, &json!(written)))
    }

    fn piece(&self, record: &Value) -> Result<Piece, Refusal> {
        let name = record["attributes"]["type"].as_str();
        let name = name.ok_or_else(|| Refusal::json("The attributes of a record must name its type"))?;
        let not_found =
            || Refusal::new(400, "INVALID_TYPE", format!("sObject type '{name}' is not supported."));
        let object = self.object(name).ok_or_else(not_found)?;
        let mut given = record.as_object().cloned().unwrap_or_default();
        let id = ["id", "Id"].into_iter().find_map(|key| given.remove(key));
        let given = own_fields(given);
        self.check_shape(object, &given)?;
        Ok(Piece { object: object.name.clone(), id: id.and_then(|id| id.as_str().map(str::to_owned)), given })
    }

    fn delete_many(&mut self, job: &Job<'_, Self>) -> Result<Answer, Refusal> {
        let pairs = job.asked.pairs();
        let ids =
            pairs.iter().find(|(name, _)| name == "ids").map(|(_, ids)| ids.as_str()).unwrap_or_default();
        if ids.split(',').count() > AT_ONCE {
            return Err(Refusal::too_many(AT_ONCE));
        }
        let removed = ids.split(',').map(|id| match self.remove(id) {
            Ok(()) => json!({"id": id, "success": true, "errors": []}),
            Err(refusal) => refusal.of_record(),
        });
        Ok(Answer::json(200, &removed.collect()))
    }

    fn read_many(&self, job: &Job<'_, Self>, object: &str) -> Result<Answer, Refusal> {
        let found = self.known(object)?;
        let body = body(job)?;
        let list = |key: &str| -> Vec<String> {
            let items = body.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let (ids, fields) = (list("ids"), list("fields"));
        if ids.len() > READ_AT_ONCE {
            return Err(Refusal::too_many(READ_AT_ONCE));
        }
        if let Some(unknown) = fields.iter().find(|name| found.field(name).is_none()) {
            return Err(Refusal::no_column(unknown, &found.name));
        }
        let paths: Vec<Vec<String>> = fields.into_iter().map(|name| vec![name]).collect();
        let fields = shown(found, &paths);
        let read = ids.iter().map(|id| {
            let row = super::id::long(id).and_then(|id| found.rows.get(&id)).filter(|row| !row.deleted);
            row.map_or(Value::Null, |row| self.render(found, row, &fields))
        });
        Ok(Answer::json(200, &read.collect()))
    }
}

/// The body as a JSON object.
fn body(job: &Job<'_, World>) -> Result<Map<String, Value>, Refusal> {
    let bytes = job.asked.json_bytes();
    let bytes =
        bytes.ok_or_else(|| Refusal::new(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be JSON"))?;
    serde_json::from_slice(bytes).map_err(|error| Refusal::json(error.to_string()))
}

/// Without what is said about the record.
fn own_fields(mut given: Map<String, Value>) -> Given {
    given.remove("attributes");
    given
}

//! Writes opportunities, one a request.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::Value;
use model::record::FieldKey;
use serde_json::{Map, Value as Json, json};

use super::api::Api;
use super::create::NewRecord;
use super::directory::Directory;
use super::refusal;
use super::schema::Model;
use super::values::{self, Stop};
use crate::common::lookout::Lookout;
use crate::connector::{Outcome, Write};
use crate::error::ErrorKind;
use crate::http::Failure;

/// Writes to one database.
pub(super) struct Writer {
    api: Arc<Api>,
    lookout: Lookout,
    directory: Directory,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>) -> Writer {
        Writer { api, lookout: Lookout::default(), directory: Directory::default() }
    }

    /// Writes one record.
    pub(super) async fn write(&self, model: &Model, write: &Write) -> Result<Outcome, Failure> {
        let (id, fields) = match write {
            Write::Create(fields) => (None, fields),
            Write::Update(id, fields) => (Some(id), fields),
        };
        let zone = self.api.session().await?.zone;
        let values = match values::values(&self.api, &self.directory, model, fields, zone).await {
            Ok(values) => values,
            Err(Stop::Rejected(reason)) => return Ok(Outcome::Rejected(reason)),
            Err(Stop::Failed(failure)) => return Err(failure),
        };
        let written = match id {
            None => self.create(model, values, fields).await,
            Some(id) => self.update(model, id, &values).await,
        };
        match written {
            Err(failure) if failure.error.kind == ErrorKind::Rejected && !refusal::is_no_field(&failure) => {
                Ok(Outcome::Rejected(refusal::record_rejected(&failure.said)))
            }
            other => other,
        }
    }

    async fn create(
        &self,
        model: &Model,
        mut values: Map<String, Json>,
        fields: &BTreeMap<FieldKey, Value>,
    ) -> Result<Outcome, Failure> {
        values::complete(model, &mut values, fields);
        let record = NewRecord { api: &self.api, model: model.id, values: &values };
        let sent = self.lookout.create(&record, 1).await;
        match (sent.ids.into_iter().flatten().next(), sent.failure) {
            (_, Some(failure)) if refusal::is_missing(&failure) => {
                Ok(Outcome::Rejected(refusal::record_rejected(&failure.said)))
            }
            (_, Some(failure)) => Err(failure),
            (Some(id), None) => Ok(Outcome::Written(id)),
            (None, None) => Ok(Outcome::Gone),
        }
    }

    async fn update(&self, model: &Model, id: &str, values: &Map<String, Json>) -> Result<Outcome, Failure> {
        // Ids of this service are numbers: what is none was never one of its records.
        let Ok(number) = id.parse::<i64>() else { return Ok(Outcome::Gone) };
        match self.api.update(model.id, number, values).await {
            Ok(()) => Ok(Outcome::Written(id.to_owned())),
            Err(failure) if refusal::is_missing(&failure) => {
                // A record that it links to may be the missing one.
                match self.api.count(model.id, json!([["id", "=", number]])).await? {
                    0 => Ok(Outcome::Gone),
                    _ => Ok(Outcome::Rejected(refusal::record_rejected(&failure.said))),
                }
            }
            Err(failure) => Err(failure),
        }
    }
}

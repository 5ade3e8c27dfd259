//! Writes records, one a request.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::record::FieldKey;
use model::{Text, Value};
use serde_json::Value as Json;

use super::answers::Written;
use super::api::Api;
use super::create::NewRecord;
use super::directory::Directory;
use super::discovery::Discovery;
use super::schema::{Holds, Model, STAGE};
use super::values::{self, Body, Stop};
use super::{keep, texts};
use crate::common::lookout::Lookout;
use crate::connector::{Outcome, Write};
use crate::error::ErrorKind;
use crate::http::Failure;

/// Writes to one company.
pub(super) struct Writer {
    api: Arc<Api>,
    discovery: Arc<Discovery>,
    directory: Arc<Directory>,
    lookout: Lookout,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>, discovery: Arc<Discovery>, directory: Arc<Directory>) -> Writer {
        Writer { api, discovery, directory, lookout: Lookout::default() }
    }

    /// Writes one record.
    pub(super) async fn write(&self, model: &Model, write: &Write) -> Result<Outcome, Failure> {
        let (id, fields) = match write {
            Write::Create(fields) => (None, fields),
            // Ids of this service are numbers: what is none was never one of its records.
            Write::Update(id, fields) => match id.parse::<i64>() {
                Ok(id) => (Some(id), fields),
                Err(_) => return Ok(Outcome::Gone),
            },
        };
        let body = values::body(&self.api, &self.directory, model, fields, id.is_none()).await;
        let mut body = match body {
            Ok(body) => body,
            Err(Stop::Rejected(reason)) => return Ok(Outcome::Rejected(reason)),
            Err(Stop::Failed(failure)) => return Err(failure),
        };
        match self.send(model, id, &mut body).await {
            Err(failure) if failure.error.kind == ErrorKind::Rejected => {
                Ok(Outcome::Rejected(self.why(model, fields, &body, &failure.said).await))
            }
            Err(failure) if failure.error.kind == ErrorKind::NotFound && id.is_some() => Ok(Outcome::Gone),
            other => other,
        }
    }

    async fn send(&self, model: &Model, id: Option<i64>, body: &mut Body) -> Result<Outcome, Failure> {
        keep::keep(&self.api, &self.directory, model, id, body).await?;
        let body = body.json();
        let Some(id) = id else { return self.create(model, &body).await };
        Ok(match self.api.update(model.entity, id, &body).await? {
            Written { is_deleted: true, .. } => Outcome::Gone,
            Written { id, .. } => Outcome::Written(id.to_string()),
        })
    }

    async fn create(&self, model: &Model, body: &Json) -> Result<Outcome, Failure> {
        let record = NewRecord { api: &self.api, entity: model.entity, body };
        let sent = self.lookout.create(&record, 1).await;
        match (sent.ids.into_iter().flatten().next(), sent.failure) {
            (_, Some(failure)) => Err(failure),
            (Some(id), None) => Ok(Outcome::Written(id)),
            (None, None) => Ok(Outcome::Gone),
        }
    }

    /// Why a record was refused that looked right: a field, an option or a stage may have been deleted since
    /// they were read. Otherwise the service's own words.
    async fn why(&self, model: &Model, fields: &BTreeMap<FieldKey, Value>, body: &Body, said: &str) -> Text {
        // A linked record may have been deleted too.
        self.directory.forget().await;
        match self.discovery.fresh(model.entity.id()).await {
            Ok(fresh) => deleted(model, &fresh, fields, body).unwrap_or_else(|| texts::record_rejected(said)),
            Err(_) => texts::record_rejected(said),
        }
    }
}

/// What a record names that is not there any more.
fn deleted(before: &Model, now: &Model, fields: &BTreeMap<FieldKey, Value>, body: &Body) -> Option<Text> {
    fields.iter().find_map(|(key, value)| {
        let column = before.column(key)?;
        let Some(present) = now.column(key) else {
            return Some(texts::field_gone(before.entity, &column.name).message);
        };
        let sent = body.get(column)?;
        let ids: Vec<i64> = match sent {
            Json::Array(ids) => ids.iter().filter_map(Json::as_i64).collect(),
            id => id.as_i64().into_iter().collect(),
        };
        let is_gone = |id: &i64| match &present.holds {
            Holds::Choice(options) | Holds::Choices(options) => !options.iter().any(|(known, _)| known == id),
            Holds::Stage => **key == *STAGE && !now.stages.has(*id),
            _ => false,
        };
        ids.iter()
            .any(is_gone)
            .then(|| texts::option_gone(&column.name, &value.to_text().unwrap_or_default()))
    })
}

//! One organisation as a connection: what the engine asks, turned into requests.

use std::collections::HashMap;
use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::future::try_join_all;
use futures_util::stream::BoxStream;
use model::{Budget, StreamField, StreamSchema};
use tokio::sync::Mutex;

use super::api::Api;
use super::columns::Columns;
use super::keyed::Key;
use super::listing::ObjectPages;
use super::schema::Object;
use super::settings::SalesforceSettings;
use super::write::{Batch, Writer};
use super::{OPPORTUNITY, refusal, texts};
use crate::common::ahead::ReadAhead;
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;

/// Objects that are offered besides the one of the settings, where the user sees them. An organisation has
/// hundreds; describing each costs a request.
const STANDARD: [&str; 4] = [OPPORTUNITY, "Account", "Contact", "Lead"];
/// Names offered when one does not exist.
const SIMILAR: usize = 5;

/// One organisation of Salesforce.
pub(super) struct Organisation {
    api: Arc<Api>,
    /// The object the connection is about.
    object: String,
    external_id: Option<String>,
    /// The objects as last described; reading and writing need more of them than the product's schema holds.
    objects: Mutex<HashMap<String, Arc<Object>>>,
    writer: Writer,
}

impl Organisation {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<Organisation> {
        let settings = SalesforceSettings::parse(settings)?;
        let api = Arc::new(Api::new(context, &settings)?);
        Ok(Organisation {
            writer: Writer::new(Arc::clone(&api)),
            api,
            object: settings.object,
            external_id: settings.external_id,
            objects: Mutex::default(),
        })
    }

    /// Describes an object and remembers it.
    async fn describe(&self, name: &str) -> std::result::Result<Arc<Object>, Failure> {
        let mut object = Object::read(self.api.describe(name).await?);
        if object.name == OPPORTUNITY {
            match self.api.stages().await {
                Ok(stages) => object.set_stages(&stages),
                // Without the right to see them, a stage stands for what its label says.
                Err(failure) if failure.error.kind == ErrorKind::NotFound => {}
                Err(failure) => return Err(failure),
            }
        }
        let object = Arc::new(object);
        self.objects.lock().await.insert(object.name.clone(), Arc::clone(&object));
        Ok(object)
    }

    /// The same for an object that somebody asked for.
    async fn named(&self, name: &str) -> Result<Arc<Object>> {
        match self.describe(name).await {
            Ok(object) => Ok(object),
            Err(failure) if refusal::is_no_object(&failure) => Err(self.explain_missing(name).await),
            Err(failure) => Err(*failure.error),
        }
    }

    /// The object of the settings, with the field that makes its creations repeatable.
    async fn own(&self) -> Result<Arc<Object>> {
        let object = self.named(&self.object).await?;
        match &self.external_id {
            Some(field) if Key::of(&object, field).is_none() => Err(texts::no_external_id(field, &object)),
            _ => Ok(object),
        }
    }

    /// Another object; `None` where the user does not see it.
    async fn other(&self, name: &str) -> Result<Option<Arc<Object>>> {
        match self.describe(name).await {
            Ok(object) => Ok(Some(object)),
            Err(failure) if matches!(failure.error.kind, ErrorKind::NotFound | ErrorKind::Forbidden) => {
                Ok(None)
            }
            Err(failure) => Err(*failure.error),
        }
    }

    /// What is known of a stream beyond the product's schema.
    async fn object(&self, stream: &StreamSchema) -> Result<Arc<Object>> {
        let known = self.objects.lock().await.get(&stream.id).cloned();
        match known {
            Some(object) => Ok(object),
            None => self.named(&stream.id).await,
        }
    }

    /// What it means that an object is not there: the version is not, or only objects of other names are.
    async fn explain_missing(&self, name: &str) -> Error {
        let all = match self.api.objects().await {
            Ok(all) => all,
            Err(failure) if refusal::is_no_object(&failure) => return texts::no_version(self.api.version()),
            Err(failure) => return *failure.error,
        };
        let lower = name.trim_end_matches("__c").to_lowercase();
        let is_similar = |known: &str| {
            let known = known.to_lowercase();
            known.contains(&lower) || lower.contains(&known)
        };
        let similar = all.into_iter().filter(|object| is_similar(&object.name) || is_similar(&object.label));
        texts::no_object(name, &similar.map(|object| object.name).take(SIMILAR).collect::<Vec<_>>())
    }
}

/// What it means that the records of a known object cannot be had or changed.
fn explain(failure: Failure, stream: &StreamSchema) -> Error {
    if let Some(field) = refusal::missing_field(&failure) {
        return texts::field_gone(stream, field);
    }
    if refusal::is_no_object(&failure) && !refusal::is_no_external_id(&failure) {
        return texts::no_object(&stream.id, &[]);
    }
    *failure.error
}

#[async_trait]
impl Connection for Organisation {
    async fn check(&self) -> Result<Account> {
        // One call proves the token, the version and the object. It names no organisation.
        self.own().await?;
        Ok(Account { name: String::new() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        // Asked first: what is wrong with it is what is wrong with the settings.
        let own = self.own().await?;
        let others = STANDARD.iter().filter(|name| **name != own.name);
        let others = try_join_all(others.map(|name| self.other(name))).await?;
        let objects = std::iter::once(own).chain(others.into_iter().flatten());
        Ok(objects.map(|object| object.stream()).collect())
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let query = format!("SELECT COUNT() FROM {}", stream.id);
        let found = self.api.query(&query, |_| ()).await.map_err(|failure| explain(failure, stream))?;
        Ok(Count::up_to(limit, found.total))
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        Box::pin(try_stream! {
            let object = self.object(stream).await?;
            let columns = Columns::of(&object, fields).map_err(|field| texts::field_gone(stream, &field))?;
            let mut pages = ReadAhead::start(ObjectPages::new(&self.api, columns), since);
            loop {
                let listed = match pages.next().await {
                    Ok(Some(listed)) => listed,
                    Ok(None) => break,
                    Err(failure) => Err(explain(failure, stream))?,
                };
                yield Page {
                    records: listed.records,
                    next: listed.next.map(Checkpoint),
                    restarted: listed.restarted,
                };
            }
        })
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let object = self.object(stream).await?;
        if !object.createable && !object.updateable && !batch.is_empty() {
            return Err(texts::no_right_to_write(&object));
        }
        let is_own = object.name.eq_ignore_ascii_case(&self.object);
        let key = self.external_id.as_deref().filter(|_| is_own).and_then(|field| Key::of(&object, field));
        let Batch { outcomes, fault } = self.writer.write(&object, key, batch).await;
        let Some(failure) = fault else { return Ok(outcomes.into_iter().flatten().collect()) };
        let error = explain(failure, stream);
        if !outcomes.iter().flatten().any(|outcome| matches!(outcome, Outcome::Written(_))) {
            return Err(error);
        }
        let settled =
            |outcome: Option<Outcome>| outcome.unwrap_or_else(|| Outcome::NotWritten(error.clone()));
        Ok(outcomes.into_iter().map(settled).collect())
    }

    fn budgets(&self) -> Vec<Budget> {
        self.api.channel().budgets()
    }
}

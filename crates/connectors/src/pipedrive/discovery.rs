//! The streams of a company, as last asked for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::{try_join, try_join_all};
use tokio::sync::Mutex;

use super::api::Api;
use super::entity::Entity;
use super::schema::Model;
use super::stages::Stages;
use super::texts;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;

/// How long what was asked for is believed although a record was refused: asking anew for each of a thousand
/// refused records would use up the day's budget.
const BELIEVED: Duration = Duration::from_secs(60);

/// Fields and stages, remembered: reading and writing need more of them than the product's schema holds.
pub(super) struct Discovery {
    api: Arc<Api>,
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    at: Instant,
    found: Arc<Vec<Found>>,
}

/// A stream, or why it is not offered.
type Found = std::result::Result<Arc<Model>, (Entity, Error)>;

impl Discovery {
    pub(super) fn new(api: Arc<Api>) -> Discovery {
        Discovery { api, known: Mutex::default() }
    }

    /// Asks for the streams and remembers them; those that the credentials may not see are left out.
    ///
    /// # Errors
    /// The service fails, or none may be seen.
    pub(super) async fn streams(&self) -> Result<Vec<Arc<Model>>> {
        let found = self.ask().await?;
        let models: Vec<Arc<Model>> = found.iter().flatten().cloned().collect();
        match found.iter().find_map(|found| found.as_ref().err()) {
            Some((_, error)) if models.is_empty() => Err(error.clone()),
            _ => Ok(models),
        }
    }

    /// What is known of a stream.
    pub(super) async fn model(&self, stream: &str) -> Result<Arc<Model>> {
        let known = self.known.lock().await.clone();
        let found = match known {
            Some(known) => known.found,
            None => self.ask().await?,
        };
        of(&found, stream)
    }

    /// The same, asked for anew unless it was just now.
    pub(super) async fn fresh(&self, stream: &str) -> Result<Arc<Model>> {
        let known = self.known.lock().await.clone();
        match known.filter(|known| known.at.elapsed() < BELIEVED) {
            Some(known) => of(&known.found, stream),
            None => of(&*self.ask().await?, stream),
        }
    }

    /// Takes what is known for old.
    pub(super) async fn distrust(&self) {
        *self.known.lock().await = None;
    }

    async fn ask(&self) -> Result<Arc<Vec<Found>>> {
        let found = try_join_all(Entity::ALL.map(|entity| self.find(entity))).await?;
        for (entity, error) in found.iter().filter_map(|found| found.as_ref().err()) {
            tracing::warn!(stream = entity.id(), kind = error.kind.code(), "the stream is not offered");
        }
        let found = Arc::new(found);
        *self.known.lock().await = Some(Known { at: Instant::now(), found: Arc::clone(&found) });
        Ok(found)
    }

    async fn find(&self, entity: Entity) -> Result<Found> {
        match self.describe(entity).await {
            Ok(model) => Ok(Ok(Arc::new(model))),
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => {
                Ok(Err((entity, super::connection::explain(failure))))
            }
            Err(failure) => Err(super::connection::explain(failure)),
        }
    }

    async fn describe(&self, entity: Entity) -> std::result::Result<Model, Failure> {
        let fields = self.api.fields(entity).await?;
        let stages = if entity == Entity::Deals {
            let (pipelines, stages) = try_join(self.api.pipelines(), self.api.stages()).await?;
            Stages::new(pipelines, stages)
        } else {
            Stages::default()
        };
        Ok(Model::new(entity, fields, stages))
    }
}

fn of(found: &[Found], stream: &str) -> Result<Arc<Model>> {
    for one in found {
        match one {
            Ok(model) if model.entity.id() == stream => return Ok(Arc::clone(model)),
            Err((entity, error)) if entity.id() == stream => return Err(error.clone()),
            _ => {}
        }
    }
    Err(texts::no_stream(stream))
}

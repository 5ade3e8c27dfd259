//! The streams of a company, as last asked for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::{try_join, try_join_all};
use tokio::sync::Mutex;

use super::api::Api;
use super::entity::Entity;
use super::schema::Model;
use super::stages::Stages;
use super::{connection, texts};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;

/// How long what was asked for after a refusal is believed: asking anew for each of a thousand refused records
/// would use up the day's budget.
const BELIEVED: Duration = Duration::from_secs(60);

/// Fields and stages, remembered: reading and writing need more of them than the product's schema holds.
pub(super) struct Discovery {
    api: Arc<Api>,
    /// Held while asking: the others wait for this answer instead of asking too.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    found: Option<Arc<Vec<Found>>>,
    /// When it was last asked for because of a refusal.
    doubted_at: Option<Instant>,
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
        self.known.lock().await.found = Some(Arc::clone(&found));
        let models: Vec<Arc<Model>> = found.iter().flatten().cloned().collect();
        match found.iter().find_map(|found| found.as_ref().err()) {
            Some((_, error)) if models.is_empty() => Err(error.clone()),
            _ => Ok(models),
        }
    }

    /// What is known of a stream.
    pub(super) async fn model(&self, stream: &str) -> Result<Arc<Model>> {
        let mut known = self.known.lock().await;
        let found = match &known.found {
            Some(found) => Arc::clone(found),
            None => self.ask().await?,
        };
        known.found = Some(Arc::clone(&found));
        of(&found, stream)
    }

    /// The same, after a refusal or a reading that make one doubt it: asked for anew, unless that was done just
    /// now.
    pub(super) async fn fresh(&self, stream: &str) -> Result<Arc<Model>> {
        let mut known = self.known.lock().await;
        let is_believed = known.doubted_at.is_some_and(|at| at.elapsed() < BELIEVED);
        let found = match &known.found {
            Some(found) if is_believed => Arc::clone(found),
            _ => self.ask().await?,
        };
        if !is_believed {
            known.doubted_at = Some(Instant::now());
        }
        known.found = Some(Arc::clone(&found));
        of(&found, stream)
    }

    async fn ask(&self) -> Result<Arc<Vec<Found>>> {
        let found = try_join_all(Entity::ALL.map(|entity| self.find(entity))).await?;
        for (entity, error) in found.iter().filter_map(|found| found.as_ref().err()) {
            tracing::warn!(stream = entity.id(), kind = error.kind.code(), "the stream is not offered");
        }
        Ok(Arc::new(found))
    }

    async fn find(&self, entity: Entity) -> Result<Found> {
        match self.describe(entity).await {
            Ok(model) => Ok(Ok(Arc::new(model))),
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => {
                Ok(Err((entity, connection::explain(failure))))
            }
            Err(failure) => Err(connection::explain(failure)),
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

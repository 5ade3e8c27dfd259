//! One database as a connection: what the engine asks, turned into requests.

use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::try_join_all;
use futures_util::stream::BoxStream;
use model::{StreamField, StreamSchema};
use serde_json::json;
use tokio::sync::Mutex;

use super::api::{Api, Query};
use super::decode::whole;
use super::listing::ModelPages;
use super::read::Columns;
use super::schema::Model;
use super::spec::{IN_FLIGHT, OdooSettings};
use super::streams::{LEADS, OFFERED, ORDERS, Offered, STAGES};
use super::write::Writer;
use super::{orders, refusal, texts};
use crate::common::ahead::ReadAhead;
use crate::common::cell::Cells;
use crate::common::each::write_each;
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;

/// Stages a pipeline may have and still be chosen from.
const STAGES_READ: usize = 500;

/// One database of Odoo.
pub(super) struct OdooDatabase {
    api: Arc<Api>,
    /// The models as last discovered; reading and writing need more of them than the product's schema
    /// holds.
    models: Mutex<Option<Arc<Vec<Found>>>>,
    writer: Writer,
}

/// A model, or why it is not offered.
type Found = std::result::Result<Arc<Model>, (&'static str, Error)>;

impl OdooDatabase {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<OdooDatabase> {
        let api = Arc::new(Api::new(context, OdooSettings::parse(settings)?)?);
        Ok(OdooDatabase { writer: Writer::new(Arc::clone(&api)), api, models: Mutex::default() })
    }

    /// Asks for the models and remembers them.
    async fn discover_models(&self) -> Result<Arc<Vec<Found>>> {
        // Found out once, before several ask at the same time.
        self.api.session().await?;
        let found = try_join_all(OFFERED.iter().map(|offered| self.find(offered))).await?;
        for (model, error) in found.iter().filter_map(|found| found.as_ref().err()) {
            tracing::warn!(model, kind = error.kind.code(), "the model is not offered");
        }
        let found = Arc::new(found);
        *self.models.lock().await = Some(Arc::clone(&found));
        Ok(found)
    }

    /// A model as the user may see it; what keeps one of them out does not keep the others out.
    async fn find(&self, offered: &Offered) -> Result<Found> {
        match self.describe(offered).await {
            Ok(Some(model)) => Ok(Ok(Arc::new(model))),
            Ok(None) => Ok(Err((offered.model, texts::no_right(offered.model)))),
            Err(failure) if refusal::is_no_model(&failure) => {
                Ok(Err((offered.model, texts::not_installed(offered.model))))
            }
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => {
                Ok(Err((offered.model, texts::no_right(offered.model))))
            }
            Err(failure) => Err(*failure.error),
        }
    }

    async fn describe(&self, offered: &Offered) -> std::result::Result<Option<Model>, Failure> {
        let session = self.api.session().await?;
        if !self.api.may(offered.model, "read").await? {
            return Ok(None);
        }
        let writable = offered.writable
            && (self.api.may(offered.model, "write").await? || self.api.may(offered.model, "create").await?);
        let fields = self.api.fields(offered.model).await?;
        let mut model = Model::read(offered, &session.lang, &fields, writable);
        if offered.model == LEADS {
            model.set_stages(self.stages().await?);
        }
        if !offered.of_order.is_empty() && self.api.may(ORDERS, "read").await? {
            model.join(offered, &self.api.fields(ORDERS).await?);
        }
        Ok(Some(model))
    }

    /// The stages of opportunities, in their order.
    async fn stages(&self) -> std::result::Result<Vec<(i64, String)>, Failure> {
        let fields = ["name".to_owned()];
        let query =
            Query { domain: json!([]), fields: &fields, order: "sequence asc, id asc", limit: STAGES_READ };
        let keep = |cells: Cells| Some((cells.get("id").and_then(whole)?, cells.text("name")?.to_owned()));
        Ok(self.api.search(STAGES, query, keep).await?.into_iter().flatten().collect())
    }

    /// What is known of a stream beyond the product's schema.
    async fn model(&self, stream: &StreamSchema) -> Result<Arc<Model>> {
        let known = self.models.lock().await.clone();
        let found = match known {
            Some(found) => found,
            None => self.discover_models().await?,
        };
        for one in found.iter() {
            match one {
                Ok(model) if model.id == stream.id => return Ok(Arc::clone(model)),
                Err((model, error)) if *model == stream.id => return Err(error.clone()),
                _ => {}
            }
        }
        Err(texts::not_installed(&stream.id))
    }
}

/// What it means that the records of a known model cannot be had or changed.
fn explain(failure: Failure, stream: &StreamSchema, writing: bool) -> Error {
    if refusal::is_no_field(&failure) {
        return texts::field_gone(stream, refusal::quoted(&failure.said));
    }
    if refusal::is_no_model(&failure) {
        return texts::not_installed(&stream.id);
    }
    match failure.error.kind {
        ErrorKind::Forbidden if writing => texts::no_right_to_write(&stream.id),
        ErrorKind::Forbidden => texts::no_right(&stream.id),
        _ => *failure.error,
    }
}

#[async_trait]
impl Connection for OdooDatabase {
    async fn check(&self) -> Result<Account> {
        Ok(self.api.account().await?)
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        let found = self.discover_models().await?;
        let streams: Vec<StreamSchema> = found.iter().flatten().map(|model| model.stream()).collect();
        if streams.is_empty() { Err(texts::nothing_to_read()) } else { Ok(streams) }
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let model = self.model(stream).await?;
        let count =
            self.api.count(model.id, json!([])).await.map_err(|failure| explain(failure, stream, false))?;
        Ok(Count::up_to(limit, count))
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        Box::pin(try_stream! {
            let model = self.model(stream).await?;
            let zone = self.api.session().await?.zone;
            let columns = Columns::of(&model, fields, zone).map_err(|field| texts::field_gone(stream, &field))?;
            let columns = Arc::new(columns);
            let kept = Arc::clone(&columns);
            let keep = move |id: i64, cells: &Cells| kept.row(id, cells);
            let pages = ModelPages::new(&self.api, model.id, Vec::new(), columns.asked(), keep);
            let mut pages = ReadAhead::start(pages, since);
            loop {
                let listed = match pages.next().await {
                    Ok(Some(listed)) => listed,
                    Ok(None) => break,
                    Err(failure) => Err(explain(failure, stream, false))?,
                };
                let records = orders::complete(&self.api, &columns, listed.records).await?;
                yield Page { records, next: listed.next.map(Checkpoint), restarted: listed.restarted };
            }
        })
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let model = self.model(stream).await?;
        if !model.writable && !batch.is_empty() {
            let offered = OFFERED.iter().any(|offered| offered.model == model.id && offered.writable);
            return Err(if offered {
                texts::no_right_to_write(model.id)
            } else {
                texts::read_only(&model.name)
            });
        }
        let writes = batch.iter().map(|write| self.writer.write(&model, write).boxed()).collect();
        write_each(writes, IN_FLIGHT, |failure| explain(failure, stream, true)).await
    }
}

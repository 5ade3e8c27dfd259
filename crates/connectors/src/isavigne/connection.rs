//! One configured folder.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::canonical::Entity;
use tokio::sync::mpsc;

use super::file::ExportFile;
use super::glob::Glob;
use super::spec::ExportSettings;
use super::{folder, read, texts};
use crate::common::encoding::Encoding;
use crate::connector::{Account, Settings};
use crate::error::Result;
use crate::source::{Before, Event, Source, SourceContext, SourceTable};

/// The exports of one folder.
pub(super) struct Exports {
    folder: Arc<Folder>,
}

struct Folder {
    typed: String,
    data_dirs: Vec<PathBuf>,
    pattern: Glob,
    encoding: Encoding,
}

impl Exports {
    pub(super) fn new(context: &SourceContext, settings: &Settings) -> Result<Exports> {
        let ExportSettings { folder, pattern, encoding } = ExportSettings::parse(settings)?;
        let data_dirs = context.data_dirs.clone();
        Ok(Exports { folder: Arc::new(Folder { typed: folder, data_dirs, pattern, encoding }) })
    }
}

impl Folder {
    /// The files there are now. The folder is looked up each time: a link may have changed.
    fn files(&self) -> Result<Vec<ExportFile>> {
        let path = folder::allowed(&self.typed, &self.data_dirs)?;
        folder::files(&path, &self.pattern).map_err(|error| texts::unreadable_folder(&self.typed, &error))
    }
}

/// Runs on a thread that may block.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(texts::stopped()))
}

#[async_trait]
impl Source for Exports {
    async fn check(&self) -> Result<Account> {
        let folder = Arc::clone(&self.folder);
        let files = blocking(move || folder.files()).await?;
        if files.is_empty() {
            return Err(texts::no_files(&self.folder.typed));
        }
        let count = files.len();
        Ok(Account { name: format!("{} ({count})", self.folder.typed) })
    }

    async fn tables(&self) -> Result<Vec<SourceTable>> {
        let folder = Arc::clone(&self.folder);
        blocking(move || {
            let files = folder.files()?;
            let parts = |entity| {
                let files = files.iter().filter(|file| file.entity == entity);
                files.map(|file| read::describe(file, folder.encoding)).collect::<Vec<_>>()
            };
            let tables = Entity::ALL.map(|entity| SourceTable { entity, parts: parts(entity) });
            Ok(tables.into_iter().filter(|table| !table.parts.is_empty()).collect())
        })
        .await
    }

    async fn look(&self) -> Result<Option<String>> {
        let folder = Arc::clone(&self.folder);
        let files = blocking(move || folder.files()).await?;
        let looks =
            files.iter().map(|file| format!("{} {} {}", file.name, file.state.size, file.state.nanos()));
        Ok(Some(looks.collect::<Vec<_>>().join("\n")))
    }

    fn read(&self, entity: Entity, before: Before) -> BoxStream<'static, Result<Event>> {
        // One batch waits while the next is read: who takes them is never kept waiting for the disk.
        let (sender, mut receiver) = mpsc::channel::<Result<Event>>(1);
        let folder = Arc::clone(&self.folder);
        tokio::spawn(async move {
            let listing = Arc::clone(&folder);
            let files = match blocking(move || listing.files()).await {
                Ok(files) => files.into_iter().filter(|file| file.entity == entity).collect::<Vec<_>>(),
                Err(error) => {
                    // Who asked may have left.
                    let _ = sender.send(Err(error)).await;
                    return;
                }
            };
            let mut skips = read::skips(&files, &before).await;
            let reading = sender.clone();
            let done = tokio::task::spawn_blocking(move || {
                let mut tell = |event| reading.blocking_send(Ok(event)).is_ok();
                for file in &files {
                    let going_on = match skips.remove(&file.name) {
                        Some(why) => tell(Event::Skipped { part: file.name.clone(), why }),
                        None => read::file(file, folder.encoding, &mut tell),
                    };
                    if !going_on {
                        return;
                    }
                }
            });
            if done.await.is_err() {
                let _ = sender.send(Err(texts::stopped())).await;
            }
        });
        async_stream::stream! {
            while let Some(event) = receiver.recv().await {
                yield event;
            }
        }
        .boxed()
    }
}

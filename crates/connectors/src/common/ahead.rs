//! Reads a listing ahead of its reader: the next page is asked for while the last one is dealt with.

use model::Record;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::listing::{Listed, Listing, Pages};
use super::texts;
use crate::connector::Checkpoint;
use crate::http::Failure;

/// A record that can be recognised when it comes twice.
pub(crate) trait Identified {
    /// The service's id of it.
    fn id(&self) -> &str;
}

impl Identified for Record {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Pages read ahead of the reader, one in hand and one on its way. Dropping it stops the reading.
pub(crate) struct ReadAhead<R> {
    pages: mpsc::Receiver<Result<Listed<R>, Failure>>,
    service: &'static str,
    _task: JoinSet<()>,
    ended: bool,
}

impl<R: Identified + Send + 'static> ReadAhead<R> {
    /// Starts reading from a checkpoint on, or from the start.
    pub(crate) fn start<P>(pages: P, since: Option<Checkpoint>) -> ReadAhead<R>
    where
        P: Pages<Record = R> + 'static,
    {
        let mut listing = Listing::new(pages, since.map(|checkpoint| checkpoint.0));
        let (sender, pages) = mpsc::channel(1);
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut last = Repeated::default();
            while let Some(listed) = listing.next().await.transpose() {
                let listed = listed.map(|listed| last.without(listed));
                let failed = listed.is_err();
                if sender.send(listed).await.is_err() || failed {
                    return;
                }
            }
        });
        ReadAhead { pages, service: P::SERVICE, _task: task, ended: false }
    }

    /// The next page; `None` after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Listed<R>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        // A listing that stops without a last page must not pass for a whole one.
        let broke_off = || Err(texts::reading_broke_off(self.service).into());
        let listed = self.pages.recv().await.unwrap_or_else(broke_off)?;
        self.ended = listed.next.is_none();
        Ok(Some(listed))
    }
}

/// Notices a page that comes twice in a row.
#[derive(Default)]
struct Repeated {
    first_id: Option<String>,
}

impl Repeated {
    /// The page, emptied when it is the previous one again.
    fn without<R: Identified>(&mut self, mut listed: Listed<R>) -> Listed<R> {
        let first_id = listed.records.first().map(|record| record.id().to_owned());
        if first_id.is_some() && first_id == self.first_id && !listed.restarted {
            listed.records.clear();
        } else if first_id.is_some() {
            self.first_id = first_id;
        }
        listed
    }
}

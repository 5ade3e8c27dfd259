//! Reads a listing ahead of whoever deals with it: the next page is asked for while the last one is dealt
//! with, and of a page that comes line by line only some rows are in memory.

use std::sync::Arc;

use model::Text;
use model::dataset::Row;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::api::{Api, Got};
use super::key::{self, Key};
use super::mark::{self, Mark};
use super::page::Page;
use super::pieces::Pieces;
use super::place::Place;
use super::refusal::SERVICE;
use super::walk::{Then, Told, Walk};
use crate::common::texts::reading_broke_off;
use crate::error::{ErrorKind, Result};

/// Some rows.
#[derive(Debug, Default)]
pub(super) struct Portion {
    pub(super) rows: Vec<Row>,
    pub(super) bytes: u64,
    pub(super) are_texts: bool,
    /// Where to go on after them; nothing after the last.
    pub(super) next: Option<Place>,
    /// The greatest value of the column that grows, so far.
    pub(super) mark: Option<String>,
    pub(super) warnings: Vec<Text>,
}

/// A listing under way. Dropping it stops the reading.
pub(super) struct Reader {
    portions: mpsc::Receiver<Result<Portion>>,
    _task: JoinSet<()>,
    is_ended: bool,
}

impl Reader {
    /// Reads from a place on what changed after a mark.
    pub(super) fn start(api: &Arc<Api>, from: Place, mark: Option<&str>) -> Reader {
        Reader::up_to(api, from, mark, u64::MAX)
    }

    /// Reads from the beginning to see whether there are more rows than this. Once that is known no page is
    /// asked for, not even ahead.
    pub(super) fn counting(api: &Arc<Api>, limit: u64) -> Reader {
        Reader::up_to(api, Place::default(), None, limit)
    }

    fn up_to(api: &Arc<Api>, from: Place, mark: Option<&str>, limit: u64) -> Reader {
        let (sender, portions) = mpsc::channel(1);
        let reading = Reading::new(api, from, mark, limit, sender.clone());
        let mut task = JoinSet::new();
        task.spawn(async move {
            if let Err(Stopped::Failed(error)) = reading.run().await {
                // Nobody may be listening any more.
                let _ = sender.send(Err(error)).await;
            }
        });
        Reader { portions, _task: task, is_ended: false }
    }

    /// The next rows; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Portion>> {
        if self.is_ended {
            return Ok(None);
        }
        // A listing that stops without a last portion must not pass for a whole one.
        let portion = self.portions.recv().await.unwrap_or_else(|| Err(reading_broke_off(SERVICE)));
        self.is_ended = portion.as_ref().map_or(true, |portion| portion.next.is_none());
        portion.map(Some)
    }
}

/// Why a reading ends before its end.
enum Stopped {
    Failed(crate::error::Error),
    /// Nobody wants more.
    Unwanted,
}

impl From<crate::error::Error> for Stopped {
    fn from(error: crate::error::Error) -> Stopped {
        Stopped::Failed(error)
    }
}

/// The task that reads.
struct Reading {
    api: Arc<Api>,
    place: Place,
    /// No page is asked for behind more rows than this.
    limit: u64,
    since: Option<String>,
    walk: Walk,
    key: Key,
    mark: Mark,
    sender: mpsc::Sender<Result<Portion>>,
}

impl Reading {
    fn new(
        api: &Arc<Api>,
        place: Place,
        mark: Option<&str>,
        limit: u64,
        sender: mpsc::Sender<Result<Portion>>,
    ) -> Reading {
        let start = || api.settings.changes.as_ref().and_then(|changes| changes.start.clone());
        Reading {
            place,
            limit,
            since: mark.map(mark::sent).or_else(start),
            walk: Walk::new(&api.settings),
            key: Key::new(api.settings.id.as_ref()),
            mark: Mark::after(mark),
            sender,
            api: Arc::clone(api),
        }
    }

    async fn run(mut self) -> std::result::Result<(), Stopped> {
        loop {
            let api = Arc::clone(&self.api);
            let then = match api.page(&self.place, self.since.as_deref()).await {
                Ok(Got::Whole(page)) => self.whole(page).await?,
                Ok(Got::Pieces(pieces)) => self.pieces(*pieces).await?,
                // The page before was short: this one need not exist.
                Err(error) if self.walk.is_checking() && is_no_page(error.kind) => {
                    self.send(Portion::default()).await?;
                    None
                }
                Err(error) => return Err(error.into()),
            };
            match then {
                Some(place) if place.before <= self.limit => self.place = place,
                Some(_) | None => return Ok(()),
            }
        }
    }

    async fn whole(&mut self, mut page: Page) -> std::result::Result<Option<Place>, Stopped> {
        let then = self.walk.after(&self.place, &page.told);
        if then == Ok(Then::EndBefore) {
            page.rows.clear();
        }
        let skip = usize::try_from(self.place.skip).unwrap_or(usize::MAX).min(page.rows.len());
        page.rows.drain(..skip);
        // What was read is handed over even where the way does not go on.
        let (next, fault) = match then {
            Ok(Then::Next(place)) => (Some(place), None),
            Ok(Then::End | Then::EndBefore) => (None, None),
            Err(error) => (Some(self.place.clone()), Some(error)),
        };
        let portion = self.portion(page.rows, page.bytes, false, next.clone());
        self.send(portion).await?;
        fault.map_or(Ok(next), |error| Err(error.into()))
    }

    async fn pieces(&mut self, mut pieces: Pieces) -> std::result::Result<Option<Place>, Stopped> {
        let are_texts = pieces.are_texts();
        let mut rows = 0;
        // The last piece of a page is known as such only when there is no other.
        let mut held = None;
        while let Some(mut piece) = pieces.next().await? {
            let here = Place { skip: rows, ..self.place.clone() };
            if let Some(portion) = held.take() {
                self.send(Portion { next: Some(here), ..portion }).await?;
            }
            let count = piece.rows.len() as u64;
            let skip = self.place.skip.saturating_sub(rows).min(count);
            piece.rows.drain(..usize::try_from(skip).unwrap_or_default());
            rows += count;
            held = Some(self.portion(piece.rows, piece.bytes, are_texts, None));
        }
        let next = self.api.next(&self.api.url, pieces.answer(), None)?;
        let told = Told { rows, hash: pieces.hash(), next, total: None, is_gone: true };
        let then = self.walk.after(&self.place, &told);
        let (next, fault) = match then {
            Ok(Then::Next(place)) => (Some(place), None),
            Ok(Then::End | Then::EndBefore) => (None, None),
            Err(error) => (Some(Place { skip: rows, ..self.place.clone() }), Some(error)),
        };
        let portion = Portion { are_texts, ..held.unwrap_or_default() };
        let warnings = std::mem::take(&mut self.walk.warnings);
        self.send(Portion { next: next.clone(), mark: self.mark.told(), warnings, ..portion }).await?;
        fault.map_or(Ok(next), |error| Err(error.into()))
    }

    /// Rows with their ids, and what is known after them.
    fn portion(&mut self, rows: Vec<String>, bytes: u64, are_texts: bool, next: Option<Place>) -> Portion {
        self.key.settle(&rows);
        let api = Arc::clone(&self.api);
        let grows = api.settings.changes.as_ref().map(|changes| &changes.path);
        let is_known = matches!(self.key, Key::Column(_)) || grows.is_some();
        let with_id = |content: String| {
            if !is_known {
                return Row { id: None, content };
            }
            let members = key::members(&content);
            if let Some(value) = grows.and_then(|path| key::raw(&members, path)) {
                self.mark.meet(value, are_texts);
            }
            Row { id: self.key.of(&members), content }
        };
        let rows = rows.into_iter().map(with_id).collect();
        let warnings = std::mem::take(&mut self.walk.warnings);
        Portion { rows, bytes, are_texts, next, mark: self.mark.told(), warnings }
    }

    async fn send(&self, portion: Portion) -> std::result::Result<(), Stopped> {
        let mark = portion.mark.clone().or_else(|| self.mark.told());
        self.sender.send(Ok(Portion { mark, ..portion })).await.map_err(|_| Stopped::Unwanted)
    }
}

/// Whether a service may say so of a page after the last.
fn is_no_page(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::Rejected | ErrorKind::UnexpectedReply)
}

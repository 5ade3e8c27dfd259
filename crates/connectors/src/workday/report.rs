//! Reads a report: one answer of any size, some rows at a time, again from where it broke off.

use std::sync::Arc;

use model::Record;

use super::api::Api;
use super::columns::Columns;
use super::key::Key;
use super::refusal::SERVICE;
use crate::common::cell::Cells;
use crate::common::elements::Elements;
use crate::common::seen::{Mark, Seen};
use crate::connector::{Checkpoint, Page};
use crate::error::{Error, Retry};
use crate::http::{Failure, wrong_shape};

/// How many rows are handed over at once…
const ROWS: usize = 200;
/// …and how many bytes of them, about.
const BYTES: usize = 1 << 20;

/// A reading under way.
pub(super) struct Reading {
    api: Arc<Api>,
    columns: Columns,
    /// Found among the first rows.
    key: Option<Key>,
    /// The rows that were handed over.
    done: Option<Mark>,
    /// They are no longer the first ones: everything comes again.
    restarted: bool,
    /// Breaks so far.
    breaks: u32,
    seen: Seen,
    answer: Option<Elements>,
    /// The first row of the next page: only with it is it known that there is one.
    ahead: Option<Vec<u8>>,
    is_ended: bool,
}

/// Why there is no page.
enum Stopped {
    /// The request was refused, after all attempts.
    Refused(Failure),
    /// The answer could not be read to its end.
    Broke(Error),
}

impl Reading {
    /// Reads from a checkpoint on, or from the start.
    pub(super) fn new(api: &Arc<Api>, columns: Columns, since: Option<&Checkpoint>) -> Reading {
        let place = since.and_then(|since| place(&since.0));
        let (done, key) = place.map_or((None, None), |(mark, key)| (Some(mark), Some(key)));
        Reading {
            api: Arc::clone(api),
            columns,
            key,
            done,
            restarted: false,
            breaks: 0,
            seen: Seen::default(),
            answer: None,
            ahead: None,
            is_ended: false,
        }
    }

    /// The next rows; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Page>, Failure> {
        while !self.is_ended {
            match self.page().await {
                Ok(page) => return Ok(Some(page)),
                Err(Stopped::Refused(failure)) => return Err(failure),
                Err(Stopped::Broke(error)) => self.after(error).await?,
            }
        }
        Ok(None)
    }

    /// Waits until the report may be asked for again.
    async fn after(&mut self, error: Error) -> Result<(), Failure> {
        self.breaks += 1;
        if error.retry == Retry::Never || self.breaks >= self.api.attempts() {
            return Err(error.into());
        }
        self.answer = None;
        self.api.back_off(self.breaks).await;
        Ok(())
    }

    async fn page(&mut self) -> Result<Page, Stopped> {
        let mut answer = match self.answer.take() {
            Some(answer) => answer,
            None => self.open().await?,
        };
        let first = self.seen.rows() + 1;
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while rows.len() < ROWS && bytes < BYTES {
            let Some(row) = self.row(&mut answer).await? else { break };
            self.seen.add(&row);
            bytes += row.len();
            rows.push(row);
        }
        self.ahead = self.row(&mut answer).await?;
        let records = self.records(&rows, first).map_err(Stopped::Broke)?;
        self.is_ended = self.ahead.is_none();
        let mark = self.seen.mark();
        let next = (!self.is_ended).then(|| Checkpoint(self.written(mark)));
        (self.done, self.answer) = (Some(mark), Some(answer));
        Ok(Page { records, next, restarted: std::mem::take(&mut self.restarted) })
    }

    async fn row(&mut self, answer: &mut Elements) -> Result<Option<Vec<u8>>, Stopped> {
        if let Some(row) = self.ahead.take() {
            return Ok(Some(row));
        }
        Ok(answer.next().await.map_err(Stopped::Broke)?.map(<[u8]>::to_vec))
    }

    /// Asks for the report and passes over what was handed over before.
    async fn open(&mut self) -> Result<Elements, Stopped> {
        let mut answer = self.api.report().await.map_err(Stopped::Refused)?;
        (self.seen, self.ahead) = (Seen::default(), None);
        let Some(done) = self.done else { return Ok(answer) };
        while self.seen.rows() < done.rows
            && let Some(row) = answer.next().await.map_err(Stopped::Broke)?
        {
            self.seen.add(row);
        }
        if self.seen.mark() == done {
            return Ok(answer);
        }
        (self.done, self.restarted, self.seen) = (None, true, Seen::default());
        self.api.report().await.map_err(Stopped::Refused)
    }

    fn records(&mut self, rows: &[Vec<u8>], first: u64) -> Result<Vec<Record>, Error> {
        let rows: Vec<Cells<'_>> = rows
            .iter()
            .map(|row| serde_json::from_slice(row).map_err(|_| wrong_shape(SERVICE, row)))
            .collect::<Result<_, _>>()?;
        let key = self.key.get_or_insert_with(|| Key::among(&rows));
        let record = |(place, row): (u64, &Cells<'_>)| self.columns.record(key.of(row, place), row);
        Ok((first..).zip(&rows).map(record).collect())
    }

    fn written(&self, mark: Mark) -> String {
        format!("{}:{}", mark.write(), self.key.as_ref().map_or("", Key::write))
    }
}

/// The rows that were handed over, and what tells them apart; `None` where it cannot be read.
fn place(text: &str) -> Option<(Mark, Key)> {
    let (rows, rest) = text.split_once(':')?;
    let (hash, key) = rest.split_once(':')?;
    Some((Mark::read(&format!("{rows}:{hash}"))?, Key::read(key)))
}

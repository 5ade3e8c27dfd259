//! Reads the rows of a stream in a task of its own: while one portion is written, the next is read.

use std::sync::Arc;

use connectors::Connection;
use futures_util::StreamExt;
use model::StreamSchema;
use model::dataset::{KeyBy, Shape};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::intake::{Intake, Portion};
use crate::Error;

/// Portions that may wait, and that may be written together: enough to hide the service's latency and to
/// spare the disk where pages are small, few enough to keep memory flat.
const AHEAD: usize = 10;

/// Rows from which on no more are written together.
const ENOUGH: usize = 1_000;

/// What the writing side has to do next.
pub(super) enum Step {
    /// Rows to write.
    Portion(Portion),
    /// The reading reached its end.
    End(Read),
}

/// A reading that reached its end.
pub(super) struct Read {
    /// What tells the rows apart; `None` when there were none.
    pub(super) key: Option<KeyBy>,
    /// The columns of the rows that were taken.
    pub(super) shape: Shape,
    /// See [`connectors::RowPage::are_texts`].
    pub(super) are_texts: bool,
    /// What it did not show is still there.
    pub(super) only_changes: bool,
    /// What the next reading may begin after.
    pub(super) mark: Option<String>,
}

/// The steps of a reading; they end with the receiver.
pub(super) struct Steps {
    receiver: mpsc::Receiver<Result<Step, Error>>,
    /// What came after the portions that were given out last.
    held: Option<Result<Step, Error>>,
    _reader: AbortOnDropHandle<()>,
}

impl Steps {
    /// The next one, with the portions that are there already. After [`Step::End`] and after an error there is
    /// none.
    pub(super) async fn next(&mut self) -> Option<Result<Step, Error>> {
        let next = match self.held.take() {
            Some(held) => held,
            None => self.receiver.recv().await?,
        };
        let Ok(Step::Portion(mut portion)) = next else { return Some(next) };
        while portion.rows.len() < ENOUGH {
            match self.receiver.try_recv() {
                Ok(Ok(Step::Portion(more))) => portion.extend(more),
                Ok(other) => {
                    self.held = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        Some(Ok(Step::Portion(portion)))
    }
}

/// Begins to read what changed after `mark`, or everything.
pub(super) fn begin(
    connection: Arc<dyn Connection>,
    stream: StreamSchema,
    mark: Option<String>,
    mut intake: Intake,
) -> Steps {
    let (sender, receiver) = mpsc::channel(AHEAD);
    let reader = tokio::spawn(async move {
        let mut pages = connection.rows(&stream, mark.as_deref());
        let (mut only_changes, mut last_mark) = (false, None);
        while let Some(page) = pages.next().await {
            let taken = match page {
                Ok(page) => {
                    only_changes |= page.only_changes;
                    last_mark = page.mark.clone().or(last_mark);
                    intake.take(page).map(Step::Portion)
                }
                Err(error) => Err(error.into()),
            };
            let failed = taken.is_err();
            if sender.send(taken).await.is_err() || failed {
                return;
            }
        }
        let Intake { key, shape, are_texts, .. } = intake;
        let end = Step::End(Read { key, shape, are_texts, only_changes, mark: last_mark });
        // Nobody listens any more: then nobody needs the end either.
        let _ = sender.send(Ok(end)).await;
    });
    Steps { receiver, held: None, _reader: AbortOnDropHandle::new(reader) }
}

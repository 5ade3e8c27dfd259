//! Reads one table of a source and brings its rows into the canonical form, in a task of its own: while
//! rows are written, the next are read.

use connectors::source::{Event, Skip};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::Text;
use model::canonical::{ColumnMapping, Entity, Header, RowReader};
use model::rule::Checker;
use store::{FileMark, Portion};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::recipes::{Kitchen, Prepared};
use super::rules::Judge;
use crate::Clock;
use crate::ahead::read_ahead;

/// What the writing side has to do next.
pub(super) enum Step {
    /// Rows to write, rows that were refused, or the end of a file.
    Portion(Portion),
    /// Something to know although it is read.
    Warning(Text),
    /// A file or table that cannot be read, or not to its end.
    Fault(Text),
}

/// The steps of one table; an `Err` is the last.
pub(super) struct Steps {
    receiver: mpsc::Receiver<connectors::Result<Step>>,
    _reader: AbortOnDropHandle<()>,
}

impl Steps {
    /// The next step; `None` after the last.
    pub(super) async fn next(&mut self) -> Option<connectors::Result<Step>> {
        self.receiver.recv().await
    }
}

/// How the rows of one table are read.
pub(super) struct Settings {
    /// The table.
    pub(super) entity: Entity,
    /// Which columns are its fields.
    pub(super) columns: ColumnMapping,
    /// What its rows must hold.
    pub(super) rules: Checker,
    /// What is made of its columns.
    pub(super) kitchen: Kitchen,
    /// When a file was read to its end.
    pub(super) clock: Clock,
}

/// Begins to read. It stops when nobody takes the steps any more.
pub(super) fn begin(mut events: BoxStream<'static, connectors::Result<Event>>, settings: Settings) -> Steps {
    let (receiver, reader) = read_ahead(1, async move |sender| {
        let mut reading = Reading { settings, part: None };
        while let Some(event) = events.next().await {
            let taken = match event {
                Ok(event) => reading.steps(event).into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            };
            for step in taken {
                if sender.send(step).await.is_err() {
                    return;
                }
            }
        }
    });
    Steps { receiver, _reader: reader }
}

struct Reading {
    settings: Settings,
    /// What is being read; `None` when its columns cannot be used.
    part: Option<Part>,
}

/// The file or table that is being read.
struct Part {
    name: String,
    reader: RowReader,
    /// What its rows must hold, if anything.
    judge: Option<Judge>,
    /// What is made of its columns, if anything is.
    made: Option<Prepared>,
}

impl Reading {
    fn steps(&mut self, event: Event) -> Vec<Step> {
        match event {
            Event::Began { part, mut columns, mark } => {
                let Settings { entity, columns: mapping, rules, kitchen, clock: _ } = &self.settings;
                let (mut mapping, mut warnings) = (mapping.clone(), Vec::new());
                let judge = Judge::of(rules, &columns, mark);
                let made = kitchen.prepare(&mut columns, &mut mapping, &mut warnings);
                self.part = None;
                let end = match Header::new(*entity, &columns, &mapping) {
                    Ok(header) => {
                        warnings.extend_from_slice(&header.warnings);
                        let reader = RowReader::new(header, mark);
                        self.part = Some(Part { name: part.clone(), reader, judge, made });
                        None
                    }
                    Err(fault) => Some(Step::Fault(of(&part, &fault))),
                };
                warnings.iter().map(|text| Step::Warning(of(&part, text))).chain(end).collect()
            }
            Event::Rows { mut rows, mut refused } => {
                let Some(Part { name, reader, judge, made }) = &mut self.part else { return Vec::new() };
                if let Some(judge) = judge {
                    rows = judge.rows(rows, &mut refused);
                }
                if let Some(made) = made {
                    rows = made.rows(&rows, &mut refused);
                }
                let rows = reader.read(&rows, &mut refused);
                // Several have looked at the same rows.
                refused.sort_by_key(|row| row.origin);
                vec![Step::Portion(Portion {
                    entity: self.settings.entity,
                    source: name.clone(),
                    rows: Some(rows),
                    refused,
                    ended: None,
                })]
            }
            Event::Ended { part, mark } => {
                let ended = Some(FileMark { mark, read_at: self.settings.clock.at() });
                let entity = self.settings.entity;
                let portion = Portion { entity, source: part, rows: None, refused: Vec::new(), ended };
                // What could not be used is looked at again next time.
                self.part.take().map(|_| Step::Portion(portion)).into_iter().collect()
            }
            Event::Skipped { why: Skip::Unchanged | Skip::Older, .. } => Vec::new(),
            Event::Skipped { part, why: why @ Skip::StillWritten } => vec![Step::Warning(why.text(&part))],
            Event::Failed { error, .. } => {
                let hint = error.hint.unwrap_or_else(|| Text::same(""));
                let join = |message: &str, hint: &str| format!("{message} {hint}").trim_end().to_owned();
                let told = Text::new(join(&error.message.fr, &hint.fr), join(&error.message.en, &hint.en));
                vec![Step::Fault(told)]
            }
        }
    }
}

/// What there is to say of one file or table.
fn of(part: &str, text: &Text) -> Text {
    Text::new(format!("{part} : {}", text.fr), format!("{part}: {}", text.en))
}

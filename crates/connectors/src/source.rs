//! The seam for sources of data: what a place must be able to do whose tables go into the canonical ones.
//!
//! It stands beside [`crate::Connector`], which exchanges records one by one and both ways. A source is
//! read only and by the million: its rows travel as text cells in large batches, and what tells them
//! apart from French or English typing (the decimal mark) travels with them. A source knows nothing of
//! what its rows become.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use model::canonical::{ColumnMapping, Entity, Refused};
use model::decimal::Mark;
use model::table::TextRows;
use model::{ConnectorSpec, Text};

use crate::connector::{Account, Context, Settings};
use crate::error::{Error, Result};

/// A kind of source.
pub trait SourceConnector: Send + Sync {
    /// What it is and what it asks for.
    fn spec(&self) -> ConnectorSpec;

    /// How to set it up and what is not possible: Markdown, in French, then in English.
    fn guide(&self) -> &'static str;

    /// The columns of an entity whose names alone do not tell what they are: field name to column name.
    /// What a person maps by hand comes first.
    fn columns(&self, _entity: Entity) -> ColumnMapping {
        ColumnMapping::new()
    }

    /// Where a row came from, for people: the line of a file.
    fn place(&self, part: &str, origin: u64) -> Text {
        Text::new(format!("{part}, ligne {origin}"), format!("{part}, line {origin}"))
    }

    /// One configured source. Nothing is read or sent yet.
    ///
    /// # Errors
    /// `InvalidSettings` when a required setting is missing or makes no sense.
    fn connect(&self, context: &SourceContext, settings: Settings) -> Result<Arc<dyn Source>>;
}

/// What a source gets from the program.
#[derive(Clone)]
pub struct SourceContext {
    /// For sources that are services.
    pub service: Context,
    /// The folders that sources made of files may read, set by the operator.
    pub data_dirs: Vec<PathBuf>,
}

/// What was read to its end before: part name to mark.
pub type Known = BTreeMap<String, String>;

/// What need not be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// What was read to its end before.
    pub known: Known,
    /// What was last changed before this moment is left out as well, known or not.
    pub since: Option<DateTime<Utc>>,
}

/// One configured source.
#[async_trait]
pub trait Source: Send + Sync {
    /// The cheapest proof that the source can be read; names what was found.
    async fn check(&self) -> Result<Account>;

    /// The tables the source has, with their columns and sample values. A part that cannot be read says
    /// so itself.
    async fn tables(&self) -> Result<Vec<SourceTable>>;

    /// A text that differs once there is something new to read; `None` where looking costs as much as
    /// reading.
    async fn look(&self) -> Result<Option<String>> {
        Ok(None)
    }

    /// Reads what goes into one entity, part by part, the oldest first. Parts that are as they were
    /// `before` are skipped. A part that cannot be read is told and the next one is read.
    ///
    /// # Errors
    /// In the stream: the source as a whole can no longer be read.
    fn read(&self, entity: Entity, before: Before) -> BoxStream<'static, Result<Event>>;
}

/// What a source has for one entity.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceTable {
    /// Where it goes.
    pub entity: Entity,
    /// The files, or the one table of a service; the oldest first.
    pub parts: Vec<Part>,
}

/// A file, or a table of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The file's name, or the service's name of the table.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The decimal mark of its numbers, where it could be told.
    pub mark: Option<Mark>,
    /// Why it cannot be read, when it cannot.
    pub fault: Option<Error>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name as it stands in the source; may be empty or come twice.
    pub name: String,
    /// Some of its values, without the empty ones.
    pub samples: Vec<String>,
}

impl Column {
    /// Takes a cell as a sample, if it holds something new and there are not `most` yet.
    pub(crate) fn add_sample(&mut self, cell: &str, most: usize) {
        if self.samples.len() < most {
            let cell = model::parse::shorten(cell);
            if !cell.is_empty() && !self.samples.contains(&cell) {
                self.samples.push(cell);
            }
        }
    }
}

/// What happens while a source is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A part begins; the rows that follow are its rows.
    Began {
        /// Its name.
        part: String,
        /// Its column names.
        columns: Vec<String>,
        /// The decimal mark of its numbers, where it could be told.
        mark: Option<Mark>,
    },
    /// Some rows, and what could not be read as rows.
    Rows {
        /// The rows, each with where it came from.
        rows: TextRows,
        /// The places that are no rows.
        refused: Vec<Refused>,
    },
    /// The part was read to its end.
    Ended {
        /// Its name.
        part: String,
        /// What to know it again by.
        mark: String,
    },
    /// The part was not read, and that is as it should be.
    Skipped {
        /// Its name.
        part: String,
        /// Why.
        why: Skip,
    },
    /// The part cannot be read, or not to its end. The others go on.
    Failed {
        /// Its name.
        part: String,
        /// Why.
        error: Error,
    },
}

/// Why a part was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// It was read before and is the same.
    Unchanged,
    /// It was last changed before the moment that was asked for.
    Older,
    /// Somebody is writing it; the next run reads it.
    StillWritten,
}

impl Skip {
    /// What to say of it.
    pub fn text(self, part: &str) -> Text {
        match self {
            Skip::Unchanged => Text::new(
                format!("« {part} » n'a pas changé depuis sa dernière lecture."),
                format!("“{part}” has not changed since it was last read."),
            ),
            Skip::Older => Text::new(
                format!("« {part} » n'a pas changé depuis le moment demandé."),
                format!("“{part}” has not changed since the moment asked for."),
            ),
            Skip::StillWritten => Text::new(
                format!("« {part} » est en cours d'écriture : il sera lu à la prochaine synchronisation."),
                format!("“{part}” is still being written: the next sync reads it."),
            ),
        }
    }
}

//! Reads the files of one kind, one after the other, on a thread that may block.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::file::{ContentHash, ExportFile, Fingerprint};
use super::{folder, opened, texts};
use crate::common::csv::batch::{Piece, Size};
use crate::common::csv::fault::Fault;
use crate::common::encoding::Encoding;
use crate::source::{Before, Column, Event, Part, Skip};

/// How many rows travel together: enough for a database, and small against its memory.
const ROWS: usize = 10_000;

/// How many rows a description looks at, and how many values it shows of a column.
const LOOKED_AT: usize = 100;
const SAMPLES: usize = 5;

/// Which of these files are left alone, and why. Fresh ones are watched for a moment, all at once.
pub(super) async fn skips(files: &[ExportFile], before: &Before) -> HashMap<String, Skip> {
    let mut skips = HashMap::new();
    for file in files {
        if before.since.is_some_and(|since| DateTime::<Utc>::from(file.state.modified) < since) {
            skips.insert(file.name.clone(), Skip::Older);
            continue;
        }
        let mark = before.known.get(&file.name).cloned();
        let compared = file.clone();
        let same = tokio::task::spawn_blocking(move || {
            mark.is_some_and(|mark| Fingerprint::is_of(&mark, &compared).unwrap_or(false))
        });
        if same.await.unwrap_or(false) {
            skips.insert(file.name.clone(), Skip::Unchanged);
        }
    }
    let fresh: Vec<&ExportFile> =
        files.iter().filter(|file| !skips.contains_key(&file.name) && folder::is_fresh(file)).collect();
    if !fresh.is_empty() {
        tokio::time::sleep(folder::LOOK).await;
    }
    let moving = fresh.into_iter().filter(|file| !folder::is_still(file));
    skips.extend(moving.map(|file| (file.name.clone(), Skip::StillWritten)).collect::<Vec<_>>());
    skips
}

/// Reads a file and tells what happens; `tell` answers whether to go on, and so does this.
pub(super) fn file(file: &ExportFile, encoding: Encoding, tell: &mut dyn FnMut(Event) -> bool) -> bool {
    let hash = ContentHash::default();
    let part = || file.name.clone();
    let done = opened::read(&file.path, encoding, Size { rows: ROWS }, &hash, &mut |piece| {
        tell(match piece {
            Piece::Header { columns, mark } => Event::Began { part: part(), columns, mark },
            Piece::Rows(rows, refused) => Event::Rows { rows, refused },
        })
    });
    tell(match done {
        Err(Fault::NotWanted) => return false,
        Err(fault) => Event::Failed { part: part(), error: texts::fault(&file.name, &fault) },
        // It grew while it was read: its rows are in, and it is read again next time.
        Ok(()) if !folder::is_still(file) => Event::Skipped { part: part(), why: Skip::StillWritten },
        Ok(()) => Event::Ended { part: part(), mark: Fingerprint::new(file.state, &hash).to_mark() },
    })
}

/// The columns of a file with some of their values.
pub(super) fn describe(file: &ExportFile, encoding: Encoding) -> Part {
    let mut part = Part { name: file.name.clone(), columns: Vec::new(), mark: None, fault: None };
    let hash = ContentHash::default();
    let done =
        opened::read(&file.path, encoding, Size { rows: LOOKED_AT }, &hash, &mut |piece| match piece {
            Piece::Header { columns, mark } => {
                part.mark = mark;
                part.columns = columns.into_iter().map(|name| Column { name, samples: Vec::new() }).collect();
                true
            }
            Piece::Rows(rows, _) => {
                for row in rows.iter() {
                    for (column, cell) in part.columns.iter_mut().zip(row.cells()) {
                        column.add_sample(cell, SAMPLES);
                    }
                }
                false
            }
        });
    if let Err(fault) = done
        && !matches!(fault, Fault::NotWanted)
    {
        part.fault = Some(texts::fault(&file.name, &fault));
    }
    part
}

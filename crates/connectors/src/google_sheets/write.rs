//! Writes a batch, a call for the changes and one for the new rows.
//!
//! Every call is preceded by a look at where the rows are, also when it is repeated. Calls of one tab come one
//! after the other: each moves rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Text, Value};
use tokio::sync::Mutex;

use super::api::Api;
use super::change;
use super::create::{self, NewRow};
use super::encode::{Content, encode};
use super::layout::Tab;
use super::place::{Places, Seen};
use super::refusal::{PROTECTED, refused_request};
use super::spec::WRITE_BATCH;
use super::texts;
use super::update::{self, ChangedRow, Not};
use crate::connector::{Outcome, Write};
use crate::error::{Error, ErrorKind};
use crate::http::Failure;

/// Rows that may be refused one after the other before the call is taken for refused as a whole.
const REFUSALS: usize = 16;

/// Writes to one spreadsheet.
pub(super) struct Writer {
    api: Arc<Api>,
    /// Held by the call whose turn it is; where it has seen the columns of each tab.
    turn: Mutex<HashMap<i64, Seen>>,
}

/// What became of a batch.
pub(super) struct Batch {
    /// By place; `None` for what the fault kept from being written.
    pub(super) outcomes: Vec<Option<Outcome>>,
    pub(super) fault: Option<Failure>,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>) -> Writer {
        Writer { api, turn: Mutex::default() }
    }

    pub(super) async fn write(&self, tab: &Tab, writes: &[Write]) -> Batch {
        let mut turn = self.turn.lock().await;
        let seen = turn.entry(tab.id).or_insert_with(|| Seen::of(tab));
        let mut batch = Batch { outcomes: vec![None; writes.len()], fault: None };
        if let Err(failure) = self.carry_out(tab, seen, writes, &mut batch.outcomes).await {
            batch.fault = Some(failure);
        }
        batch
    }

    async fn carry_out(
        &self,
        tab: &Tab,
        seen: &mut Seen,
        writes: &[Write],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let (mut changed, mut new) = (Vec::new(), Vec::new());
        for (place, write) in writes.iter().enumerate() {
            let fields = match write {
                Write::Create(fields) | Write::Update(_, fields) => fields,
            };
            let cells = match cells(tab, fields) {
                Ok(cells) => cells,
                Err(reason) => {
                    set(outcomes, place, Outcome::Rejected(reason));
                    continue;
                }
            };
            match write {
                Write::Update(id, _) => changed.push(ChangedRow { place, id: id.clone(), cells }),
                Write::Create(_) => new.push(NewRow { place, id: create::new_id()?, cells }),
            }
        }
        for rows in chunks(changed) {
            self.update(tab, seen, rows, outcomes).await?;
        }
        for rows in chunks(new) {
            self.create(tab, seen, &rows, outcomes).await?;
        }
        Ok(())
    }

    /// Changes rows; one that the service refuses is left out and the others sent again.
    async fn update(
        &self,
        tab: &Tab,
        seen: &mut Seen,
        mut rows: Vec<ChangedRow>,
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let (mut attempt, mut refusals) = (1, 0);
        loop {
            let places = Places::find(&self.api, tab, seen).await?;
            let mut requests = Vec::new();
            if rows.iter().any(|row| update::needs_id(&places, row)) {
                requests.extend(change::id_column(tab, &places));
            }
            // Whose each request is.
            let mut owners: Vec<Option<usize>> = vec![None; requests.len()];
            let mut sendable = Vec::with_capacity(rows.len());
            for row in rows {
                match update::requests(tab, &places, &row) {
                    Ok(made) => {
                        owners.extend(made.iter().map(|_| Some(row.place)));
                        requests.extend(made);
                        sendable.push(row);
                    }
                    Err(Not::Gone) => set(outcomes, row.place, Outcome::Gone),
                    Err(Not::Rejected(reason)) => set(outcomes, row.place, Outcome::Rejected(reason)),
                    Err(Not::NoColumn(failure)) => return Err(failure),
                }
            }
            rows = sendable;
            let sent = if requests.is_empty() { Ok(()) } else { self.api.change(requests).await };
            let Err(failure) = sent else {
                for row in rows {
                    set(outcomes, row.place, Outcome::Written(row.id));
                }
                return Ok(());
            };
            let guilty =
                refused_request(&failure.said).and_then(|place| owners.get(place).copied().flatten());
            match guilty {
                Some(place) if failure.error.kind == ErrorKind::Rejected && refusals < REFUSALS => {
                    refusals += 1;
                    set(outcomes, place, Outcome::Rejected(reason(&failure)));
                    rows.retain(|row| row.place != place);
                }
                _ if self.api.channel().may_try_again(&failure.error, attempt).await => attempt += 1,
                _ => return Err(failure),
            }
        }
    }

    /// Adds rows, each exactly once.
    async fn create(
        &self,
        tab: &Tab,
        seen: &mut Seen,
        rows: &[NewRow],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let mut attempt = 1;
        let mut last: Option<Failure> = None;
        loop {
            let places = match Places::find(&self.api, tab, seen).await {
                Ok(places) => places,
                // After an unclear answer it stays open whether the rows are there.
                Err(blind) => return Err(last.unwrap_or(blind)),
            };
            let (there, missing): (Vec<&NewRow>, Vec<&NewRow>) =
                rows.iter().partition(|row| places.row(&row.id).is_some());
            for row in there {
                set(outcomes, row.place, Outcome::Written(row.id.clone()));
            }
            if missing.is_empty() {
                return Ok(());
            }
            if let Some(failure) = last.take().filter(|_| attempt > self.api.channel().attempts()) {
                // Looked at last thing: they are not there.
                let error = Error { maybe_applied: false, ..*failure.error };
                return Err(Failure { error: Box::new(error), ..failure });
            }
            let requests = create::requests(tab, &places, &missing)?;
            let Err(failure) = self.api.change(requests).await else {
                for row in missing {
                    set(outcomes, row.place, Outcome::Written(row.id.clone()));
                }
                return Ok(());
            };
            if failure.error.maybe_applied {
                self.api.channel().back_off(attempt).await;
            } else if !self.api.channel().may_try_again(&failure.error, attempt).await {
                return Err(failure);
            }
            attempt += 1;
            last = Some(failure);
        }
    }
}

/// The cells of a record by the place of their columns. Computed columns are not among them.
fn cells(tab: &Tab, fields: &BTreeMap<FieldKey, Value>) -> Result<BTreeMap<usize, Content>, Text> {
    let mut cells = BTreeMap::new();
    for (key, value) in fields {
        let found = tab.columns.iter().position(|column| column.id == *key);
        let Some((place, column)) = found.and_then(|place| Some((place, tab.columns.get(place)?))) else {
            return Err(texts::column_gone(&tab.title, key).message);
        };
        if !column.is_computed {
            cells.insert(place, encode(column, tab.zone, value)?);
        }
    }
    Ok(cells)
}

/// Why a row was refused alone.
fn reason(failure: &Failure) -> Text {
    if failure.code == PROTECTED { texts::PROTECTED_CELLS } else { texts::refused(&failure.said) }
}

fn chunks<T>(mut rows: Vec<T>) -> Vec<Vec<T>> {
    let mut chunks = Vec::new();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(WRITE_BATCH));
        chunks.push(std::mem::replace(&mut rows, rest));
    }
    chunks
}

fn set(outcomes: &mut [Option<Outcome>], place: usize, outcome: Outcome) {
    if let Some(slot) = outcomes.get_mut(place) {
        *slot = Some(outcome);
    }
}

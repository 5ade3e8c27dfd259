//! Writes a batch: in calls of ten, refused calls halved until the guilty record is alone.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Text, Value};
use serde_json::{Map, Value as Json};

use super::api::Api;
use super::create::Created;
use super::schema::Table;
use super::{encode, refusal};
use crate::common::lookout::{Lookout, Sent};
use crate::connector::{Outcome, Write};
use crate::error::ErrorKind;
use crate::http::Failure;

/// Records one call takes.
const AT_ONCE: usize = 10;

/// Writes to one base.
pub(super) struct Writer {
    api: Arc<Api>,
    lookout: Lookout,
}

/// What became of a batch: an outcome for each write, in order, except for those that a fault of the
/// service kept from being written.
pub(super) struct Batch {
    pub(super) outcomes: Vec<Option<Outcome>>,
    pub(super) fault: Option<Failure>,
}

/// A record ready to be sent, and its place in the batch.
pub(super) struct Ready {
    place: usize,
    /// The record to change; `None` for a new one.
    id: Option<String>,
    pub(super) fields: Json,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>) -> Writer {
        Writer { lookout: Lookout::default(), api }
    }

    /// Writes until all is done or the service fails.
    pub(super) async fn write(&self, table: &Table, batch: &[Write]) -> Batch {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; batch.len()];
        let mut calls = VecDeque::new();
        let (mut creates, mut updates) = (Vec::new(), Vec::new());
        for (place, write) in batch.iter().enumerate() {
            let (id, fields) = match write {
                Write::Create(fields) => (None, fields),
                Write::Update(id, fields) => (Some(id.clone()), fields),
            };
            match cells(table, fields) {
                Ok(fields) if id.is_none() => creates.push(Ready { place, id, fields }),
                Ok(fields) => updates.push(Ready { place, id, fields }),
                Err(reason) => set(&mut outcomes, place, Outcome::Rejected(reason)),
            }
        }
        for mut records in [creates, updates] {
            while !records.is_empty() {
                let rest = records.split_off(records.len().min(AT_ONCE));
                calls.push_back(std::mem::replace(&mut records, rest));
            }
        }

        while let Some(call) = calls.pop_front() {
            let sent = self.send(table, &call).await;
            let mut open = Vec::new();
            for (record, id) in call.into_iter().zip(sent.ids) {
                match id {
                    Some(id) => set(&mut outcomes, record.place, Outcome::Written(id)),
                    None => open.push(record),
                }
            }
            match sent.failure {
                None => {}
                Some(failure) if concerns_all(&failure) => return Batch { outcomes, fault: Some(failure) },
                Some(failure) => match <[Ready; 1]>::try_from(open) {
                    Ok([alone]) => set(&mut outcomes, alone.place, refused(table, &failure)),
                    Err(mut several) => {
                        let second = several.split_off(several.len() / 2);
                        calls.push_front(second);
                        calls.push_front(several);
                    }
                },
            }
        }
        Batch { outcomes, fault: None }
    }

    async fn send(&self, table: &Table, call: &[Ready]) -> Sent {
        let updates: Vec<(&str, &Json)> =
            call.iter().filter_map(|record| Some((record.id.as_deref()?, &record.fields))).collect();
        if updates.is_empty() {
            let records = Created { api: &self.api, table, records: call };
            return self.lookout.create(&records, call.len()).await;
        }
        match self.api.update(&table.id, &updates).await {
            Ok(_) => Sent { ids: call.iter().map(|record| record.id.clone()).collect(), failure: None },
            Err(failure) => Sent { ids: vec![None; call.len()], failure: Some(failure) },
        }
    }
}

/// Whether the other records would fail alike: halving the call finds no guilty one.
fn concerns_all(failure: &Failure) -> bool {
    failure.error.kind != ErrorKind::Rejected || failure.code == refusal::UNKNOWN_FIELD
}

/// The cells of a record by field id. Computed fields are not among them.
fn cells(table: &Table, fields: &BTreeMap<FieldKey, Value>) -> Result<Json, Text> {
    let mut cells = Map::new();
    for (key, value) in fields {
        let Some(column) = table.column(key) else {
            let name = &table.name;
            return Err(Text::new(
                format!("Un champ à écrire n'existe plus dans la table « {name} ». Corrigez le mapping."),
                format!("A field to write is no longer in the table “{name}”. Correct the mapping."),
            ));
        };
        if column.writable {
            cells.insert(key.to_string(), encode::encode(column, value)?);
        }
    }
    Ok(Json::Object(cells))
}

/// What became of a record that was refused alone.
fn refused(table: &Table, failure: &Failure) -> Outcome {
    if failure.code == refusal::RECORD_GONE {
        return Outcome::Gone;
    }
    Outcome::Rejected(refusal::record_rejected(&failure.code, &table.with_names(&failure.said)))
}

fn set(outcomes: &mut [Option<Outcome>], place: usize, outcome: Outcome) {
    if let Some(slot) = outcomes.get_mut(place) {
        *slot = Some(outcome);
    }
}

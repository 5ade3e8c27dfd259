//! Writes a batch: in calls of a hundred, of which records may fail alone; a call that is refused as a whole is
//! halved until the guilty record is alone.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Text, Value};
use serde_json::{Value as Json, json};

use super::api::Api;
use super::create::Created;
use super::schema::Object;
use super::spec::BATCH;
use super::wire::{RawFault, RawWritten};
use super::{encode, refusal, texts};
use crate::common::lookout::Lookout;
use crate::connector::{Outcome, Write};
use crate::error::ErrorKind;
use crate::http::Failure;

/// Writes to one account.
pub(super) struct Writer {
    api: Arc<Api>,
    lookout: Lookout,
}

/// What became of a batch: an outcome for each write, in order, except for those that a fault of the service kept
/// from being written.
pub(super) struct Batch {
    pub(super) outcomes: Vec<Option<Outcome>>,
    pub(super) fault: Option<Failure>,
}

/// A record ready to be sent, and its place in the batch.
pub(super) struct Ready {
    place: usize,
    /// The record to change; `None` for a new one.
    id: Option<String>,
    pub(super) properties: BTreeMap<String, String>,
}

/// What one call achieved: an outcome for each of its records that has one, and what kept the others from it.
struct Sent {
    outcomes: Vec<Option<Outcome>>,
    failure: Option<Failure>,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>) -> Writer {
        Writer { lookout: Lookout::default(), api }
    }

    /// Writes until all is done or the service fails.
    pub(super) async fn write(&self, object: &Object, batch: &[Write]) -> Batch {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; batch.len()];
        let (mut creates, mut updates) = (Vec::new(), Vec::new());
        for (place, write) in batch.iter().enumerate() {
            let (id, fields) = match write {
                Write::Create(fields) => (None, fields),
                Write::Update(id, fields) => (Some(id.clone()), fields),
            };
            match properties(object, fields) {
                Ok(properties) if id.is_none() => creates.push(Ready { place, id, properties }),
                Ok(properties) => updates.push(Ready { place, id, properties }),
                Err(reason) => set(&mut outcomes, place, Outcome::Rejected(reason)),
            }
        }
        let mut calls: VecDeque<Vec<Ready>> =
            in_calls(creates).into_iter().chain(in_calls(updates)).collect();
        while let Some(call) = calls.pop_front() {
            let sent = self.send(object, &call).await;
            let mut open = Vec::new();
            for (record, outcome) in call.into_iter().zip(sent.outcomes) {
                match outcome {
                    Some(outcome) => set(&mut outcomes, record.place, outcome),
                    None => open.push(record),
                }
            }
            match sent.failure {
                None => {}
                Some(failure) if failure.error.kind != ErrorKind::Rejected => {
                    return Batch { outcomes, fault: Some(failure) };
                }
                Some(failure) => match <[Ready; 1]>::try_from(open) {
                    Ok([alone]) => {
                        let reason = texts::record_rejected(&failure.said);
                        set(&mut outcomes, alone.place, Outcome::Rejected(reason));
                    }
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

    async fn send(&self, object: &Object, call: &[Ready]) -> Sent {
        if call.iter().all(|record| record.id.is_none()) {
            return self.create(object, call).await;
        }
        let inputs: Vec<Json> =
            call.iter().enumerate().map(|(mark, record)| input(mark, record, record.id.as_deref())).collect();
        let written = match self.api.update(&object.id, &inputs).await {
            Ok(written) => Became::read(written),
            Err(failure) => return Sent { outcomes: vec![None; call.len()], failure: Some(failure) },
        };
        let outcome = |(mark, record): (usize, &Ready)| {
            let id = record.id.as_ref()?;
            match written.fault(mark, Some(id)) {
                Some(fault) if refusal::is_gone(fault) => Some(Outcome::Gone),
                Some(fault) => Some(Outcome::Rejected(refusal::of_record(object, fault, self.api.channel()))),
                None => written.ids.contains(id).then(|| Outcome::Written(id.clone())),
            }
        };
        let outcomes: Vec<_> = call.iter().enumerate().map(outcome).collect();
        let is_told = outcomes.iter().all(Option::is_some);
        Sent { outcomes, failure: (!is_told).then(|| texts::unclear().into()) }
    }

    async fn create(&self, object: &Object, call: &[Ready]) -> Sent {
        let records = Created::new(&self.api, object, call);
        let sent = self.lookout.create(&records, call.len()).await;
        let refused = records.refused();
        let outcome = |(place, id): (usize, Option<String>)| match id {
            Some(id) => Some(Outcome::Written(id)),
            None => refused.get(&place).cloned().map(Outcome::Rejected),
        };
        Sent { outcomes: sent.ids.into_iter().enumerate().map(outcome).collect(), failure: sent.failure }
    }
}

/// An answer to a batch, its results and faults found again by mark or id: they come in no order.
pub(super) struct Became {
    pub(super) by_mark: HashMap<usize, String>,
    ids: HashSet<String>,
    faults: Vec<RawFault>,
}

impl Became {
    pub(super) fn read(written: RawWritten) -> Became {
        let mark = |mark: &Option<String>| mark.as_deref()?.parse().ok();
        Became {
            by_mark: written
                .results
                .iter()
                .filter_map(|done| Some((mark(&done.object_write_trace_id)?, done.id.clone())))
                .collect(),
            ids: written.results.into_iter().map(|done| done.id).collect(),
            faults: written.errors,
        }
    }

    /// The fault of the input with this mark, or of the record with this id.
    pub(super) fn fault(&self, mark: usize, id: Option<&String>) -> Option<&RawFault> {
        let mark = mark.to_string();
        self.faults.iter().find(|fault| {
            fault.context.object_write_trace_id.contains(&mark)
                || id.is_some_and(|id| fault.context.ids.contains(id))
        })
    }
}

/// One input of a batch, with a mark by which what became of it is found again.
pub(super) fn input(mark: usize, record: &Ready, id: Option<&str>) -> Json {
    let mut input = json!({"properties": record.properties, "objectWriteTraceId": mark.to_string()});
    if let Some(id) = id {
        input["id"] = json!(id);
    }
    input
}

/// Calls of a hundred at most; a record stands once in a call, because HubSpot refuses one that stands twice.
fn in_calls(records: Vec<Ready>) -> Vec<Vec<Ready>> {
    let mut calls: Vec<Vec<Ready>> = Vec::new();
    let mut ids = HashSet::new();
    for record in records {
        let stands_twice = record.id.as_ref().is_some_and(|id| ids.contains(id));
        if stands_twice || calls.last().is_none_or(|call| call.len() == BATCH) {
            ids.clear();
            calls.push(Vec::new());
        }
        ids.extend(record.id.clone());
        if let Some(call) = calls.last_mut() {
            call.push(record);
        }
    }
    calls
}

/// The properties of a record. What HubSpot fills itself is not among them.
fn properties(object: &Object, fields: &BTreeMap<FieldKey, Value>) -> Result<BTreeMap<String, String>, Text> {
    let mut properties = BTreeMap::new();
    for (key, value) in fields {
        let column = object.column(key).ok_or_else(|| texts::property_gone(&object.label, key))?;
        if column.writable {
            properties.extend(encode::encode(column, value, object.zone)?);
        }
    }
    Ok(properties)
}

fn set(outcomes: &mut [Option<Outcome>], place: usize, outcome: Outcome) {
    if let Some(slot) = outcomes.get_mut(place) {
        *slot = Some(outcome);
    }
}

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
    /// The property of unique values that new records are looked for by, where the form names one.
    key: Option<String>,
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
    target: Target,
    pub(super) properties: BTreeMap<String, String>,
}

/// Which record is written.
#[derive(PartialEq)]
enum Target {
    New,
    /// The one that holds this value of the key, or else a new one.
    Keyed(String),
    Known(String),
}

/// What one call achieved: an outcome for each of its records that has one, and what kept the others from it.
struct Sent {
    outcomes: Vec<Option<Outcome>>,
    failure: Option<Failure>,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>, key: Option<String>) -> Writer {
        Writer { lookout: Lookout::default(), api, key }
    }

    /// Writes until all is done or the service fails.
    pub(super) async fn write(&self, object: &Object, batch: &[Write]) -> Batch {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; batch.len()];
        let (mut creates, mut keyed, mut updates) = (Vec::new(), Vec::new(), Vec::new());
        for (place, write) in batch.iter().enumerate() {
            let (id, fields) = match write {
                Write::Create(fields) => (None, fields),
                Write::Update(id, fields) => (Some(id.clone()), fields),
            };
            let properties = match properties(object, fields) {
                Ok(properties) => properties,
                Err(reason) => {
                    set(&mut outcomes, place, Outcome::Rejected(reason));
                    continue;
                }
            };
            let key = self.key.as_ref().and_then(|key| properties.get(key)).filter(|value| !value.is_empty());
            let (of_kind, target) = match (id, key) {
                (Some(id), _) => (&mut updates, Target::Known(id)),
                (None, Some(value)) => (&mut keyed, Target::Keyed(value.clone())),
                (None, None) => (&mut creates, Target::New),
            };
            of_kind.push(Ready { place, target, properties });
        }
        let mut calls: VecDeque<Vec<Ready>> =
            [creates, keyed, updates].into_iter().flat_map(in_calls).collect();
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
                // Each of them is known to be written or refused: there is nothing to find out.
                Some(_) if open.is_empty() => {}
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

    /// The records of a call are all new, all found by key, or all known.
    async fn send(&self, object: &Object, call: &[Ready]) -> Sent {
        if call.iter().all(|record| record.target == Target::New) {
            return self.create(object, call).await;
        }
        let inputs: Vec<Json> =
            call.iter().enumerate().map(|(mark, record)| self.input(mark, record)).collect();
        let is_keyed = call.iter().any(|record| matches!(record.target, Target::Keyed(_)));
        let written = match is_keyed {
            true => self.api.upsert(&object.id, &inputs).await,
            false => self.api.update(&object.id, &inputs).await,
        };
        let written = match written {
            Ok(written) => Became::read(written),
            Err(failure) => return Sent { outcomes: vec![None; call.len()], failure: Some(failure) },
        };
        let outcome = |(mark, record): (usize, &Ready)| {
            let id = match &record.target {
                Target::Known(id) => Some(id),
                _ => None,
            };
            match written.fault(mark, id) {
                Some(fault) if refusal::is_gone(fault) => Some(Outcome::Gone),
                Some(fault) => Some(Outcome::Rejected(refusal::of_record(object, fault, self.api.channel()))),
                None => {
                    let of_known = id.filter(|id| written.ids.contains(*id));
                    of_known.or_else(|| written.by_mark.get(&mark)).cloned().map(Outcome::Written)
                }
            }
        };
        let outcomes: Vec<_> = call.iter().enumerate().map(outcome).collect();
        let is_told = outcomes.iter().all(Option::is_some);
        Sent { outcomes, failure: (!is_told).then(|| texts::unclear().into()) }
    }

    /// One input of a batch of known or keyed records.
    fn input(&self, mark: usize, record: &Ready) -> Json {
        let mut input = input(mark, record);
        match &record.target {
            Target::New => {}
            Target::Known(id) => input["id"] = json!(id),
            Target::Keyed(value) => {
                input["id"] = json!(value);
                input["idProperty"] = json!(self.key);
            }
        }
        input
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
pub(super) fn input(mark: usize, record: &Ready) -> Json {
    json!({"properties": record.properties, "objectWriteTraceId": mark.to_string()})
}

/// Calls of a hundred at most; a record stands once in a call, because HubSpot refuses one that stands twice.
fn in_calls(records: Vec<Ready>) -> Vec<Vec<Ready>> {
    let mut calls: Vec<Vec<Ready>> = Vec::new();
    let mut seen = HashSet::new();
    for record in records {
        let name = match &record.target {
            Target::New => None,
            Target::Keyed(name) | Target::Known(name) => Some(name.clone()),
        };
        let stands_twice = name.as_ref().is_some_and(|name| seen.contains(name));
        if stands_twice || calls.last().is_none_or(|call| call.len() == BATCH) {
            seen.clear();
            calls.push(Vec::new());
        }
        seen.extend(name);
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

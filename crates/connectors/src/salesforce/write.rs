//! Writes a batch: in collections of 200, in which each record is accepted or refused for itself.

use std::collections::HashSet;
use std::sync::Arc;

use model::Text;
use serde_json::{Map, Value as Json};

use super::api::Api;
use super::create::NewRecords;
use super::directory::{Directory, Names, is_id};
use super::keyed::Key;
use super::saved::RecordFault;
use super::schema::Object;
use super::spec::WRITE_BATCH;
use super::{refusal, soql, texts, values};
use crate::common::lookout::Lookout;
use crate::connector::{Outcome, Write};
use crate::http::Failure;

/// The longest quotation of the service, in characters: room for the sentence of a validation rule.
const LONGEST: usize = 255;

/// Writes to one organisation.
pub(super) struct Writer {
    api: Arc<Api>,
    lookout: Lookout,
    directory: Directory,
}

/// What became of a batch: an outcome for each write, in order, except for those that a fault of the
/// service kept from being written.
pub(super) struct Batch {
    pub(super) outcomes: Vec<Option<Outcome>>,
    pub(super) fault: Option<Failure>,
}

/// A record ready to be sent, and its place in the batch.
struct Ready {
    place: usize,
    /// The record to change; `None` for a new one.
    id: Option<String>,
    fields: Map<String, Json>,
}

/// The records of a batch, by how they are sent.
#[derive(Default)]
struct Sorted {
    creates: Vec<Ready>,
    /// New ones that bear a key.
    keyed: Vec<Ready>,
    updates: Vec<Ready>,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>) -> Writer {
        Writer { api, lookout: Lookout::default(), directory: Directory::default() }
    }

    /// Writes until all is done or the service fails. New records are sent by `key`, where there is one.
    pub(super) async fn write(&self, object: &Object, key: Option<Key<'_>>, batch: &[Write]) -> Batch {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; batch.len()];
        let fault = self.write_into(object, key.as_ref(), batch, &mut outcomes).await.err();
        Batch { outcomes, fault }
    }

    async fn write_into(
        &self,
        object: &Object,
        key: Option<&Key<'_>>,
        batch: &[Write],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let names = self.directory.names(&self.api, object, batch).await?;
        let sorted = sort(object, key, batch, &names, outcomes)?;
        for records in sorted.creates.chunks(WRITE_BATCH) {
            self.create(object, records, outcomes).await?;
        }
        if let Some(key) = key {
            for records in sorted.keyed.chunks(WRITE_BATCH) {
                self.save(object, Some(key), records, outcomes).await?;
            }
        }
        for records in sorted.updates.chunks(WRITE_BATCH) {
            self.save(object, None, records, outcomes).await?;
        }
        Ok(())
    }

    /// Creates records; those that find something locked, which does not last, are sent again by themselves.
    /// The ids of each call are noted before the next, which may fail: a record whose id is lost would be
    /// created once more.
    async fn create(
        &self,
        object: &Object,
        records: &[Ready],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let mut open: Vec<&Ready> = records.iter().collect();
        let attempts = self.api.channel().attempts();
        for attempt in 1..=attempts {
            let fields = open.iter().map(|record| &record.fields).collect();
            let new = NewRecords::new(&self.api, object, fields);
            let sent = self.lookout.create(&new, open.len()).await;
            let mut refused = new.refused();
            let mut failure = sent.failure;
            let mut locked = Vec::new();
            for (place, (record, id)) in std::mem::take(&mut open).into_iter().zip(sent.ids).enumerate() {
                match (id, refused.remove(&place)) {
                    (Some(id), _) => set(outcomes, record.place, Outcome::Written(id)),
                    (None, Some(fault)) if fault.is_no_field() => {
                        failure.get_or_insert_with(|| self.no_field(&fault));
                    }
                    (None, Some(fault)) if fault.is_lock() && attempt < attempts => locked.push(record),
                    (None, Some(fault)) => {
                        set(outcomes, record.place, Outcome::Rejected(self.refused(object, &fault)));
                    }
                    (None, None) => {}
                }
            }
            if let Some(failure) = failure {
                return Err(failure);
            }
            open = locked;
            if open.is_empty() {
                break;
            }
            self.api.channel().back_off(attempt).await;
        }
        Ok(())
    }

    /// Changes records, or creates them by their keys: twice is the same as once.
    async fn save(
        &self,
        object: &Object,
        key: Option<&Key<'_>>,
        records: &[Ready],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let mut open: Vec<&Ready> = records.iter().collect();
        let mut gone: Vec<(&Ready, RecordFault)> = Vec::new();
        let attempts = self.api.channel().attempts();
        for attempt in 1..=attempts {
            let saved = match key {
                Some(key) => {
                    let fields: Vec<_> = open.iter().map(|record| &record.fields).collect();
                    self.api.upsert(&object.name, key.name(), &fields).await?
                }
                None => {
                    let changes: Vec<_> = open
                        .iter()
                        .filter_map(|record| Some((record.id.as_deref()?, &record.fields)))
                        .collect();
                    self.api.update(&object.name, &changes).await?
                }
            };
            if saved.len() != open.len() {
                return Err(texts::wrong_number(false).into());
            }
            let mut locked = Vec::new();
            let mut no_field = None;
            for (record, saved) in std::mem::take(&mut open).into_iter().zip(saved) {
                match saved.result() {
                    Ok(id) => set(outcomes, record.place, Outcome::Written(record.id.clone().unwrap_or(id))),
                    Err(fault) if fault.is_no_field() => {
                        no_field.get_or_insert_with(|| self.no_field(&fault));
                    }
                    Err(fault) if fault.is_lock() && attempt < attempts => locked.push(record),
                    Err(fault) if record.id.is_some() && fault.may_be_gone() => gone.push((record, fault)),
                    Err(fault) => {
                        set(outcomes, record.place, Outcome::Rejected(self.refused(object, &fault)));
                    }
                }
            }
            // Told only now: what else the answer says was written keeps its id.
            if let Some(failure) = no_field {
                return Err(failure);
            }
            open = locked;
            if open.is_empty() {
                break;
            }
            self.api.channel().back_off(attempt).await;
        }
        self.settle_gone(object, gone, outcomes).await
    }

    /// A record that is said not to be there may be one that the record links to: the service is asked.
    async fn settle_gone(
        &self,
        object: &Object,
        gone: Vec<(&Ready, RecordFault)>,
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Failure> {
        let ids = gone.iter().filter_map(|(record, _)| record.id.as_deref()).filter(|id| is_id(id));
        let ids: Vec<&str> = ids.collect();
        let mut there = HashSet::new();
        if !ids.is_empty() {
            let (name, list) = (&object.name, soql::list(ids));
            let query = format!("SELECT Id FROM {name} WHERE Id IN {list}");
            let keep = |cells: &crate::common::cell::Cells| cells.text("Id").unwrap_or_default().to_owned();
            there.extend(self.api.all(&query, keep).await?);
        }
        for (record, fault) in gone {
            let is_there = record.id.as_ref().is_some_and(|id| there.contains(id));
            let outcome =
                if is_there { Outcome::Rejected(self.refused(object, &fault)) } else { Outcome::Gone };
            set(outcomes, record.place, outcome);
        }
        Ok(())
    }

    fn no_field(&self, fault: &RecordFault) -> Failure {
        refusal::of_record(&fault.code, self.shown(fault))
    }

    fn refused(&self, object: &Object, fault: &RecordFault) -> Text {
        texts::refused(object, fault, &self.shown(fault))
    }

    /// The service's words, without secrets, on one line.
    fn shown(&self, fault: &RecordFault) -> String {
        let said = self.api.channel().shown(&fault.message, &[]);
        let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
        line.chars().take(LONGEST).collect()
    }
}

/// Sorts a batch; what cannot be sent is refused here.
fn sort(
    object: &Object,
    key: Option<&Key<'_>>,
    batch: &[Write],
    names: &Names,
    outcomes: &mut [Option<Outcome>],
) -> Result<Sorted, Failure> {
    let mut sorted = Sorted::default();
    let mut seen = HashSet::new();
    for (place, write) in batch.iter().enumerate() {
        let (id, fields) = match write {
            Write::Create(fields) => (None, values::of_new(object, fields, names)),
            Write::Update(id, fields) => (Some(id.clone()), values::of_change(object, fields, names)),
        };
        let mut fields = match fields {
            Ok(fields) => fields,
            Err(reason) => {
                set(outcomes, place, Outcome::Rejected(reason));
                continue;
            }
        };
        let Some(key) = key.filter(|_| id.is_none()) else {
            let kind = if id.is_some() { &mut sorted.updates } else { &mut sorted.creates };
            kind.push(Ready { place, id, fields });
            continue;
        };
        if !key.ensure(&mut fields)? {
            sorted.creates.push(Ready { place, id, fields });
        } else if let Some(twice) = key.repeated(&fields, &mut seen) {
            set(outcomes, place, Outcome::Rejected(texts::same_key(&twice)));
        } else {
            sorted.keyed.push(Ready { place, id, fields });
        }
    }
    Ok(sorted)
}

fn set(outcomes: &mut [Option<Outcome>], place: usize, outcome: Outcome) {
    if let Some(slot) = outcomes.get_mut(place) {
        *slot = Some(outcome);
    }
}

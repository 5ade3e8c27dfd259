//! Creates records exactly once, although creating is not repeatable.
//!
//! After an answer that leaves it open whether the records were created, it lists what the table got
//! since and recognises its own records by their content. Only what is not found is sent again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use model::Text;
use model::record::FieldKey;
use serde_json::Value as Json;
use tokio::sync::RwLock;

use super::api::Api;
use super::cell::RawRecord;
use super::encode;
use super::listing::Listing;
use super::query::Query;
use super::schema::Table;
use super::write::{Ready, Sent};
use crate::error::{Error, ErrorKind, Retry};
use crate::http::Failure;

/// Looked back this much further than the call took: the service's machines do not share one clock.
/// Not longer, because what was created before is somebody else's.
const MARGIN: Duration = Duration::from_secs(5);
/// How long an id is remembered: longer than any call with its repetitions takes.
const REMEMBERED: Duration = Duration::from_secs(900);

/// Creates records and remembers which ones are its own.
pub(super) struct Lookout {
    api: Arc<Api>,
    /// Shared by calls that create, held alone by one that looks: nobody's record may be taken for
    /// another's while its answer is on the way.
    creating: RwLock<()>,
    /// Ids known as created, oldest first. Their owner has them: they are nobody else's.
    known: Mutex<VecDeque<(Instant, String)>>,
}

impl Lookout {
    pub(super) fn new(api: Arc<Api>) -> Lookout {
        Lookout { api, creating: RwLock::default(), known: Mutex::default() }
    }

    /// Creates these records, at most ten.
    pub(super) async fn create(&self, table: &Table, records: &[Ready]) -> Sent {
        let began = Instant::now();
        let mut ids: Vec<Option<String>> = vec![None; records.len()];
        let mut attempt = 1;
        loop {
            let Err(mut failure) = self.create_missing(table, records, &mut ids).await else {
                return Sent { ids, failure: None };
            };
            if !failure.error.maybe_applied {
                return Sent { ids, failure: Some(failure) };
            }
            self.api.channel().back_off(attempt).await;
            if let Err(blind) = self.look(table, records, &mut ids, began.elapsed()).await {
                tracing::warn!(kind = blind.error.kind.code(), "what was created cannot be looked up");
                return Sent { ids, failure: Some(failure) };
            }
            if ids.iter().all(Option::is_some) {
                return Sent { ids, failure: None };
            }
            if attempt == self.api.channel().attempts() {
                // Looked up last thing: it was not written.
                failure.error.maybe_applied = false;
                return Sent { ids, failure: Some(failure) };
            }
            attempt += 1;
        }
    }

    /// Sends the records that have no id yet.
    async fn create_missing(
        &self,
        table: &Table,
        records: &[Ready],
        ids: &mut [Option<String>],
    ) -> Result<(), Failure> {
        let _others_may_create_too = self.creating.read().await;
        let open = || {
            records.iter().zip(ids.iter()).filter(|(_, id)| id.is_none()).map(|(record, _)| &record.fields)
        };
        let fields: Vec<&Json> = open().collect();
        let created = self.api.create(&table.id, &fields).await?;
        if created.len() != fields.len() {
            return Err(wrong_number().into());
        }
        self.remember(&created);
        for (slot, id) in ids.iter_mut().filter(|id| id.is_none()).zip(created) {
            *slot = Some(id);
        }
        Ok(())
    }

    /// Finds the records that were created after all, among those the table got since.
    async fn look(
        &self,
        table: &Table,
        records: &[Ready],
        ids: &mut [Option<String>],
        since: Duration,
    ) -> Result<(), Failure> {
        let _nobody_creates = self.creating.write().await;
        let seconds = (since + MARGIN).as_secs();
        let query = Query {
            fields: written_fields(records),
            // By the service's own clock: this machine's may be wrong.
            formula: Some(format!("IS_AFTER(CREATED_TIME(),DATEADD(NOW(),-{seconds},'seconds'))")),
        };
        let mut listing = Listing::new(Arc::clone(&self.api), &table.id, query, None);
        while let Some(listed) =
            listing.next(|raw| (raw.id.as_ref().to_owned(), fitting(table, records, &raw))).await?
        {
            for (id, places) in listed.page.records {
                let free = |place: &usize| ids.get(*place).is_some_and(Option::is_none);
                let Some(place) = places.into_iter().find(free).filter(|_| !self.is_known(&id)) else {
                    continue;
                };
                self.remember(std::slice::from_ref(&id));
                if let Some(slot) = ids.get_mut(place) {
                    *slot = Some(id);
                }
            }
        }
        Ok(())
    }

    fn remember(&self, ids: &[String]) {
        let now = Instant::now();
        let mut known = self.known();
        while known.front().is_some_and(|(at, _)| now - *at > REMEMBERED) {
            known.pop_front();
        }
        known.extend(ids.iter().map(|id| (now, id.clone())));
    }

    fn is_known(&self, id: &str) -> bool {
        self.known().iter().any(|(_, known)| known == id)
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<(Instant, String)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The places of the records with exactly this content. A record without content resembles none.
fn fitting(table: &Table, records: &[Ready], raw: &RawRecord) -> Vec<usize> {
    let fits = |record: &Ready| {
        let sent = record.fields.as_object().filter(|sent| !sent.is_empty());
        sent.is_some_and(|sent| {
            sent.iter().all(|(key, sent)| {
                table.column(key).is_some_and(|column| {
                    let read = raw.fields.get(key).or_else(|| raw.fields.get(&column.name));
                    encode::holds(column, sent, read)
                })
            })
        })
    };
    records.iter().enumerate().filter(|(_, record)| fits(record)).map(|(place, _)| place).collect()
}

fn written_fields(records: &[Ready]) -> Vec<FieldKey> {
    let mut fields: Vec<FieldKey> = records
        .iter()
        .filter_map(|record| record.fields.as_object())
        .flat_map(|cells| cells.keys())
        .map(|key| FieldKey::from(key.as_str()))
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// Another number of records came back than was sent: which are which is not known.
fn wrong_number() -> Error {
    Error {
        maybe_applied: true,
        ..Error::new(
            ErrorKind::UnexpectedReply,
            Text::fixed(
                "Airtable n'a pas confirmé tous les enregistrements envoyés.",
                "Airtable did not confirm all the records sent.",
            ),
        )
    }
    .retry(Retry::Backoff)
}

//! Creates records exactly once, although creating is not repeatable.
//!
//! After an answer that leaves it open whether the records were created, it looks at what the table got
//! since and recognises its own records by their content. Only what is not found is sent again.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use model::Text;
use tokio::sync::RwLock;

use crate::error::{Error, ErrorKind, Retry};
use crate::http::{Channel, Failure};

/// Looked back this much further than the call took: the service's machines do not share one clock.
/// Not longer, because what was created before is somebody else's.
const MARGIN: Duration = Duration::from_secs(5);
/// How long an id is remembered: longer than any call with its repetitions takes.
const REMEMBERED: Duration = Duration::from_secs(900);

/// Some records to create, and how their service does it. They are known by their places.
pub(crate) trait Creating: Sync {
    /// The service's name as people write it.
    const SERVICE: &'static str;

    /// The way to the service, for pauses between attempts.
    fn channel(&self) -> &Channel;

    /// Sends the records at these places in one request; their ids, in order. A record that was refused while
    /// others were created has none: whoever sends them keeps the reason.
    fn create(&self, places: &[usize]) -> impl Future<Output = Result<Vec<Option<String>>, Failure>> + Send;

    /// What was created in the time before now: its id, and the places of the records with exactly
    /// that content.
    fn created_within(
        &self,
        time: Duration,
    ) -> impl Future<Output = Result<Vec<(String, Vec<usize>)>, Failure>> + Send;
}

/// What one call achieved: the ids of the records known to be written, by their place in the call,
/// and what kept the others from it.
pub(crate) struct Sent {
    pub(crate) ids: Vec<Option<String>>,
    pub(crate) failure: Option<Failure>,
}

/// Creates records and remembers which ones are its own.
#[derive(Default)]
pub(crate) struct Lookout {
    /// Shared by calls that create, held alone by one that looks: nobody's record may be taken for
    /// another's while its answer is on the way.
    creating: RwLock<()>,
    /// Ids known as created, oldest first. Their owner has them: they are nobody else's.
    known: Mutex<VecDeque<(Instant, String)>>,
}

impl Lookout {
    /// Creates that many records.
    pub(crate) async fn create<C: Creating>(&self, records: &C, count: usize) -> Sent {
        let began = Instant::now();
        let mut ids: Vec<Option<String>> = vec![None; count];
        let mut attempt = 1;
        loop {
            let Err(mut failure) = self.create_missing(records, &mut ids).await else {
                return Sent { ids, failure: None };
            };
            if !failure.error.maybe_applied {
                return Sent { ids, failure: Some(failure) };
            }
            records.channel().back_off(attempt).await;
            if let Err(blind) = self.look(records, &mut ids, began).await {
                tracing::warn!(kind = blind.error.kind.code(), "what was created cannot be looked up");
                return Sent { ids, failure: Some(failure) };
            }
            if ids.iter().all(Option::is_some) {
                return Sent { ids, failure: None };
            }
            if attempt == records.channel().attempts() {
                // Looked up last thing: it was not written.
                failure.error.maybe_applied = false;
                return Sent { ids, failure: Some(failure) };
            }
            attempt += 1;
        }
    }

    /// Sends the records that have no id yet.
    async fn create_missing<C: Creating>(
        &self,
        records: &C,
        ids: &mut [Option<String>],
    ) -> Result<(), Failure> {
        let _others_may_create_too = self.creating.read().await;
        let open: Vec<usize> =
            ids.iter().enumerate().filter(|(_, id)| id.is_none()).map(|(place, _)| place).collect();
        let created = match records.create(&open).await {
            Ok(created) => created,
            // The service says itself which record it made before it failed.
            Err(Failure { committed: Some(id), .. }) if open.len() == 1 => vec![Some(id)],
            Err(failure) => return Err(failure),
        };
        if created.len() != open.len() {
            return Err(wrong_number(C::SERVICE).into());
        }
        self.remember(created.iter().flatten());
        for (slot, id) in ids.iter_mut().filter(|id| id.is_none()).zip(created) {
            *slot = id;
        }
        Ok(())
    }

    /// Finds the records that were created after all, among those the table got since.
    async fn look<C: Creating>(
        &self,
        records: &C,
        ids: &mut [Option<String>],
        began: Instant,
    ) -> Result<(), Failure> {
        let _nobody_creates = self.creating.write().await;
        // Waiting for the others took its time too.
        for (id, places) in records.created_within(began.elapsed() + MARGIN).await? {
            let free = |place: &usize| ids.get(*place).is_some_and(Option::is_none);
            let Some(place) = places.into_iter().find(free).filter(|_| !self.is_known(&id)) else {
                continue;
            };
            self.remember([&id]);
            if let Some(slot) = ids.get_mut(place) {
                *slot = Some(id);
            }
        }
        Ok(())
    }

    fn remember<'a>(&self, ids: impl IntoIterator<Item = &'a String>) {
        let now = Instant::now();
        let mut known = self.known();
        while known.front().is_some_and(|(at, _)| now - *at > REMEMBERED) {
            known.pop_front();
        }
        known.extend(ids.into_iter().map(|id| (now, id.clone())));
    }

    fn is_known(&self, id: &str) -> bool {
        self.known().iter().any(|(_, known)| known == id)
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<(Instant, String)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Another number of records came back than was sent: which are which is not known.
fn wrong_number(service: &str) -> Error {
    Error {
        maybe_applied: true,
        ..Error::new(
            ErrorKind::UnexpectedReply,
            Text::new(
                format!("{service} n'a pas confirmé tous les enregistrements envoyés."),
                format!("{service} did not confirm all the records sent."),
            ),
        )
    }
    .retry(Retry::Backoff)
}

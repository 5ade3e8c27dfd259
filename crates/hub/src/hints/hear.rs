//! A message from outside: believed or not, kept, and answered before anything is read.

use chrono::{DateTime, TimeDelta, Utc};
use connectors::hint::{HeaderMap, Heard, Message, Records, Unheard};
use model::Text;
use model::api::instant;
use store::{HeardHint, HintRow};

use crate::{Error, Hub, Kind, Result};

/// The first word of something is followed at once, with what comes right after it.
const GATHER: TimeDelta = TimeDelta::seconds(2);
/// While there is no end to it, what comes is read together this often.
const GATHER_MORE: TimeDelta = TimeDelta::seconds(30);
/// That a message was not believed is noted this often at most.
const NOTED: TimeDelta = TimeDelta::minutes(1);
/// More records than that are as good as all.
const MOST_RECORDS: usize = 500;

/// A message as it came in.
#[derive(Clone, Copy, Debug)]
pub struct HintMessage<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body, as it was sent.
    pub body: &'a [u8],
}

impl Hub {
    /// Hears what is sent to the address of that word. What it says is read later, by [`Hub::follow_hints`].
    ///
    /// # Errors
    /// `NotFound` when nobody listens there; `Refused` when it is not signed by the service; `Invalid` when it
    /// is, but makes no sense.
    pub async fn hear_hint(&self, word: &str, message: HintMessage<'_>) -> Result<()> {
        let hint = self.store().hint_at(word).await?.ok_or_else(nobody)?;
        let row = self.connection_row(&hint.provider).await?;
        let connector = self.connector(&row)?;
        let hints = connector.hints().ok_or_else(nobody)?;
        let address = self.hint_address(word).ok_or_else(nobody)?;
        let secret = self.store().hint_secret(&hint.provider).await?;
        let at = self.time();
        let message = Message { address: address.as_str(), headers: message.headers, body: message.body, at };
        match hints.hear(secret.as_ref(), &hint.stream, &message) {
            Ok(Heard::Introduction(secret)) if !hint.has_secret => {
                let mut batch = self.store().begin().await?;
                batch.put_hint_secret(self.store(), &hint.provider, &secret).await?;
                Ok(batch.commit().await?)
            }
            Ok(Heard::Introduction(_)) => self.not_believed(&hint, at, Unheard::NotSigned).await,
            Ok(Heard::Change(changed)) => {
                let records = match changed.records {
                    Records::None => Vec::new(),
                    Records::These(ids) if ids.len() <= MOST_RECORDS => ids,
                    Records::These(_) | Records::Unknown => vec![String::new()],
                };
                self.keep_heard(&hint, &changed.events, &records, at).await
            }
            Err(why) => self.not_believed(&hint, at, why).await,
        }
    }

    async fn keep_heard(
        &self,
        hint: &HintRow,
        events: &[String],
        records: &[String],
        at: DateTime<Utc>,
    ) -> Result<()> {
        let last = hint.heard_at.as_ref().and_then(|at| at.parse::<DateTime<Utc>>().ok());
        let wait = if last.is_some_and(|last| at - last < GATHER_MORE) { GATHER_MORE } else { GATHER };
        let (now, due_at) = (instant(at), instant(at + wait));
        let mut batch = self.store().begin().await?;
        let heard = HeardHint { events, records, at: &now, due_at: &due_at };
        batch.hear_hint(&hint.provider, heard).await?;
        batch.commit().await?;
        self.inner.wakers.hints.notify_one();
        Ok(())
    }

    async fn not_believed(&self, hint: &HintRow, at: DateTime<Utc>, why: Unheard) -> Result<()> {
        let mut batch = self.store().begin().await?;
        batch.refuse_hint(&hint.provider, &instant(at), &instant(at - NOTED)).await?;
        batch.commit().await?;
        Err(match why {
            Unheard::NotSigned | Unheard::OutOfTime => Error::new(
                Kind::Refused,
                Text::fixed(
                    "Ce message n'est pas signé comme il doit l'être, ou date de trop longtemps.",
                    "This message is not signed as it should be, or is too old.",
                ),
            ),
            Unheard::NotUnderstood => Error::invalid(Text::fixed(
                "Ce message n'est pas de la forme attendue.",
                "This message is not of the expected form.",
            )),
        })
    }
}

fn nobody() -> Error {
    Error::new(
        Kind::NotFound,
        Text::fixed("Personne n'écoute à cette adresse.", "Nobody listens at this address."),
    )
}

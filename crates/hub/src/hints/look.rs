//! Looks after subscriptions: renewed before they end, made anew when they are gone.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::Connection;
use connectors::hint::Renewed;
use model::Text;
use model::api::instant;
use store::{ConfigRow, HintRow};

use super::resting::Resting;
use crate::clock::distant;
use crate::sync::find_stream;
use crate::{Error, Hub, Kind, Result};

/// How often a subscription is looked after, when it does not end sooner.
const EVERY: TimeDelta = TimeDelta::days(1);
/// When one that could not be looked after is tried again.
const AGAIN: TimeDelta = TimeDelta::hours(1);
/// Nobody looks more often, however soon a subscription ends.
const SOONEST: TimeDelta = TimeDelta::minutes(1);

/// When a subscription is looked after next: daily, and well before it ends.
pub(super) fn next_look(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    let pause = expires_at.map_or(EVERY, |end| ((end - now) / 2).clamp(SOONEST, EVERY));
    instant(now + pause)
}

impl Hub {
    /// Looks after the subscriptions whose time has come. One that could not be taken is left for a while, and keeps
    /// no other waiting.
    pub(super) async fn look_after_hints(&self, resting: &mut Resting) -> Result<()> {
        let now = self.time();
        for hint in self.store().hints_to_look_after(&instant(now), &distant(now, EVERY)).await? {
            if resting.is_on(&hint.provider, Instant::now()) {
                continue;
            }
            let provider = hint.provider.clone();
            if let Err(error) = self.look_after_in_turn(hint, now).await {
                tracing::warn!(%error, connection = provider, "a subscription could not be taken to look after");
                resting.begin(&provider, Instant::now());
            }
        }
        Ok(())
    }

    /// Looks after a subscription unless another server does, and keeps how it stands.
    async fn look_after_in_turn(&self, mut hint: HintRow, now: DateTime<Utc>) -> Result<()> {
        let again_at = instant(now + AGAIN);
        let mut batch = self.store().begin().await?;
        let is_ours = batch.claim_look(&hint, &again_at).await?;
        batch.commit().await?;
        if !is_ours {
            return Ok(());
        }
        if let Err(error) = self.look_after(&mut hint).await {
            tracing::warn!(%error, connection = hint.provider, "a subscription could not be looked after");
            hint.look_at = Some(again_at);
            hint.problem = Some(failed(&error));
            self.keep_hint(&hint, None).await?;
        }
        Ok(())
    }

    async fn look_after(&self, hint: &mut HintRow) -> Result<()> {
        let row = self.connection_row(&hint.provider).await?;
        let connection = self.connect(&row).await?.connection;
        let (Some(subscriber), Some(id)) = (connection.subscriber(), hint.subscription.clone()) else {
            return Ok(());
        };
        match subscriber.renew(&id).await? {
            Some(Renewed { expires_at }) => {
                hint.expires_at = expires_at.map(instant);
                hint.look_at = Some(next_look(expires_at, self.time()));
                hint.problem = None;
                self.keep_hint(hint, None).await
            }
            None => self.subscribe_anew(&row, connection, hint).await,
        }
    }

    /// What the service has ended is asked for again, and what was not told meanwhile is read.
    async fn subscribe_anew(
        &self,
        row: &ConfigRow,
        connection: Arc<dyn Connection>,
        hint: &mut HintRow,
    ) -> Result<()> {
        let address = self.hint_address(&hint.word).ok_or_else(unreachable_from_outside)?;
        let stream = find_stream(connection.as_ref(), row).await?;
        let secret = self.subscribe(hint, connection, &stream, &address).await?;
        hint.stream = stream.id;
        hint.stream_name = stream.name;
        self.keep_hint(hint, Some(secret)).await?;
        let mut batch = self.store().begin().await?;
        batch.want_all_records(&hint.provider, &self.at()).await?;
        Ok(batch.commit().await?)
    }
}

fn failed(error: &Error) -> Text {
    let Text { fr, en } = &error.message;
    Text::new(
        format!(
            "Le service ne peut pas être prié de prévenir : {fr} Un nouvel essai a lieu toutes les heures."
        ),
        format!("The service cannot be asked to tell: {en} It is tried again every hour."),
    )
}

fn unreachable_from_outside() -> Error {
    Error::new(
        Kind::NotConfigured,
        Text::fixed("PASSERELLE_PUBLIC_URL n'est plus réglé.", "PASSERELLE_PUBLIC_URL is not set any more."),
    )
}

//! Keeps a connection's tokens in the database.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use connectors::http::{TokenKeeper, Tokens, Turn, oauth2};
use connectors::{Error, ErrorKind, Result};
use model::Text;
use model::api::instant;
use store::{GrantTokens, Store};

use crate::Clock;
use crate::clock::distant;

/// How long a turn lasts at most.
const TURN: TimeDelta = TimeDelta::seconds(60);
/// How often the turn is asked for while it is another's: at first, and at most after a while.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// The tokens of one connection.
pub(super) struct Keeper {
    store: Store,
    provider: String,
    clock: Clock,
}

impl Keeper {
    pub(super) fn new(store: Store, provider: &str, clock: Clock) -> Keeper {
        Keeper { store, provider: provider.to_owned(), clock }
    }
}

#[async_trait]
impl TokenKeeper for Keeper {
    async fn load(&self) -> Result<Option<Tokens>> {
        let row = self.store.grant(&self.provider).await.map_err(unkept)?;
        if let Some(why) = row.and_then(|row| row.lost) {
            return Err(oauth2::lost(why));
        }
        let kept = self.store.grant_tokens(&self.provider).await.map_err(unkept)?;
        Ok(kept.map(|kept| Tokens {
            access: kept.access,
            refresh: kept.refresh,
            // What this program wrote can be read; if not, the tokens are old.
            obtained_at: read(&kept.obtained_at).unwrap_or_default(),
            expires_at: kept.expires_at.as_deref().and_then(read),
        }))
    }

    async fn turn(&self) -> Result<Turn> {
        let mut pause = FIRST_PAUSE;
        loop {
            let now = self.clock.now();
            let (until, distant) = (instant(now + TURN), distant(now, TURN));
            let claimed = self.store.claim_turn(&self.provider, &instant(now), &until, &distant).await;
            if let Some(turn) = claimed.map_err(unkept)? {
                return Ok(Turn(turn));
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn save(&self, turn: Turn, tokens: &Tokens) -> Result<()> {
        let kept = GrantTokens {
            access: tokens.access.clone(),
            refresh: tokens.refresh.clone(),
            obtained_at: instant(tokens.obtained_at),
            expires_at: tokens.expires_at.map(instant),
        };
        let kept = self.store.put_grant_tokens(&self.provider, turn.0, &kept, &self.clock.at()).await;
        if kept.map_err(unkept)? { Ok(()) } else { Err(changed_meanwhile()) }
    }

    async fn lost(&self, turn: Turn, why: &Text) -> Result<()> {
        tracing::warn!(connection = self.provider, "the grant is gone: a person has to connect again");
        self.store.put_grant_loss(&self.provider, turn.0, why, &self.clock.at()).await.map_err(unkept)
    }

    async fn end(&self, turn: Turn) {
        if let Err(error) = self.store.release_turn(&self.provider, turn.0).await {
            // It ends by itself in a minute.
            tracing::warn!(%error, connection = self.provider, "the turn could not be given back");
        }
    }
}

fn read(at: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(at).ok().map(|at| at.to_utc())
}

fn changed_meanwhile() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "La connexion a été modifiée ou supprimée pendant le renouvellement de son autorisation.",
            "The connection was changed or removed while its authorization was being renewed.",
        ),
    )
    .hint(Text::fixed("Vérifiez ses réglages, puis réessayez.", "Check its settings, then try again."))
}

/// The database's fault, in the words it has everywhere.
fn unkept(error: store::Error) -> Error {
    let crate::Error { message, hint, .. } = crate::Error::from(error);
    Error { hint, ..Error::new(ErrorKind::Unavailable, message) }
}

//! Where the tokens of a grant are kept, and whose turn it is to renew them.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use model::Text;
use secrecy::SecretString;

use crate::error::Result;

/// Tokens are renewed so long before they end: a request under way still arrives in time.
const AHEAD: TimeDelta = TimeDelta::seconds(120);
/// Of a short life, at most this part is given up for that.
const SHARE: i32 = 10;

/// The tokens an authorization server gave.
#[derive(Clone)]
pub struct Tokens {
    /// Goes with requests.
    pub access: SecretString,
    /// Good for other access tokens; some servers give a new one each time, and then the old one is void.
    pub refresh: Option<SecretString>,
    /// When they were asked for.
    pub obtained_at: DateTime<Utc>,
    /// When the access token ends, where the server says so.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Tokens {
    /// Whether it is time for another access token.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|end| {
            let life = end - self.obtained_at;
            now >= end - AHEAD.min(life / SHARE).max(TimeDelta::zero())
        })
    }
}

/// The right to renew the tokens of a connection, for a minute at most. Only its holder saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn(pub i64);

/// Keeps the tokens of one connection, for every process that works on it.
#[async_trait]
pub trait TokenKeeper: Send + Sync {
    /// What is kept; `None` before the first.
    ///
    /// # Errors
    /// `Unauthorized` when the grant was lost and nobody has connected again since.
    async fn load(&self) -> Result<Option<Tokens>>;

    /// Waits for the turn to renew, among all processes. It ends with [`TokenKeeper::end`], or by itself
    /// after a minute.
    async fn turn(&self) -> Result<Turn>;

    /// Keeps tokens, durably, before they are used. What was lost is found again.
    ///
    /// # Errors
    /// `Unauthorized` when the turn is over or the connection was changed meanwhile: then nothing is kept.
    async fn save(&self, turn: Turn, tokens: &Tokens) -> Result<()>;

    /// Notes that the grant is gone and a person has to connect again; nothing when the turn is over.
    async fn lost(&self, turn: Turn, why: &Text) -> Result<()>;

    /// Lets the next one have the turn.
    async fn end(&self, turn: Turn);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_due_two_minutes_ahead_or_after_nine_tenths_of_a_short_life() {
        let start = DateTime::UNIX_EPOCH;
        for (life, good_until) in [(3_600, 3_480), (1_200, 1_080), (600, 540), (10, 9), (0, 0), (-5, -5)] {
            let tokens = Tokens {
                access: "a".into(),
                refresh: None,
                obtained_at: start,
                expires_at: Some(start + TimeDelta::seconds(life)),
            };
            let at = |seconds| start + TimeDelta::seconds(seconds);
            assert!(!tokens.is_due(at(good_until - 1)), "{life}");
            assert!(tokens.is_due(at(good_until)), "{life}");
            assert!(!Tokens { expires_at: None, ..tokens }.is_due(at(1_000_000)), "nobody said when");
        }
    }
}

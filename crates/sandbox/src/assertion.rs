//! Signed words in the place of consent (RFC 7523), as authorization servers check them.
//!
//! The keys here were made for the simulators and open nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;

/// The private key whose public half the simulators know, in PEM.
pub const KEY: &str = include_str!("assertion/key.pem");
/// A private key that no simulator knows.
pub const OTHER_KEY: &str = include_str!("assertion/other.pem");

const PUBLIC: &str = include_str!("assertion/public.pem");

/// What a signed word says.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Claims {
    /// Who signed.
    pub iss: String,
    /// In whose name.
    pub sub: Option<String>,
    /// To whom it is said.
    pub aud: String,
    /// What is asked for.
    pub scope: Option<String>,
    /// From when, in seconds of the epoch.
    pub iat: Option<i64>,
    /// Until when.
    pub exp: i64,
}

/// Why a signed word is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no signed word, or another key signed it.
    Signature,
    /// It is for somebody else.
    Audience,
    /// It is over, not yet good, or good for too long.
    Time,
}

impl Claims {
    /// Reads a word signed with [`KEY`] for this audience, good now and for `longest` at most.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(word: &str, audience: &str, longest: TimeDelta, now: DateTime<Utc>) -> Result<Claims, Fault> {
        let key = DecodingKey::from_rsa_pem(PUBLIC.as_bytes()).map_err(|_| Fault::Signature)?;
        let mut validation = Validation::new(Algorithm::RS256);
        // The simulators live in their own time, and say themselves what is wrong.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Claims>(word, &key, &validation);
        let claims = claims.map_err(|_| Fault::Signature)?.claims;
        if claims.aud != audience {
            return Err(Fault::Audience);
        }
        let (now, ahead) = (now.timestamp(), claims.exp - now.timestamp());
        let begins = claims.iat.unwrap_or(now);
        // A minute for clocks that differ.
        if ahead <= 0 || ahead > longest.num_seconds() + 60 || begins > now + 60 {
            return Err(Fault::Time);
        }
        Ok(claims)
    }
}

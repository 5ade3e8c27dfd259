//! What an application says of itself, signed with its key (RFC 7523).

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

use super::token::No;
use super::{CLIENT_ID, USERNAME};

/// How far ahead an assertion may end.
const LONGEST: TimeDelta = TimeDelta::minutes(3);
/// For whom an assertion is, besides the organisation's own address.
const AUDIENCES: [&str; 2] = ["https://login.salesforce.com", "https://test.salesforce.com"];

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
}

/// Whether an assertion is signed with the application's key and says what it must.
pub(super) fn check(jwt: &str, certificate: Option<&str>, site: &str, now: DateTime<Utc>) -> Result<(), No> {
    let invalid = ("invalid_grant", "invalid assertion");
    let key = certificate.and_then(|pem| DecodingKey::from_rsa_pem(pem.as_bytes()).ok()).ok_or(invalid)?;
    // The times are judged below, by the simulator's own clock.
    let mut only_signature = Validation::new(Algorithm::RS256);
    only_signature.validate_exp = false;
    only_signature.validate_aud = false;
    only_signature.required_spec_claims.clear();
    let claims = decode::<Claims>(jwt, &key, &only_signature).map_err(|_| invalid)?.claims;
    if claims.iss != CLIENT_ID {
        return Err(("invalid_client_id", "client identifier invalid"));
    }
    if !AUDIENCES.contains(&claims.aud.as_str()) && claims.aud != site {
        return Err(("invalid_grant", "Audience validation failed"));
    }
    let ahead = claims.exp - now.timestamp();
    if ahead <= 0 || ahead > LONGEST.num_seconds() {
        return Err(("invalid_grant", "expired authorization code"));
    }
    if claims.sub == USERNAME { Ok(()) } else { Err(("invalid_grant", "user hasn't approved this consumer")) }
}

//! What an application says of itself, signed with its key.

use chrono::{DateTime, TimeDelta, Utc};

use super::token::No;
use super::{CLIENT_ID, USERNAME};
use crate::assertion::{Claims, Fault};

/// How far ahead an assertion may end.
const LONGEST: TimeDelta = TimeDelta::minutes(3);
/// For whom an assertion is, besides the organisation's own address.
const AUDIENCES: [&str; 2] = ["https://login.salesforce.com", "https://test.salesforce.com"];

/// Whether an assertion is signed with the application's key and says what it must. Only the words for a
/// wrong audience and for a user who has not agreed are sure; the others are unverified.
pub(super) fn check(jwt: &str, site: &str, now: DateTime<Utc>) -> Result<(), No> {
    let read = |audience| Claims::read(jwt, audience, LONGEST, now);
    let wrong_audience = |read: &Result<Claims, Fault>| *read == Err(Fault::Audience);
    let mut all = AUDIENCES.into_iter().chain([site]).map(read).skip_while(wrong_audience);
    match all.next() {
        Some(Ok(claims)) if claims.iss != CLIENT_ID => {
            Err(("invalid_client_id", "client identifier invalid"))
        }
        Some(Ok(claims)) if claims.sub.as_deref() == Some(USERNAME) => Ok(()),
        Some(Ok(_)) => Err(("invalid_grant", "user hasn't approved this consumer")),
        Some(Err(Fault::Signature)) => Err(("invalid_grant", "invalid assertion")),
        Some(Err(Fault::Time)) => Err(("invalid_grant", "expired authorization code")),
        Some(Err(Fault::Audience)) | None => Err(("invalid_grant", "Audience validation failed")),
    }
}

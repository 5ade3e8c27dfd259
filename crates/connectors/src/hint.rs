//! The seam for hints: what a service sends to an address of ours when something changed there.
//!
//! A hint is never data. It says that it is time to read, and of which records where the service names them;
//! what they hold is always asked for. A hint that is lost costs nothing but time: the next full reading sees
//! what it would have told.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use model::{StreamSchema, Text};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use url::Url;

pub use reqwest::header::HeaderMap;

use crate::error::Result;

/// A kind of service that can say that something changed.
pub trait Hints: Send + Sync {
    /// What has to be done once before it does.
    fn arrangement(&self) -> Arrangement;

    /// What a message says about a stream, if it is the service's. Pure: nothing is asked or kept.
    ///
    /// # Errors
    /// It cannot be told to be the service's, or not what it says.
    fn hear(
        &self,
        secret: Option<&SecretString>,
        stream: &str,
        message: &Message<'_>,
    ) -> std::result::Result<Heard, Unheard>;
}

/// How a service comes to know our address, and we the secret its messages are signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// The connection asks the service for it ([`crate::Connection::subscriber`]).
    Asked,
    /// A person enters our address among the service's settings, and gives us the secret that stands there.
    Typed {
        /// What to do there.
        steps: Text,
        /// What the secret is called there.
        secret: Text,
    },
    /// A person enters our address among the service's settings; the service's first message brings a secret,
    /// which it wants to see typed there.
    Introduced {
        /// What to do there.
        steps: Text,
    },
}

/// A message as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The whole address it was sent to, as the service knows it.
    pub address: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body, as it was signed.
    pub body: &'a [u8],
    /// When it came.
    pub at: DateTime<Utc>,
}

impl Message<'_> {
    /// The text of a header that came once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        values.next().filter(|_| values.next().is_none())?.to_str().ok()
    }
}

/// What a message says.
#[derive(Clone, Debug)]
pub enum Heard {
    /// The secret that later messages are signed with ([`Arrangement::Introduced`]).
    Introduction(SecretString),
    /// Something changed, or nothing of the stream.
    Change(Changed),
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// What the service calls the events: one that comes twice counts once.
    pub events: Vec<String>,
    /// Which records of the stream, where the service says it.
    pub records: Records,
}

/// Which records of a stream a hint is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Records {
    /// None: the message was about something else.
    #[default]
    None,
    /// These; they may be gone.
    These(Vec<String>),
    /// The service does not say.
    Unknown,
}

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// It is not signed with the secret.
    NotSigned,
    /// It is signed, but was sent too long ago, or will be.
    OutOfTime,
    /// It is signed, but not what the service is known to send.
    NotUnderstood,
}

/// What a connection asks of its service, where it can ([`Arrangement::Asked`]).
#[async_trait]
pub trait Subscriber: Send + Sync {
    /// Asks the service to send hints about a stream to an address.
    ///
    /// # Errors
    /// The service refuses, or cannot be asked.
    async fn subscribe(&self, stream: &StreamSchema, address: &Url) -> Result<Subscription>;

    /// Asks to go on with a subscription before it ends: until when now. `None` for one that has ended or was
    /// taken away.
    ///
    /// # Errors
    /// The service refuses, or cannot be asked.
    async fn renew(&self, id: &str) -> Result<Option<Renewed>>;

    /// Ends a subscription; one that is gone already is no error.
    ///
    /// # Errors
    /// The service refuses, or cannot be asked.
    async fn unsubscribe(&self, id: &str) -> Result<()>;
}

/// A subscription as the service made it.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// The service's id of it.
    pub id: String,
    /// What its messages are signed with.
    pub secret: SecretString,
    /// When it ends, where it does.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A subscription that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// When it ends, where it does.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Whether an HMAC-SHA256 of these parts, one after the other, is the one that was sent; in constant time.
pub(crate) fn is_signed(key: &[u8], parts: &[&[u8]], sent: &[u8]) -> bool {
    // Anybody could sign with nothing.
    if key.is_empty() {
        return false;
    }
    // A key of any other length is one.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(sent).is_ok()
}

/// Whether two words are the same; in constant time. Nothing is no word: anybody has it.
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(one) else { return false };
    mac.update(one);
    is_signed(one, &[other], &mac.finalize().into_bytes())
}

/// The bytes that hexadecimal digits stand for.
pub(crate) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16)?).ok();
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    if rest.is_empty() { bytes } else { None }
}

/// A typed secret as the key of a signature.
pub(crate) fn key(secret: &SecretString) -> &[u8] {
    secret.expose_secret().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_words_are_the_same() {
        for (one, other, same) in [
            ("", "", false),
            ("secret", "secret", true),
            ("secret", "secres", false),
            ("secret", "secre", false),
            ("secret", "secret\0", false),
            ("secret\0", "secret", false),
            ("", "secret", false),
        ] {
            assert_eq!(is_same(one.as_bytes(), other.as_bytes()), same, "{one:?} {other:?}");
        }
    }

    #[test]
    fn digits_are_read_in_pairs() {
        for (digits, bytes) in [
            ("", Some(&[][..])),
            ("00ff", Some(&[0, 255])),
            ("aBcD", Some(&[0xab, 0xcd])),
            ("abc", None),
            ("0g", None),
            ("+1", None),
            ("é", None),
        ] {
            assert_eq!(unhex(digits).as_deref(), bytes, "{digits}");
        }
    }
}

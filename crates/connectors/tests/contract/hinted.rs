//! What a service sent, as it comes to whoever was to be told.

use connectors::Connector;
use connectors::hint::{Changed, Heard, Message, Unheard};
use sandbox::Sent;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// Where nobody listens: what was sent there is at hand all the same.
pub(crate) fn nowhere() -> Url {
    Url::parse("http://127.0.0.1:1/hints/deals").expect("an address")
}

/// What a connector hears in a message.
pub(crate) fn hear(
    connector: &dyn Connector,
    secret: &SecretString,
    stream: &str,
    sent: &Sent,
) -> Result<Changed, Unheard> {
    let hints = connector.hints().expect("the service can say that something changed");
    let at = chrono::Utc::now();
    let message = Message { address: &sent.url, headers: &sent.headers, body: sent.body.as_bytes(), at };
    match hints.hear(Some(secret), stream, &message)? {
        Heard::Change(changed) => Ok(changed),
        Heard::Introduction(_) => panic!("nobody introduces a secret"),
    }
}

/// The same text with one bit of a character's changed.
pub(crate) fn flipped(text: &str, place: usize) -> String {
    let flip = |(at, char): (usize, char)| if at == place { char::from(char as u8 ^ 1) } else { char };
    text.chars().enumerate().map(flip).collect()
}

/// The same secret with one bit of a character's changed.
pub(crate) fn other(secret: &SecretString) -> SecretString {
    SecretString::from(flipped(secret.expose_secret(), 3))
}

/// The same message with a header of another text.
pub(crate) fn with_header(sent: &Sent, name: &'static str, text: &str) -> Sent {
    let mut sent = sent.clone();
    sent.headers.insert(name, text.parse().expect("a header"));
    sent
}

//! What a service sent, as it comes to whoever was to be told.

use chrono::{DateTime, Utc};
use connectors::Connector;
use connectors::hint::{Changed, Heard, Message, Subscriber, Subscription, Unheard};
use sandbox::Sent;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::fixture::Opened;

impl<F> Opened<F> {
    /// Who asks the service to tell what changes.
    pub(crate) fn subscriber(&self) -> &dyn Subscriber {
        self.connection.subscriber().expect("webhooks can be asked for")
    }

    /// Has the stream's changes told to nowhere.
    pub(crate) async fn subscribe(&self) -> Subscription {
        self.subscriber().subscribe(&self.stream, &nowhere()).await.expect("a webhook")
    }
}

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
    hear_at(connector, secret, stream, sent, &sent.url, chrono::Utc::now())
}

/// What it hears in it when it comes to another address, or at that moment.
pub(crate) fn hear_at(
    connector: &dyn Connector,
    secret: &SecretString,
    stream: &str,
    sent: &Sent,
    address: &str,
    at: DateTime<Utc>,
) -> Result<Changed, Unheard> {
    let hints = connector.hints().expect("the service can say that something changed");
    let message = Message { address, headers: &sent.headers, body: sent.body.as_bytes(), at };
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

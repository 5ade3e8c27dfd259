//! OAuth 2.0, once for every connector (RFC 6749, 7636).
//!
//! A connector says who it is at the authorization server ([`Client`]) and what it has been granted
//! ([`Grant`]); [`session`] makes of it a source of tokens that renews them ahead of their end, one renewal
//! at a time among all processes, and keeps what is new before anybody uses it. The way of a person through
//! the server's page and back is [`Client::authorize`] and [`exchange`].

mod answer;
mod ask;
mod assertion;
mod client;
mod memory;
mod pkce;
mod session;
mod texts;

use std::sync::Arc;

use secrecy::SecretString;

use super::{Http, TokenSource, Tokens};
use crate::connector::Context;
use crate::error::Result;
use ask::Offer;

pub use assertion::Assertion;
pub use client::{Client, ClientAuth};
pub use pkce::{Pkce, random_word};
pub use texts::lost;

/// What a connection has been granted.
#[derive(Clone)]
pub enum Grant {
    /// The client speaks for itself.
    ClientCredentials,
    /// A refresh token somebody got elsewhere and typed; later ones take its place.
    RefreshToken(SecretString),
    /// A person agrees at the server's page; nothing is granted before.
    AuthorizationCode,
    /// The client's own signed word.
    Assertion(Assertion),
}

/// A source of tokens for the context's connection. Nothing is sent yet.
///
/// Sessions of one connection share its keeper, and so their renewals; without one, as while a form is being
/// filled, the tokens live as long as the session.
pub fn session(context: &Context, client: Client, grant: Grant) -> Arc<dyn TokenSource> {
    let keeper = context.tokens.clone().unwrap_or_else(|| Arc::new(memory::Memory::default()));
    Arc::new(session::Session::new(context.http.clone(), client, grant, keeper))
}

/// Gets tokens for the code that the server's page led back with. `redirect_uri` is the one that was sent
/// there.
///
/// # Errors
/// `Unauthorized` when the code or the client is refused; what can happen to any request.
pub async fn exchange(
    http: &Http,
    client: &Client,
    code: &SecretString,
    verifier: &SecretString,
    redirect_uri: &str,
) -> Result<Tokens> {
    let offer = Offer::Code { code, verifier, redirect_uri };
    ask::tokens(http, client, &offer).await.map_err(|failure| *failure.error)
}

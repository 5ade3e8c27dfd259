//! The request for tokens.

use std::num::NonZeroU32;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;

use super::answer::{self, Given};
use super::{Client, ClientAuth, texts};
use crate::http::{Credential, Effect, Failure, Http, Limits, Request, Target, Tokens, no_budgets};

/// No server says how many requests it takes; nobody needs many.
const LIMITS: Limits = Limits { per_second: 5.0, burst: NonZeroU32::MIN, penalty: Duration::from_secs(1) };

/// The longest the server is asked: less than a turn lasts, so that nobody else has begun.
const LONGEST: Duration = Duration::from_secs(45);

/// What tokens are asked for with.
pub(super) enum Offer<'a> {
    /// The client's own word.
    ClientCredentials,
    /// An earlier grant.
    Refresh(&'a SecretString),
    /// The client's own word, signed.
    Assertion(SecretString),
    /// A person's consent.
    Code {
        /// What the page led back with.
        code: &'a SecretString,
        /// Of the challenge that the page was told.
        verifier: &'a SecretString,
        /// Where the page led back to.
        redirect_uri: &'a str,
    },
}

/// Asks for tokens, for 45 seconds at most. A request whose answer was lost is repeated: what it used up is
/// lost without its answer anyway, and many servers answer the same again for some seconds.
pub(super) async fn tokens(http: &Http, client: &Client, offer: &Offer<'_>) -> Result<Tokens, Failure> {
    let asked = tokio::time::timeout(LONGEST, ask(http, client, offer)).await;
    asked.unwrap_or_else(|_| Err(texts::too_slow().into())).map_err(|failure| {
        let host = client.token_url.host_str().unwrap_or_default();
        let error = Box::new(answer::at(host, *failure.error));
        Failure { error, ..failure }
    })
}

async fn ask(http: &Http, client: &Client, offer: &Offer<'_>) -> Result<Tokens, Failure> {
    let channel = http.channel(Target {
        service: answer::SERVICE,
        key: format!("oauth2:{}:{}", client.token_url, client.client_id),
        address: client.given,
        limits: LIMITS,
        credential: Credential::InBody(secrets(client, offer)),
        headers: &[("accept", "application/json")],
        read_refusal: answer::read_refusal,
        read_budgets: no_budgets,
    })?;
    let now = SystemTime::now().into();
    let given: Given = channel.call(&request(client, offer), |body| serde_json::from_slice(body)).await?;
    Ok(given.tokens(now)?)
}

fn request(client: &Client, offer: &Offer) -> Request {
    let mut form = form_urlencoded::Serializer::new(String::new());
    match offer {
        Offer::ClientCredentials => {
            form.append_pair("grant_type", "client_credentials");
            if !client.scope.is_empty() {
                form.append_pair("scope", &client.scope);
            }
        }
        Offer::Refresh(token) => {
            form.append_pair("grant_type", "refresh_token");
            form.append_pair("refresh_token", token.expose_secret());
        }
        Offer::Assertion(word) => {
            form.append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            form.append_pair("assertion", word.expose_secret());
        }
        Offer::Code { code, verifier, redirect_uri } => {
            form.append_pair("grant_type", "authorization_code");
            form.append_pair("code", code.expose_secret());
            form.append_pair("redirect_uri", redirect_uri);
            form.append_pair("code_verifier", verifier.expose_secret());
        }
    }
    let basic = basic(client);
    // A signed word says itself who the client is.
    if basic.is_none() && !matches!(offer, Offer::Assertion(_)) {
        form.append_pair("client_id", &client.client_id);
        if let Some(secret) = &client.client_secret {
            form.append_pair("client_secret", secret.expose_secret());
        }
    }
    let request = Request::form(client.token_url.clone(), form.finish(), Effect::SameTwice)
        .refused_when(answer::is_refusal)
        .without_token();
    match basic {
        Some(pair) => request.header("authorization", &format!("Basic {}", pair.expose_secret())),
        None => request,
    }
}

/// Both halves are form-encoded before they are put together (RFC 6749, 2.3.1). A client without a secret
/// says in the body who it is.
fn basic(client: &Client) -> Option<SecretString> {
    let secret = client.client_secret.as_ref().filter(|_| client.auth == ClientAuth::Basic)?;
    let encode = |half: &str| form_urlencoded::byte_serialize(half.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encode(&client.client_id), encode(secret.expose_secret()));
    Some(BASE64_STANDARD.encode(pair).into())
}

/// Whatever of the request must not be shown.
fn secrets(client: &Client, offer: &Offer) -> Vec<SecretString> {
    let offered: Vec<SecretString> = match offer {
        Offer::ClientCredentials => Vec::new(),
        Offer::Refresh(token) => vec![(*token).clone()],
        Offer::Assertion(word) => vec![word.clone()],
        Offer::Code { code, verifier, .. } => vec![(*code).clone(), (*verifier).clone()],
    };
    offered.into_iter().chain(client.client_secret.clone()).chain(basic(client)).collect()
}

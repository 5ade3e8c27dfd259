//! The way of a person through the service's page and back.
//!
//! What leads back is a random word, good once and for ten minutes, in the browser that set out. Without it
//! nobody can make a connection work with somebody else's account.

use chrono::TimeDelta;
use connectors::http::oauth2::{self, Pkce, random_word};
use model::Text;
use model::api::instant;
use secrecy::SecretString;
use store::ConsentRow;
use url::Url;

use crate::digest::hash;
use crate::{Error, Hub, Kind, Result};

/// How long a person may take.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// What the service's page led back with.
#[derive(Clone, Debug)]
pub enum Consent {
    /// A code, to be exchanged for tokens.
    Given(SecretString),
    /// The service's word for why not, such as `access_denied`.
    Refused(String),
}

impl Hub {
    /// The page of the service where a person agrees that this connection works in their name. It leads back
    /// to `redirect_uri`; `session` is a secret of the browser that sets out.
    ///
    /// # Errors
    /// `UnknownProvider`; `Invalid` when the connection is not one a person agrees to; the connector's word
    /// when its settings are not complete.
    pub async fn begin_authorization(
        &self,
        provider: &str,
        redirect_uri: &str,
        session: &str,
    ) -> Result<Url> {
        let row = self.connection_row(provider).await?;
        let client = self.oauth_client(&row).await?.ok_or_else(|| not_by_consent(provider))?;
        let (pair, state) = (Pkce::new()?, random_word()?);
        let page = client.authorize(redirect_uri, &state, &pair.challenge)?;
        let now = self.time();
        let consent = ConsentRow {
            provider: provider.to_owned(),
            verifier: pair.verifier,
            redirect_uri: redirect_uri.to_owned(),
            session_hash: hash(session),
            created_at: instant(now),
        };
        // What is too old is kept for as long again, so that its owner is told why it does not count.
        self.store().put_consent(&hash(&state), &consent, &instant(now - PATIENCE * 2)).await?;
        Ok(page)
    }

    /// Takes what the service's page led back with, and gets the tokens; returns the connection's name. Goes
    /// on although the caller goes away: a code serves once.
    ///
    /// # Errors
    /// `Invalid` for a `state` that was made up, used before, too old or another browser's, and when the
    /// person or the service refused; the service's word when it gives no tokens.
    pub async fn finish_authorization(&self, state: &str, session: &str, consent: Consent) -> Result<String> {
        let (hub, state, session) = (self.clone(), hash(state), hash(session));
        let back = tokio::spawn(async move { hub.come_back(&state, &session, consent).await });
        back.await.unwrap_or_else(|_| Err(broken_off()))
    }

    async fn come_back(&self, state_hash: &str, session_hash: &str, consent: Consent) -> Result<String> {
        let begun = self.store().take_consent(state_hash).await?.ok_or_else(unknown)?;
        // Both are hashes: how long the comparison takes tells nothing of what was hashed.
        if begun.session_hash != session_hash {
            return Err(another_browser());
        }
        if begun.created_at < self.ago(PATIENCE) {
            return Err(too_late());
        }
        let code = match consent {
            Consent::Given(code) => code,
            Consent::Refused(word) => return Err(refused(&begun.provider, &word)),
        };
        let row = self.connection_row(&begun.provider).await?;
        let client = self.oauth_client(&row).await?.ok_or_else(|| not_by_consent(&begun.provider))?;
        let keeper = self.keeper(&begun.provider);
        // A renewal of the old grant that is going on ends first, and does not write over the new one.
        let turn = keeper.turn().await?;
        let http = &self.inner.http;
        let exchanged = oauth2::exchange(http, &client, &code, &begun.verifier, &begun.redirect_uri).await;
        let kept = match exchanged {
            Ok(tokens) => keeper.save(turn, &tokens).await,
            Err(error) => Err(error),
        };
        keeper.end(turn).await;
        kept?;
        Ok(begun.provider)
    }
}

fn not_by_consent(provider: &str) -> Error {
    Error::invalid(Text::new(
        format!("La connexion « {provider} » ne passe pas par une autorisation OAuth2."),
        format!("The connection “{provider}” does not work by an OAuth2 authorization."),
    ))
    .hint(Some(Text::fixed(
        "Renseignez dans ses réglages l'adresse d'autorisation, l'adresse des jetons et l'identifiant du client.",
        "Fill in the authorization address, the token address and the client id among its settings.",
    )))
}

fn unknown() -> Error {
    Error::invalid(Text::fixed(
        "Ce retour d'autorisation est inconnu, ou il a déjà servi.",
        "This return of an authorization is unknown, or was used already.",
    ))
    .hint(Some(BEGIN_AGAIN))
}

fn too_late() -> Error {
    Error::invalid(Text::fixed(
        "L'autorisation a été demandée il y a plus de dix minutes : elle n'est plus valable.",
        "The authorization was asked for more than ten minutes ago: it no longer counts.",
    ))
    .hint(Some(BEGIN_AGAIN))
}

fn another_browser() -> Error {
    Error::invalid(Text::fixed(
        "L'autorisation a été demandée dans un autre navigateur.",
        "The authorization was asked for in another browser.",
    ))
    .hint(Some(BEGIN_AGAIN))
}

/// The words of RFC 6749, 4.1.2.1; any other text of an address is not repeated.
fn refused(provider: &str, word: &str) -> Error {
    let is_word =
        !word.is_empty() && word.len() <= 40 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let message = match word {
        "access_denied" => Text::new(
            format!("L'autorisation de « {provider} » a été refusée sur la page du service."),
            format!("The authorization of “{provider}” was refused on the service's page."),
        ),
        word if is_word => Text::new(
            format!("Le service n'a pas accordé l'autorisation de « {provider} » ({word})."),
            format!("The service did not grant the authorization of “{provider}” ({word})."),
        ),
        _ => Text::new(
            format!("Le service n'a pas accordé l'autorisation de « {provider} »."),
            format!("The service did not grant the authorization of “{provider}”."),
        ),
    };
    Error::invalid(message).hint(Some(BEGIN_AGAIN))
}

fn broken_off() -> Error {
    Error::new(
        Kind::Internal,
        Text::fixed("L'autorisation a été interrompue.", "The authorization was broken off."),
    )
    .hint(Some(BEGIN_AGAIN))
}

/// What to do in all these cases.
const BEGIN_AGAIN: Text = Text::fixed(
    "Recommencez depuis la page de la connexion : « Connecter » ou « Reconnecter ».",
    "Begin again on the connection's page: “Connect” or “Reconnect”.",
);

//! The token endpoint: what is offered, what is given for it, and how that is refused.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::clients::{Form, form};
use super::options::Lifetime;
use super::state::{Family, TokenRequest, World};
use crate::assertion::{Claims, Fault};
use crate::faults::Answer;
use crate::service::Job;

/// The name of a signed word's grant (RFC 7523, 2.1).
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// As long as Salesforce accepts.
const LONGEST_ASSERTION: TimeDelta = TimeDelta::minutes(3);

/// A refusal in the words of RFC 6749, 5.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: u16,
    error: &'static str,
    description: &'static str,
}

impl Refusal {
    fn new(error: &'static str, description: &'static str) -> Self {
        Self { status: 400, error, description }
    }

    pub(super) fn request(description: &'static str) -> Self {
        Self::new("invalid_request", description)
    }

    pub(super) fn client() -> Self {
        Self { status: 401, ..Self::new("invalid_client", "Client authentication failed") }
    }

    fn grant(description: &'static str) -> Self {
        Self::new("invalid_grant", description)
    }

    pub(super) fn answer(&self) -> Answer {
        let answer = said(self.status, &json!({"error": self.error, "error_description": self.description}));
        if self.status == 401 { answer.header("www-authenticate", "Basic realm=\"oauth\"") } else { answer }
    }
}

/// An answer that nobody may keep (RFC 6749, 5.1).
pub(super) fn said(status: u16, body: &Value) -> Answer {
    Answer::json(status, body).header("cache-control", "no-store").header("pragma", "no-cache")
}

/// What tokens are given for.
struct Given {
    family: Family,
    scope: String,
    /// Whether a refresh token comes along.
    refresh: bool,
}

impl World {
    pub(super) fn token(&mut self, job: &Job<'_, Self>) -> Answer {
        let Some(form) = form(job.asked) else {
            return Refusal::request("The body must be application/x-www-form-urlencoded").answer();
        };
        let client = match form.get("assertion") {
            Some(word) => self.signer(word, &format!("{}/oauth/token", job.url), job.now),
            None => self.client(job.asked, &form),
        };
        let given = client.and_then(|client| Ok((self.given(&client, &form, job.now)?, client)));
        self.requests.push(TokenRequest {
            grant_type: form.get("grant_type").cloned().unwrap_or_default(),
            client_id: given.as_ref().map(|(_, client)| client.clone()).unwrap_or_default(),
            granted: given.is_ok(),
        });
        match given {
            Ok((given, client)) => said(200, &self.tokens(&client, &given, job.now)),
            Err(refusal) => refusal.answer(),
        }
    }

    pub(super) fn revocation(&mut self, job: &Job<'_, Self>) -> Answer {
        let form = form(job.asked).unwrap_or_default();
        if let Err(refusal) = self.client(job.asked, &form) {
            return refusal.answer();
        }
        self.revoke_token(form.get("token").map(String::as_str).unwrap_or_default());
        said(200, &json!({}))
    }

    fn given(&mut self, client: &str, form: &Form, now: DateTime<Utc>) -> Result<Given, Refusal> {
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        match text("grant_type") {
            "client_credentials" if self.clients.get(client).is_none_or(Option::is_none) => {
                Err(Refusal::new("unauthorized_client", "A public client cannot speak for itself"))
            }
            "client_credentials" => {
                let (family, scope) = (self.new_family(), text("scope").to_owned());
                Ok(Given { family, scope, refresh: false })
            }
            // Who signed it was looked at instead of the client's secret.
            JWT_BEARER if form.contains_key("assertion") => {
                Ok(Given { family: self.new_family(), scope: String::new(), refresh: false })
            }
            "refresh_token" => self.of_refresh(client, text("refresh_token")),
            "authorization_code" => {
                self.of_code(client, text("code"), text("redirect_uri"), text("code_verifier"), now)
            }
            "" => Err(Refusal::request("grant_type is missing")),
            _ => Err(Refusal::new("unsupported_grant_type", "Not supported here")),
        }
    }

    /// The client that signed this word: it says no more than that it is a client's own.
    fn signer(&self, word: &str, url: &str, now: DateTime<Utc>) -> Result<String, Refusal> {
        let claims = Claims::read(word, url, LONGEST_ASSERTION, now).map_err(|fault| {
            Refusal::grant(match fault {
                Fault::Signature => "Invalid JWT Signature.",
                Fault::Audience => "Invalid JWT audience.",
                Fault::Time => "Invalid JWT: not a short-lived token in a reasonable timeframe.",
            })
        })?;
        let is_known = self.clients.contains_key(&claims.iss);
        if is_known { Ok(claims.iss) } else { Err(Refusal::grant("Invalid JWT issuer.")) }
    }

    fn of_refresh(&mut self, client: &str, token: &str) -> Result<Given, Refusal> {
        let found = self.refresh(token).filter(|refresh| refresh.client == client).cloned();
        let Some(refresh) = found else {
            return Err(Refusal::grant("The refresh token is unknown or was revoked"));
        };
        if refresh.is_replaced {
            // Somebody has a copy: nobody is trusted any more.
            self.revoke(refresh.family);
            return Err(Refusal::grant("The refresh token was used already"));
        }
        if self.options.rotates {
            self.replace(token);
        }
        Ok(Given { family: refresh.family, scope: refresh.scope, refresh: self.options.rotates })
    }

    fn of_code(
        &mut self,
        client: &str,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
        now: DateTime<Utc>,
    ) -> Result<Given, Refusal> {
        let Some(found) = self.codes.get_mut(code) else {
            return Err(Refusal::grant("The code is unknown"));
        };
        let was_used = std::mem::replace(&mut found.is_used, true);
        let found = found.clone();
        if was_used {
            self.revoke(found.family);
            return Err(Refusal::grant("The code was used already"));
        }
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        if found.is_late(now) || found.client != client || found.redirect_uri != redirect_uri {
            return Err(Refusal::grant("The code is not for this client, address or time"));
        }
        if found.challenge != challenge {
            return Err(Refusal::grant("code_verifier does not match code_challenge"));
        }
        Ok(Given { family: found.family, scope: found.scope, refresh: self.options.refreshes })
    }

    fn tokens(&mut self, client: &str, given: &Given, now: DateTime<Utc>) -> Value {
        let mut body = json!({
            "access_token": self.new_access(given.family, client, now),
            "token_type": "Bearer",
            "scope": given.scope,
        });
        if given.refresh {
            body["refresh_token"] = self.new_refresh(given.family, client, &given.scope).into();
        }
        match self.lifetime() {
            Lifetime::Seconds(seconds) => body["expires_in"] = seconds.into(),
            Lifetime::Text(seconds) => body["expires_in"] = seconds.to_string().into(),
            Lifetime::Untold => {}
        }
        body
    }
}

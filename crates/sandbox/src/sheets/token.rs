//! The token endpoint, and the page where a person agrees.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::access::{Consent, Token};
use super::key;
use super::world::World;
use crate::assertion::{Claims, Fault};
use crate::faults::Answer;
use crate::service::Job;

/// How long an assertion may be good.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// The endpoint that is played.
const REAL_ENDPOINT: &str = "https://oauth2.googleapis.com/token";

/// The only words of the endpoint for a wrong assertion time.
const WRONG_TIME: &str = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. \
                          Check your iat and exp values in the JWT claim.";

type Form = HashMap<String, String>;

impl World {
    pub(super) fn token(&mut self, job: &Job<'_, Self>) -> Answer {
        let body = job.asked.body.as_deref().unwrap_or_default();
        let form: Form = url::form_urlencoded::parse(body).into_owned().collect();
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        match text("grant_type") {
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => {
                let audience = format!("{}/token", job.url);
                self.of_assertion(text("assertion"), &audience, job.now)
            }
            "refresh_token" => self.of_refresh(&form, job.now),
            "authorization_code" => self.of_code(&form, job.now),
            _ => refused(400, "unsupported_grant_type", "Invalid grant_type: "),
        }
    }

    fn of_assertion(&mut self, assertion: &str, audience: &str, now: DateTime<Utc>) -> Answer {
        let invalid = |why: &str| refused(400, "invalid_grant", why);
        // Google's own clients name Google's address, whatever the key file says.
        let read = match Claims::read(assertion, audience, LONGEST, now) {
            Err(Fault::Audience) => Claims::read(assertion, REAL_ENDPOINT, LONGEST, now),
            read => read,
        };
        let claims = match read {
            Ok(claims) if claims.iat.is_none() => return invalid(WRONG_TIME),
            Ok(claims) => claims,
            Err(Fault::Signature) => return invalid("Invalid JWT Signature."),
            Err(Fault::Audience) => return invalid("Invalid JWT: Failed audience check."),
            Err(Fault::Time) => return invalid(WRONG_TIME),
        };
        if claims.iss != key::EMAIL {
            return invalid("Invalid grant: account not found");
        }
        if self.access.key_is_deleted {
            return invalid("Invalid JWT Signature.");
        }
        match claims.scope.as_deref() {
            None | Some("") => {
                refused(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.")
            }
            Some(scope) => self.given(key::EMAIL, scope, None, now),
        }
    }

    fn of_refresh(&mut self, form: &Form, now: DateTime<Utc>) -> Answer {
        if let Err(refused) = self.client(form) {
            return refused;
        }
        let token = form.get("refresh_token").map(String::as_str).unwrap_or_default();
        match self.access.refresh.get(token).cloned() {
            Some((user, scope)) => self.given(&user, &scope, None, now),
            None => refused(400, "invalid_grant", "Token has been expired or revoked."),
        }
    }

    fn of_code(&mut self, form: &Form, now: DateTime<Utc>) -> Answer {
        if let Err(refused) = self.client(form) {
            return refused;
        }
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        let Some(consent) = self.access.codes.remove(text("code")) else {
            return refused(400, "invalid_grant", "Malformed auth code.");
        };
        if consent.redirect_uri != text("redirect_uri") {
            return refused(400, "redirect_uri_mismatch", "Bad Request");
        }
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text("code_verifier").as_bytes()));
        if !consent.challenge.is_empty() && consent.challenge != challenge {
            return refused(400, "invalid_grant", "Invalid code verifier.");
        }
        // Without `access_type=offline` nothing comes to renew with.
        let refresh = consent.is_offline.then(|| self.access.new_refresh(&consent.user, &consent.scope));
        self.given(&consent.user, &consent.scope, refresh, now)
    }

    fn client(&self, form: &Form) -> Result<(), Answer> {
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if text("client_id") != self.access.client_id {
            return Err(refused(401, "invalid_client", "The OAuth client was not found."));
        }
        if text("client_secret") != self.access.client_secret {
            return Err(refused(401, "invalid_client", "Unauthorized"));
        }
        Ok(())
    }

    fn given(&mut self, user: &str, scope: &str, refresh: Option<String>, now: DateTime<Utc>) -> Answer {
        let token =
            Token { user: user.to_owned(), scope: scope.to_owned(), ends: now + TimeDelta::seconds(3_599) };
        let access_token = self.access.new_token(token);
        let mut body = json!({"access_token": access_token, "expires_in": 3_599, "scope": scope, "token_type": "Bearer"});
        if let Some(refresh) = refresh {
            body["refresh_token"] = refresh.into();
        }
        said(200, &body)
    }

    /// Agrees in the place of a person.
    pub(super) fn authorize(&mut self, job: &Job<'_, Self>) -> Answer {
        let asked: Form = job.asked.pairs().into_iter().collect();
        let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        let Ok(mut back) = url::Url::parse(text("redirect_uri")) else {
            return Answer::html(400, "<h1>Error 400: redirect_uri_mismatch</h1>");
        };
        if text("client_id") != self.access.client_id || text("response_type") != "code" {
            return Answer::html(401, "<h1>Error 401: invalid_client</h1>");
        }
        let code = self.access.new_code(Consent {
            user: self.access.person.clone(),
            scope: text("scope").to_owned(),
            redirect_uri: text("redirect_uri").to_owned(),
            challenge: text("code_challenge").to_owned(),
            is_offline: text("access_type") == "offline",
        });
        back.query_pairs_mut().append_pair("state", text("state")).append_pair("code", &code);
        Answer::text(302, "text/html", "").header("location", back.as_str())
    }
}

/// A refusal in the words of RFC 6749, 5.2.
pub(super) fn refused(status: u16, error: &str, description: &str) -> Answer {
    said(status, &json!({"error": error, "error_description": description}))
}

fn said(status: u16, body: &Value) -> Answer {
    Answer::json(status, body).header("cache-control", "no-cache, no-store, max-age=0, must-revalidate")
}

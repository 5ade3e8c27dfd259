//! The token endpoint: what is offered, what is given for it, and how that is refused.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;

use super::assertion;
use super::{CLIENT_ID, CLIENT_SECRET, USERNAME};
use crate::faults::Answer;
use crate::salesforce::state::World;
use crate::service::{Asked, Job};

/// The fields of a form.
type Form = HashMap<String, String>;

/// Why nothing is given: the word and the sentence.
pub(super) type No = (&'static str, &'static str);

impl World {
    pub(in crate::salesforce) fn token(&mut self, job: &Job<'_, Self>) -> Answer {
        let form = form(job.asked);
        let refresh = match self.granted(job, &form) {
            Ok(refresh) => refresh,
            Err((error, description)) => {
                return Answer::json(400, &json!({"error": error, "error_description": description}));
            }
        };
        let mut body = json!({
            "access_token": self.grants.new_session(job.now),
            "instance_url": job.url,
            "id": format!("{}/id/00DQ1000000PASSMAE/{}", job.url, self.me()),
            "token_type": "Bearer",
            "issued_at": job.now.timestamp_millis().to_string(),
            "signature": BASE64_STANDARD.encode(Sha256::digest(job.now.timestamp_millis().to_string())),
            "scope": "api refresh_token",
        });
        if let Some(refresh) = refresh {
            body["refresh_token"] = json!(refresh);
        }
        Answer::json(200, &body).header("cache-control", "no-cache, no-store")
    }

    /// A refresh token, where one comes along.
    fn granted(&mut self, job: &Job<'_, Self>, form: &Form) -> Result<Option<String>, No> {
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        match text("grant_type") {
            "client_credentials" => {
                client(job.asked, form, true)?;
                let named = self.grants.has_run_as.then_some(None);
                named.ok_or(("invalid_grant", "no client credentials user enabled"))
            }
            "refresh_token" => {
                client(job.asked, form, false)?;
                self.renew(text("refresh_token"))
            }
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => {
                assertion::check(text("assertion"), job.url, job.now)?;
                match self.grants.approved {
                    true => Ok(None),
                    false => Err(("invalid_grant", "user hasn't approved this consumer")),
                }
            }
            "authorization_code" => {
                client(job.asked, form, false)?;
                self.exchange(text("code"), text("redirect_uri"), text("code_verifier"))
            }
            // Blocked in organisations made since Summer '23, unless somebody lets it in.
            "password" => Err(("invalid_grant", "authentication failure")),
            _ => Err(("unsupported_grant_type", "grant type not supported")),
        }
    }

    fn renew(&mut self, token: &str) -> Result<Option<String>, No> {
        if !self.grants.refresh.iter().any(|known| known == token) {
            return Err(("invalid_grant", "expired access/refresh token"));
        }
        if !self.grants.rotates {
            return Ok(None);
        }
        self.grants.revoke(token);
        Ok(Some(self.grants.new_refresh()))
    }

    fn exchange(&mut self, code: &str, redirect_uri: &str, verifier: &str) -> Result<Option<String>, No> {
        let code = self.grants.codes.remove(code).ok_or(("invalid_grant", "expired authorization code"))?;
        if code.redirect_uri != redirect_uri {
            return Err(("redirect_uri_mismatch", "redirect_uri must match configuration"));
        }
        let proof = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        match code.challenge {
            Some(challenge) if challenge != proof => Err(("invalid_grant", "invalid code verifier")),
            _ => Ok(Some(self.grants.new_refresh())),
        }
    }

    pub(in crate::salesforce) fn revoke(&mut self, job: &Job<'_, Self>) -> Answer {
        let form = form(job.asked);
        self.grants.revoke(form.get("token").map(String::as_str).unwrap_or_default());
        Answer::text(200, "application/json; charset=utf-8", "")
    }

    /// Agrees in the place of a person and leads back to the client.
    pub(in crate::salesforce) fn authorize(&mut self, job: &Job<'_, Self>) -> Answer {
        let asked: Form = job.asked.pairs().into_iter().collect();
        let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        let back = Url::parse(text("redirect_uri"));
        let Some(mut back) = back.ok().filter(|_| text("client_id") == CLIENT_ID) else {
            return Answer::html(400, "<h1>error=invalid_client_id</h1>");
        };
        let challenge = asked.get("code_challenge").map(String::as_str);
        let code = self.grants.new_code(text("redirect_uri"), challenge);
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", text("state"));
        Answer::text(302, "text/plain", "").header("location", back.as_str())
    }

    pub(in crate::salesforce) fn user_info(&self) -> Answer {
        Answer::json(
            200,
            &json!({"user_id": self.me(), "preferred_username": USERNAME, "name": "Passerelle"}),
        )
    }
}

fn form(asked: &Asked) -> Form {
    url::form_urlencoded::parse(asked.body.as_deref().unwrap_or_default()).into_owned().collect()
}

/// Whether the client is the one that is known. Its secret may be left out where the application allows it.
fn client(asked: &Asked, form: &Form, needs_secret: bool) -> Result<(), No> {
    let (id, secret) = match asked.header("authorization").and_then(basic) {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (form.get("client_id").cloned(), form.get("client_secret").cloned()),
    };
    if id.as_deref() != Some(CLIENT_ID) {
        return Err(("invalid_client_id", "client identifier invalid"));
    }
    match secret {
        Some(secret) if secret == CLIENT_SECRET => Ok(()),
        None if !needs_secret => Ok(()),
        _ => Err(("invalid_client", "invalid client credentials")),
    }
}

fn basic(header: &str) -> Option<(String, String)> {
    let pair = BASE64_STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let plain = |half: &str| {
        let half = format!("x={half}");
        url::form_urlencoded::parse(half.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

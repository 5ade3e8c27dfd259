//! The authorization server, as far as an application needs it.
//!
//! Source: pipedrive.readme.io, “OAuth authorization”. A refresh token serves again and again; it is void when
//! the user uninstalls the application.

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use url::{Url, form_urlencoded};

use super::grant::{Access, Rights};
use super::state::World;
use crate::faults::Answer;
use crate::service::Asked;

/// The application every simulator knows from the start. It opens nothing but simulators.
pub(super) const CLIENT: &str = "a1b2c3d4e5f60718";
pub(super) const SECRET: &str = "CANARY-pipedrive-client-secret-0f1e2d3c";
/// Seconds that a token is good for, as the service says; here only a test ends it.
const LIFE: u32 = 3_599;

/// What was given out.
#[derive(Debug, Default)]
pub(super) struct Server {
    /// Codes and the address each is for.
    codes: HashMap<String, String>,
    refresh: HashSet<String>,
    given: u32,
}

impl World {
    /// A refresh token, as somebody got it elsewhere.
    pub(super) fn new_refresh(&mut self) -> String {
        self.oauth.given += 1;
        let token = format!("{}:{}:{:040x}", 12_345, 67_890, self.oauth.given);
        self.oauth.refresh.insert(token.clone());
        token
    }

    /// The application is uninstalled: nothing it was given is good any more.
    pub(super) fn uninstall(&mut self) {
        self.oauth.refresh.clear();
        self.oauth.codes.clear();
        self.end_grants();
    }

    /// Every access token of the application has come to its end.
    pub(super) fn end_grants(&mut self) {
        self.tokens.retain(|_, access| !access.is_granted);
    }

    /// An access token with these rights.
    pub(super) fn new_access(&mut self, rights: Rights) -> String {
        self.oauth.given += 1;
        let token = format!("v1u:{:048x}", self.oauth.given);
        self.tokens.insert(token.clone(), Access { rights, is_granted: true });
        token
    }

    /// Agrees in the place of a person, and leads back with a code.
    pub(super) fn authorize(&mut self, asked: &Asked) -> Answer {
        let pairs: HashMap<String, String> = asked.pairs().into_iter().collect();
        let text = |name: &str| pairs.get(name).map(String::as_str).unwrap_or_default();
        let back = Url::parse(text("redirect_uri")).ok().filter(|_| text("client_id") == CLIENT);
        let Some(mut back) = back else {
            return Answer::html(400, "<h1>The application is unknown</h1>");
        };
        self.oauth.given += 1;
        let code = format!("{:040x}", self.oauth.given);
        self.oauth.codes.insert(code.clone(), text("redirect_uri").to_owned());
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", text("state"));
        Answer::text(302, "text/plain", "").header("location", back.as_str())
    }

    /// Tokens for a code or a refresh token.
    pub(super) fn token(&mut self, asked: &Asked, url: &str) -> Answer {
        let body = asked.body.as_deref().unwrap_or_default();
        let form: HashMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}")));
        if asked.header("authorization") != Some(&basic) {
            return refused(401, "invalid_client", "Client authentication failed");
        }
        let refresh = match text("grant_type") {
            "refresh_token" if self.oauth.refresh.contains(text("refresh_token")) => {
                text("refresh_token").to_owned()
            }
            "refresh_token" => {
                return refused(400, "invalid_grant", "Invalid grant: refresh_token is invalid");
            }
            // A code serves once.
            "authorization_code" => match self.oauth.codes.remove(text("code")) {
                Some(uri) if uri == text("redirect_uri") => self.new_refresh(),
                _ => return refused(400, "invalid_grant", "Invalid grant: authorization code is invalid"),
            },
            _ => return refused(400, "unsupported_grant_type", "Unsupported grant type"),
        };
        let rights = Rights::full();
        let scope = rights.told();
        Answer::json(
            200,
            &json!({"access_token": self.new_access(rights), "token_type": "Bearer", "refresh_token": refresh,
                "scope": scope, "expires_in": LIFE, "api_domain": url}),
        )
    }
}

fn refused(status: u16, error: &str, message: &str) -> Answer {
    Answer::json(status, &json!({"success": false, "message": message, "error": error}))
}

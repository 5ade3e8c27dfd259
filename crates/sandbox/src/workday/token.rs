//! The token endpoint: a refresh token that does not end, and access tokens that do.

use std::collections::HashMap;

use serde_json::json;

use super::world::{CLIENT, REFRESH_TOKEN, SECRET, World};
use crate::faults::Answer;
use crate::service::Job;

impl World {
    pub(super) fn token(&mut self, job: &Job<'_, Self>) -> Answer {
        let kind = job.asked.header("content-type").unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return refused(400, "invalid_request");
        }
        let body = job.asked.body.as_deref().unwrap_or_default();
        let form: HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if (text("client_id"), text("client_secret")) != (CLIENT, SECRET) {
            return refused(401, "invalid_client");
        }
        if text("grant_type") != "refresh_token" {
            return refused(400, "unsupported_grant_type");
        }
        if self.is_revoked || text("refresh_token") != REFRESH_TOKEN {
            return refused(400, "invalid_grant");
        }
        let token: String = (0..40).map(|_| fastrand::alphanumeric()).collect();
        self.tokens.insert(token.clone(), job.now + self.options.lifetime);
        let body = json!({
            "access_token": token, "token_type": "Bearer", "refresh_token": REFRESH_TOKEN,
            "expires_in": self.options.lifetime.num_seconds(),
        });
        Answer::json(200, &body)
    }
}

fn refused(status: u16, error: &str) -> Answer {
    Answer::json(status, &json!({"error": error}))
}

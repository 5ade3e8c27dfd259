//! The authorization server: a page on which nobody has to be asked, and tokens that expire.

use std::collections::HashMap;

use chrono::TimeDelta;
use serde_json::json;
use url::Url;

use super::grant::Grant;
use super::state::World;
use crate::faults::Answer;
use crate::service::Job;

/// The client every simulator knows. It opens nothing but simulators.
pub(super) const CLIENT: &str = "c0ffee00-1234-4abc-9def-0123456789ab";
/// Its secret.
pub(super) const SECRET: &str = "deadbeef-0123-4567-89ab-c0ffee000000";
/// How long an access token lives, in seconds.
const LIFE: i64 = 1_800;

/// What people agreed to.
#[derive(Default)]
pub(super) struct Consents {
    /// Codes that wait to be exchanged, and where each leads back to.
    codes: HashMap<String, String>,
    /// Refresh tokens; HubSpot does not replace them.
    pub(super) refresh: Vec<String>,
}

impl World {
    /// Leads back to the client with a code.
    pub(super) fn authorize(&mut self, job: &Job<'_, Self>) -> Answer {
        let asked: HashMap<String, String> = job.asked.pairs().into_iter().collect();
        let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        let back = Url::parse(text("redirect_uri"));
        let (true, Ok(mut back)) = (text("client_id") == CLIENT, back) else {
            return Answer::html(400, "<h1>Authorization failed</h1>");
        };
        let code = word("code");
        self.consents.codes.insert(code.clone(), text("redirect_uri").to_owned());
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", text("state"));
        Answer::text(302, "text/plain", "").header("location", back.as_str())
    }

    /// Gives tokens for a code or a refresh token.
    pub(super) fn token(&mut self, job: &Job<'_, Self>) -> Answer {
        let body = job.asked.body.as_deref().unwrap_or_default();
        let form: HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
        let text = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if text("client_id") != CLIENT {
            return refused("BAD_CLIENT_ID", "missing or unknown client id");
        }
        if text("client_secret") != SECRET {
            return refused("BAD_CLIENT_SECRET", "missing or invalid client secret");
        }
        let refresh = match text("grant_type") {
            "authorization_code"
                if self.consents.codes.remove(text("code")).as_deref() == Some(text("redirect_uri")) =>
            {
                let refresh = word("refresh");
                self.consents.refresh.push(refresh.clone());
                refresh
            }
            "authorization_code" => return refused("BAD_AUTH_CODE", "missing or unknown auth code"),
            "refresh_token" if self.consents.refresh.iter().any(|known| known == text("refresh_token")) => {
                text("refresh_token").to_owned()
            }
            "refresh_token" => return refused("BAD_REFRESH_TOKEN", "missing or unknown refresh token"),
            _ => return refused("BAD_GRANT_TYPE", "missing or unknown grant type"),
        };
        let access = word("access");
        let until = Some(job.now + TimeDelta::seconds(LIFE));
        self.grants.insert(access.clone(), Grant { is_oauth: true, until, ..Grant::default() });
        let told = json!({
            "token_type": "bearer", "refresh_token": refresh, "access_token": access, "expires_in": LIFE,
        });
        Answer::json(200, &told)
    }
}

/// A refusal in HubSpot's own words, which are not those of the standard.
fn refused(status: &str, message: &str) -> Answer {
    let correlation = "aeb5f871-7f07-4993-9211-075dc63e7cbf";
    Answer::json(400, &json!({"status": status, "message": message, "correlationId": correlation}))
}

fn word(kind: &str) -> String {
    let rest: String = (0..40).map(|_| fastrand::alphanumeric()).collect();
    format!("{kind}-{rest}")
}

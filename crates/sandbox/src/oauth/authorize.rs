//! The page on which a person agrees, or not; here nobody has to be asked.

use std::collections::HashMap;

use url::Url;

use super::state::World;
use crate::faults::Answer;
use crate::service::Job;

impl World {
    /// Leads back to the client with a code, or with the reason why not. To an address or a client that is
    /// not known nobody is led (RFC 6749, 4.1.2.1).
    pub(super) fn authorize(&mut self, job: &Job<'_, Self>) -> Answer {
        let asked: HashMap<String, String> = job.asked.pairs().into_iter().collect();
        let text = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        let client = text("client_id");
        if !self.clients.contains_key(client) {
            return Answer::html(400, "<h1>Unknown client</h1>");
        }
        let Ok(mut back) = Url::parse(text("redirect_uri")) else {
            return Answer::html(400, "<h1>Invalid redirect_uri</h1>");
        };
        let said = if text("response_type") != "code" {
            ("error", "unsupported_response_type".to_owned())
        } else if text("code_challenge_method") != "S256" || text("code_challenge").len() != 43 {
            ("error", "invalid_request".to_owned())
        } else if self.refuses_consent {
            ("error", "access_denied".to_owned())
        } else {
            let (uri, challenge) = (text("redirect_uri"), text("code_challenge"));
            ("code", self.new_code(client, uri, challenge, text("scope"), job.now))
        };
        back.query_pairs_mut().append_pair(said.0, &said.1).append_pair("state", text("state"));
        Answer::text(302, "text/plain", "").header("location", back.as_str())
    }
}

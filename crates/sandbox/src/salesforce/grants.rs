//! What the organisation has given out, and what of it is still good.

mod assertion;
mod token;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

/// The application every simulator knows, and its secret. They open nothing but simulators.
pub const CLIENT_ID: &str = "3MVG9passerelle.Consumer_Key.0123456789abcdef";
/// With characters that change when they are encoded.
pub const CLIENT_SECRET: &str = "CANARY/secret+of=the&client:7F3A1B2C";
/// The user the application speaks for.
pub const USERNAME: &str = "passerelle@example.com";

/// How long a session lasts: an organisation's setting, two hours at first (unverified).
const SESSION: TimeDelta = TimeDelta::hours(2);

/// Sessions, refresh tokens, codes, and who is trusted.
pub(super) struct Grants {
    /// Access tokens and when they end.
    sessions: HashMap<String, DateTime<Utc>>,
    refresh: Vec<String>,
    codes: HashMap<String, Code>,
    /// A new refresh token comes with each answer, and the old one is void.
    pub(super) rotates: bool,
    /// Whether a user is named for whom the application may speak by itself.
    pub(super) has_run_as: bool,
    /// Whether the user has let the application in.
    pub(super) approved: bool,
    /// Every secret that ever left.
    pub(super) issued: Vec<String>,
}

/// A consent, waiting to be exchanged.
pub(super) struct Code {
    redirect_uri: String,
    /// Of the client's secret word, where it gave one.
    challenge: Option<String>,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            sessions: HashMap::new(),
            refresh: Vec::new(),
            codes: HashMap::new(),
            rotates: false,
            has_run_as: true,
            approved: true,
            issued: Vec::new(),
        }
    }
}

impl Grants {
    pub(super) fn is_good(&self, token: &str, now: DateTime<Utc>) -> bool {
        self.sessions.get(token).is_some_and(|until| now < *until)
    }

    pub(super) fn new_session(&mut self, now: DateTime<Utc>) -> String {
        let token = self.word("00DQ1000000CANARY!AQ");
        self.sessions.insert(token.clone(), now + SESSION);
        token
    }

    pub(super) fn new_refresh(&mut self) -> String {
        let token = self.word("5Aep861CANARY");
        self.refresh.push(token.clone());
        token
    }

    pub(super) fn new_code(&mut self, redirect_uri: &str, challenge: Option<&str>) -> String {
        let code = self.word("aPrx");
        let (redirect_uri, challenge) = (redirect_uri.to_owned(), challenge.map(str::to_owned));
        self.codes.insert(code.clone(), Code { redirect_uri, challenge });
        code
    }

    /// Ends sessions and grants.
    pub(super) fn revoke_all(&mut self) {
        self.sessions.clear();
        self.refresh.clear();
        self.codes.clear();
    }

    /// Ends the sessions; what renews them stays good.
    pub(super) fn end_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Ends one session, or one grant.
    pub(super) fn revoke(&mut self, token: &str) {
        self.sessions.remove(token);
        self.refresh.retain(|known| known != token);
    }

    fn word(&mut self, begins: &str) -> String {
        let word = format!("{begins}{}", (0..40).map(|_| fastrand::alphanumeric()).collect::<String>());
        self.issued.push(word.clone());
        word
    }
}

//! Who may come in: clients, grants, tokens.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

/// Reading and writing.
pub(super) const READ_WRITE: &str = "https://www.googleapis.com/auth/spreadsheets";
/// Reading alone.
pub(super) const READ: &str = "https://www.googleapis.com/auth/spreadsheets.readonly";
/// All of a person's files, which includes their spreadsheets.
const DRIVE: &str = "https://www.googleapis.com/auth/drive";
const DRIVE_FILE: &str = "https://www.googleapis.com/auth/drive.file";
const DRIVE_READ: &str = "https://www.googleapis.com/auth/drive.readonly";

/// An access token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Whose it is, as an address.
    pub(super) user: String,
    /// Scopes, separated by spaces.
    pub(super) scope: String,
    pub(super) ends: DateTime<Utc>,
}

impl Token {
    pub(super) fn may_read(&self) -> bool {
        self.has(&[READ_WRITE, READ, DRIVE, DRIVE_FILE, DRIVE_READ])
    }

    pub(super) fn may_write(&self) -> bool {
        self.has(&[READ_WRITE, DRIVE, DRIVE_FILE])
    }

    fn has(&self, any: &[&str]) -> bool {
        self.scope.split(' ').any(|scope| any.contains(&scope))
    }
}

/// What a person has agreed to.
#[derive(Clone, Debug)]
pub(super) struct Consent {
    pub(super) user: String,
    pub(super) scope: String,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) is_offline: bool,
}

/// What has been granted so far.
#[derive(Debug)]
pub(super) struct Access {
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// The person who agrees, and owns what nobody else does.
    pub(super) person: String,
    pub(super) key_is_deleted: bool,
    pub(super) tokens: HashMap<String, Token>,
    /// By refresh token: whose it is, and its scopes.
    pub(super) refresh: HashMap<String, (String, String)>,
    pub(super) codes: HashMap<String, Consent>,
    rng: fastrand::Rng,
}

impl Access {
    pub(super) fn new(client_id: &str, client_secret: &str, person: &str) -> Self {
        Self {
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
            person: person.to_owned(),
            key_is_deleted: false,
            tokens: HashMap::new(),
            refresh: HashMap::new(),
            codes: HashMap::new(),
            rng: fastrand::Rng::new(),
        }
    }

    pub(super) fn new_token(&mut self, token: Token) -> String {
        let word = format!("ya29.{}", self.word(60));
        self.tokens.insert(word.clone(), token);
        word
    }

    pub(super) fn new_refresh(&mut self, user: &str, scope: &str) -> String {
        let word = format!("1//0{}", self.word(50));
        self.refresh.insert(word.clone(), (user.to_owned(), scope.to_owned()));
        word
    }

    pub(super) fn new_code(&mut self, consent: Consent) -> String {
        let word = format!("4/0{}", self.word(40));
        self.codes.insert(word.clone(), consent);
        word
    }

    /// Takes everything back that was granted.
    pub(super) fn revoke_all(&mut self) {
        self.key_is_deleted = true;
        self.tokens.clear();
        self.refresh.clear();
        self.codes.clear();
    }

    fn word(&mut self, length: usize) -> String {
        std::iter::repeat_with(|| self.rng.alphanumeric()).take(length).collect()
    }
}

//! What the server has given out, and what of it is still good.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::options::{Lifetime, Options};

/// How long a code may wait to be exchanged (RFC 6749, 4.1.2).
const CODE_LIFE: TimeDelta = TimeDelta::minutes(10);

/// All that came from one consent; taken back as a whole.
pub(super) type Family = u64;

/// The server's memory.
pub(super) struct World {
    pub(super) options: Options,
    /// The secret of each client; none for a public one.
    pub(super) clients: HashMap<String, Option<String>>,
    pub(super) codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    revoked: HashSet<Family>,
    families: Family,
    /// Whether the person at the page says no.
    pub(super) refuses_consent: bool,
    pub(super) requests: Vec<TokenRequest>,
    /// Every secret that ever left.
    pub(super) issued: Vec<String>,
}

/// A consent, waiting to be exchanged.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) client: String,
    pub(super) redirect_uri: String,
    /// Of the client's secret word (RFC 7636); S256.
    pub(super) challenge: String,
    pub(super) scope: String,
    pub(super) family: Family,
    until: DateTime<Utc>,
    pub(super) is_used: bool,
}

struct Access {
    family: Family,
    client: String,
    until: Option<DateTime<Utc>>,
}

#[derive(Clone)]
pub(super) struct Refresh {
    pub(super) family: Family,
    pub(super) client: String,
    pub(super) scope: String,
    /// A later one was given in its place.
    pub(super) is_replaced: bool,
}

/// A request for tokens, without what it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// What it offered: `client_credentials`, `refresh_token`, `authorization_code`.
    pub grant_type: String,
    /// Who asked.
    pub client_id: String,
    /// Whether tokens were given.
    pub granted: bool,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        Self {
            options,
            clients: HashMap::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
            revoked: HashSet::new(),
            families: 0,
            refuses_consent: false,
            requests: Vec::new(),
            issued: Vec::new(),
        }
    }

    pub(super) fn lifetime(&self) -> Lifetime {
        self.options.lifetime
    }

    pub(super) fn new_family(&mut self) -> Family {
        self.families += 1;
        self.families
    }

    pub(super) fn new_code(
        &mut self,
        client: &str,
        redirect_uri: &str,
        challenge: &str,
        scope: &str,
        now: DateTime<Utc>,
    ) -> String {
        let code = self.word("code");
        let family = self.new_family();
        let (client, redirect_uri) = (client.to_owned(), redirect_uri.to_owned());
        let (challenge, scope) = (challenge.to_owned(), scope.to_owned());
        let until = now + CODE_LIFE;
        let kept = Code { client, redirect_uri, challenge, scope, family, until, is_used: false };
        self.codes.insert(code.clone(), kept);
        code
    }

    pub(super) fn new_access(&mut self, family: Family, client: &str, now: DateTime<Utc>) -> String {
        let token = self.word("access");
        let until = self.lifetime().seconds().map(|seconds| now + TimeDelta::seconds(seconds));
        self.access.insert(token.clone(), Access { family, client: client.to_owned(), until });
        token
    }

    pub(super) fn new_refresh(&mut self, family: Family, client: &str, scope: &str) -> String {
        let token = self.word("refresh");
        let (client, scope) = (client.to_owned(), scope.to_owned());
        self.refresh.insert(token.clone(), Refresh { family, client, scope, is_replaced: false });
        token
    }

    /// Whose access token it is, while it is good.
    pub(super) fn holder(&self, token: &str, now: DateTime<Utc>) -> Option<String> {
        let access = self.access.get(token)?;
        let is_good = access.until.is_none_or(|until| now < until) && !self.revoked.contains(&access.family);
        is_good.then(|| access.client.clone())
    }

    /// A refresh token, while nobody took it back.
    pub(super) fn refresh(&self, token: &str) -> Option<&Refresh> {
        self.refresh.get(token).filter(|refresh| !self.revoked.contains(&refresh.family))
    }

    pub(super) fn replace(&mut self, token: &str) {
        if let Some(refresh) = self.refresh.get_mut(token) {
            refresh.is_replaced = true;
        }
    }

    pub(super) fn revoke(&mut self, family: Family) {
        self.revoked.insert(family);
    }

    /// Takes back everything that came with this token (RFC 7009).
    pub(super) fn revoke_token(&mut self, token: &str) {
        let family = self.refresh.get(token).map(|refresh| refresh.family);
        if let Some(family) = family.or_else(|| self.access.get(token).map(|access| access.family)) {
            self.revoke(family);
        }
    }

    pub(super) fn revoke_all(&mut self) {
        self.revoked.extend(1..=self.families);
    }

    fn word(&mut self, kind: &str) -> String {
        let word = format!("{kind}_{}", (0..40).map(|_| fastrand::alphanumeric()).collect::<String>());
        self.issued.push(word.clone());
        word
    }
}

impl Code {
    pub(super) fn is_late(&self, now: DateTime<Utc>) -> bool {
        now >= self.until
    }
}

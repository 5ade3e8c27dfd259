//! Hubs over one database, an authorization server, and a connection between them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use hub::{AllowedHost, Consent, Hub, HubOptions, Keys, Policy};
use model::api::{TestBody, instant};
use model::{Destination, Lang};
use sandbox::oauth::{Options, Simulator};
use secrecy::SecretString;
use store::{ConfigRow, GrantTokens, Store};
use tempfile::TempDir;
use url::Url;

use crate::ledger::{LEDGER, Ledger};

const KEY: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

/// The connection.
pub(crate) const VAULT: &str = "vault";
pub(crate) const BACK: &str = "http://127.0.0.1:3000/oauth/callback";
/// The browser that sets out, unless a test says otherwise.
pub(crate) const BROWSER: &str = "CANARY-session-of-the-browser";

pub(crate) struct Ground {
    pub(crate) hub: Hub,
    pub(crate) server: Simulator,
    pub(crate) store: Store,
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

impl Ground {
    pub(crate) async fn new() -> Ground {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("hub.db").display());
        Ground::on(url, Some(folder)).await
    }

    /// On a database of the caller's.
    pub(crate) async fn on(url: String, folder: Option<TempDir>) -> Ground {
        let server = Simulator::start(Options::default()).await.unwrap();
        let hub = open(&url).await;
        let store = Store::open(&url, keys()).await.unwrap();
        let ground = Ground { hub, server, store, url, _folder: folder };
        let row = ConfigRow {
            provider: VAULT.to_owned(),
            connector_type: Some(LEDGER.to_owned()),
            table_name: Some("books".to_owned()),
            destination: Some(Destination::Deals),
            settings: ground.settings(),
            is_active: true,
            ..ConfigRow::default()
        };
        let mut batch = ground.store.begin().await.unwrap();
        batch.put_config(&row).await.unwrap();
        let secret = SecretString::from(ground.server.client_secret());
        batch.put_secret(&ground.store, VAULT, Some(&secret)).await.unwrap();
        batch.commit().await.unwrap();
        ground
    }

    /// With a person's consent.
    pub(crate) async fn connected() -> Ground {
        let ground = Ground::new().await;
        ground.agree().await;
        ground
    }

    pub(crate) fn settings(&self) -> BTreeMap<String, String> {
        [
            ("token_url", self.server.token_url()),
            ("authorize_url", self.server.authorize_url()),
            ("client_id", self.server.client_id().to_owned()),
        ]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
    }

    /// Another server on the same database.
    pub(crate) async fn another_hub(&self) -> Hub {
        open(&self.url).await
    }

    /// Sets out and lets the service's page lead back: the state, and what came with it.
    pub(crate) async fn page(&self) -> (String, Consent) {
        let page = self.hub.begin_authorization(VAULT, BACK, BROWSER).await.unwrap();
        self.follow(page).await
    }

    pub(crate) async fn follow(&self, page: Url) -> (String, Consent) {
        #[expect(clippy::disallowed_methods, reason = "the person's browser, not the product")]
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = browser.get(page).send().await.unwrap();
        let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        let back: BTreeMap<String, String> = back.query_pairs().into_owned().collect();
        let consent = match back.get("code") {
            Some(code) => Consent::Given(code.clone().into()),
            None => Consent::Refused(back["error"].clone()),
        };
        (back["state"].clone(), consent)
    }

    pub(crate) async fn agree(&self) {
        let (state, consent) = self.page().await;
        assert_eq!(self.hub.finish_authorization(&state, BROWSER, consent).await.unwrap(), VAULT);
    }

    pub(crate) async fn test(&self) -> TestBody {
        self.hub.test(VAULT, Lang::Fr).await.unwrap()
    }

    /// How many requests for tokens the server understood.
    pub(crate) fn requests(&self) -> usize {
        self.server.token_requests().len()
    }

    /// Makes the kept tokens look as if they were asked for so long ago, and about to end.
    pub(crate) async fn age(&self, by: TimeDelta) {
        let kept = self.store.grant_tokens(VAULT).await.unwrap().unwrap();
        let (asked, end) = (instant(Utc::now() - by), instant(Utc::now()));
        let aged = GrantTokens { obtained_at: asked, expires_at: Some(end), ..kept };
        let now = instant(Utc::now());
        let turn = self.store.claim_turn(VAULT, &now, &now, &now).await.unwrap();
        assert!(self.store.put_grant_tokens(VAULT, turn.unwrap(), &aged, "").await.unwrap());
        self.store.release_turn(VAULT, turn.unwrap()).await.unwrap();
    }
}

async fn open(url: &str) -> Hub {
    let allow_private = vec![AllowedHost::parse("127.0.0.1").unwrap()];
    let options = HubOptions {
        connectors: vec![Arc::new(Ledger)],
        policy: Policy { allow_private, ..Policy::without_waiting() },
        ..HubOptions::new(url.to_owned(), keys())
    };
    Hub::open(options).await.unwrap()
}

fn keys() -> Keys {
    Keys::parse(&KEY.to_owned().into()).unwrap()
}

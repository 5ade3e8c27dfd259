//! An authorization server, a client of it, and a keeper that all sessions of a connection share.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use connectors::http::oauth2::{self, Assertion, Client, ClientAuth, Grant, Pkce};
use connectors::http::{
    Credential, Given, Http, Limits, Policy, Request, Target, TokenKeeper, TokenSource, Tokens, Turn,
    for_status,
};
use connectors::{Context, Error, ErrorKind, Result};
use model::Text;
use sandbox::oauth::{Options, Simulator};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Notify;
use url::Url;

/// Where the page leads back to; nobody is there, the address is only read.
pub(crate) const BACK: &str = "http://127.0.0.1:3000/oauth/callback";

pub(crate) struct Ground {
    pub(crate) server: Simulator,
    pub(crate) http: Http,
    pub(crate) client: Client,
    pub(crate) keeper: Arc<Shelf>,
}

impl Ground {
    pub(crate) async fn new() -> Ground {
        Ground::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Ground {
        let server = Simulator::start(options).await.unwrap();
        let client = Client {
            token_url: Url::parse(&server.token_url()).unwrap(),
            authorize_url: Some(Url::parse(&server.authorize_url()).unwrap()),
            given: Given::ByOperator,
            client_id: server.client_id().to_owned(),
            client_secret: Some(server.client_secret().into()),
            scope: "read".to_owned(),
            auth: ClientAuth::Body,
            authorize_extra: Vec::new(),
        };
        let http = Http::new(Policy::without_waiting()).unwrap();
        Ground { server, http, client, keeper: Arc::default() }
    }

    /// A session of the one connection.
    pub(crate) fn session(&self, grant: Grant) -> Arc<dyn TokenSource> {
        oauth2::session(&self.context(Some(self.keeper.clone())), self.client.clone(), grant)
    }

    pub(crate) fn context(&self, tokens: Option<Arc<dyn TokenKeeper>>) -> Context {
        Context { http: self.http.clone(), base_url: None, tokens }
    }

    /// The client's word, signed with the key that the server knows.
    pub(crate) fn assertion(&self) -> Assertion {
        Assertion {
            issuer: self.client.client_id.clone(),
            subject: None,
            audience: self.server.token_url(),
            key_id: None,
            scope: None,
            key: sandbox::assertion::KEY.into(),
        }
    }

    /// A refresh token as somebody typed it.
    pub(crate) fn typed(&self) -> Grant {
        Grant::RefreshToken(self.server.grant().into())
    }

    /// What a person's consent leads back with.
    pub(crate) async fn consent(&self, challenge: &str) -> Vec<(String, String)> {
        let url = self.client.authorize(BACK, "the state", challenge).unwrap();
        #[expect(clippy::disallowed_methods, reason = "the person's browser, not the product")]
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = browser.get(url).send().await.unwrap();
        let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        back.query_pairs().into_owned().collect()
    }

    /// Tokens by a person's consent.
    pub(crate) async fn agreed(&self) -> Result<Tokens> {
        let pair = Pkce::new().unwrap();
        let code = self.consent(&pair.challenge).await.remove(0).1;
        oauth2::exchange(&self.http, &self.client, &code.into(), &pair.verifier, BACK).await
    }

    /// Asks for what is protected, as a connector does.
    pub(crate) async fn me(&self, tokens: Arc<dyn TokenSource>) -> Result<serde_json::Value> {
        let channel = self.http.channel(Target {
            service: "Me",
            key: format!("me:{}", self.server.url()),
            address: Given::ByOperator,
            limits: Limits { per_second: 1e6, burst: NonZeroU32::MIN, penalty: Duration::ZERO },
            credential: Credential::Granted(tokens),
            headers: &[],
            read_refusal: |reply| connectors::http::Refusal {
                code: String::new(),
                said: String::new(),
                committed: None,
                error: for_status("Me", reply.status),
            },
            read_budgets: connectors::http::no_budgets,
        })?;
        let request = Request::get(Url::parse(&self.server.me_url()).unwrap());
        Ok(channel.call(&request, |body| serde_json::from_slice(body)).await?)
    }

    /// How often tokens were given, and refused.
    pub(crate) fn requests(&self) -> (usize, usize) {
        let all = self.server.token_requests();
        let granted = all.iter().filter(|request| request.granted).count();
        (granted, all.len() - granted)
    }

    /// No secret stands in a sentence.
    #[track_caller]
    pub(crate) fn tells_nothing(&self, error: &Error) {
        let shown = format!("{error} {error:?}");
        let issued = self.server.issued();
        for secret in issued.iter().map(String::as_str).chain([self.server.client_secret()]) {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

/// Keeps tokens as a database would, and notes what became of them.
#[derive(Default)]
pub(crate) struct Shelf {
    pub(crate) kept: Mutex<Option<Tokens>>,
    pub(crate) lost: Mutex<Option<Text>>,
    /// What was kept each time, as the access token's text.
    pub(crate) saved: Mutex<Vec<String>>,
    held: Mutex<Option<i64>>,
    free: Notify,
}

#[async_trait]
impl TokenKeeper for Shelf {
    async fn load(&self) -> Result<Option<Tokens>> {
        match &*self.lost.lock().unwrap() {
            Some(why) => Err(Error::new(ErrorKind::Unauthorized, why.clone())),
            None => Ok(self.kept.lock().unwrap().clone()),
        }
    }

    async fn turn(&self) -> Result<Turn> {
        loop {
            let mut freed = std::pin::pin!(self.free.notified());
            freed.as_mut().enable();
            let number = self.saved.lock().unwrap().len() as i64;
            let taken = {
                let mut held = self.held.lock().unwrap();
                held.is_none().then(|| *held = Some(number))
            };
            if taken.is_some() {
                return Ok(Turn(number));
            }
            freed.await;
        }
    }

    async fn save(&self, turn: Turn, tokens: &Tokens) -> Result<()> {
        assert_eq!(*self.held.lock().unwrap(), Some(turn.0), "only the holder of the turn saves");
        self.saved.lock().unwrap().push(tokens.access.expose_secret().to_owned());
        *self.kept.lock().unwrap() = Some(tokens.clone());
        Ok(())
    }

    async fn lost(&self, _turn: Turn, why: &Text) -> Result<()> {
        *self.lost.lock().unwrap() = Some(why.clone());
        Ok(())
    }

    async fn end(&self, _turn: Turn) {
        *self.held.lock().unwrap() = None;
        self.free.notify_waiters();
    }
}

/// A secret that nobody gave.
pub(crate) fn made_up() -> SecretString {
    "refresh_CANARYmadeUp0123456789".into()
}

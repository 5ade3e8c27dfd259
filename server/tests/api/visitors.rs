//! Browsers and programs that come to a protected server.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Method, Request};
use chrono::{DateTime, TimeDelta};
use hub::Clock;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, request, with_form, with_header, with_json};

/// The owner's password.
pub(crate) const PASSWORD: &str = "CANARY mot de passe du propriétaire";

/// A clock that stands still until a test moves it.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn new() -> TestClock {
        TestClock(Arc::new(AtomicI64::new(1_790_000_000)))
    }

    pub(crate) fn clock(&self) -> Clock {
        let seconds = Arc::clone(&self.0);
        Clock::of(move || DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap())
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        self.0.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }
}

/// A program whose owner has a password.
pub(crate) async fn protected() -> TestApp {
    let app = TestApp::start().await;
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    app
}

/// The same, by a clock of the test's.
pub(crate) async fn protected_by(clock: &TestClock) -> TestApp {
    let clock = clock.clock();
    let app = TestApp::start_as(|options| hub::HubOptions { clock, ..options }).await;
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    app
}

/// A try to log in.
pub(crate) fn login(name: &str, password: &str) -> Request<Body> {
    with_form(request(Method::POST, "/login"), &[("name", name), ("password", password)])
}

/// A browser somebody has logged in with.
pub(crate) struct Browser<'a> {
    app: &'a TestApp,
    /// `name=value`.
    pub(crate) cookie: String,
}

impl<'a> Browser<'a> {
    /// The owner's.
    pub(crate) async fn of_owner(app: &'a TestApp) -> Browser<'a> {
        Browser::of(app, "", PASSWORD).await
    }

    /// A member's.
    pub(crate) async fn of(app: &'a TestApp, name: &str, password: &str) -> Browser<'a> {
        let answer = app.send(login(name, password)).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        Browser { app, cookie: cookie(&answer) }
    }

    /// The browser of a new member, who followed their invitation.
    pub(crate) async fn invited(&self, name: &str, role: &str) -> Browser<'a> {
        let invited = self.post("/api/access/members", json!({"name": name, "role": role})).await;
        assert_eq!(invited.status.as_u16(), 201, "{}", invited.text);
        let link = invited.data()["invitation"].as_str().unwrap().to_owned();
        let word = link.strip_prefix("/invitation?word=").unwrap();
        let form = [("word", word), ("password", PASSWORD)];
        let answer = self.app.send(with_form(request(Method::POST, "/invitation"), &form)).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        Browser { app: self.app, cookie: cookie(&answer) }
    }

    /// A request from a page of ours.
    pub(crate) fn request(&self, method: Method, path: &str) -> Request<Body> {
        with_header(self.anywhere(method, path), "origin", "http://127.0.0.1:3000")
    }

    /// One that does not say which page it comes from.
    pub(crate) fn anywhere(&self, method: Method, path: &str) -> Request<Body> {
        with_header(request(method, path), "cookie", &self.cookie)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.app.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.app.send(with_json(self.request(Method::POST, path), body.to_string())).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.app.send(with_json(self.request(Method::PUT, path), body.to_string())).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.app.send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn form(&self, path: &str, values: &[(&str, &str)]) -> Answer {
        self.app.send(with_form(self.request(Method::POST, path), values)).await
    }

    /// Whether somebody is still logged in with it.
    pub(crate) async fn is_in(&self) -> bool {
        match self.get("/api/access").await.status.as_u16() {
            200 => true,
            status => {
                assert_eq!(status, 401);
                false
            }
        }
    }

    /// A token of theirs.
    pub(crate) async fn token(&self, scope: &str) -> String {
        let made = self.post("/api/access/tokens", json!({"name": scope, "scope": scope})).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.text);
        made.data()["token"].as_str().unwrap().to_owned()
    }
}

/// The cookie an answer sets, as it is sent back.
pub(crate) fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// A program's request.
pub(crate) fn with_token(request: Request<Body>, token: &str) -> Request<Body> {
    with_header(request, "authorization", &format!("Bearer {token}"))
}

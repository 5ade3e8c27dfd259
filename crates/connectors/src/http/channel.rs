//! The way to one account of a service: wait for a turn, send, read, and repeat what may be repeated.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use model::Budget;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use secrecy::SecretString;

use super::allowance::{Allowance, ReadBudgets};
use super::attempts::Attempts;
use super::body::{self, BodyFault};
use super::client::Share;
use super::limiter::{Limiter, Limits};
use super::{Credential, Effect, Given, Headers, Http, Policy, Request, faults, redact, retry};
use crate::error::{Error, ErrorKind, Result, Retry};

/// Where the requests go, and whose they are.
pub struct Target {
    /// The service's name as people write it.
    pub service: &'static str,
    /// What the service counts requests by; targets with the same key share one limiter.
    pub key: String,
    /// Who gave the address of the requests.
    pub address: Given,
    /// The service's limits for that key.
    pub limits: Limits,
    /// Whose requests they are; removed from whatever the service says.
    pub credential: Credential,
    /// Sent with every request besides.
    pub headers: &'static [(&'static str, &'static str)],
    /// Says what an answer with an error status means.
    pub read_refusal: fn(&Reply) -> Refusal,
    /// Says what an answer tells of the allowances that are left; [`super::no_budgets`] where none does.
    pub read_budgets: ReadBudgets,
}

/// The code of a failure whose service answers that it is elsewhere; what it said is the address.
pub const REDIRECT: &str = "redirect";

/// An answer that refuses.
pub struct Reply<'a> {
    /// The HTTP status: 400 or above, or a good one where the request says so
    /// ([`Request::refused_when`]).
    pub status: u16,
    /// The answer as it came.
    pub body: &'a [u8],
    /// Its headers.
    pub headers: Headers<'a>,
    secrets: &'a [SecretString],
}

impl Reply<'_> {
    /// The service's words, fit to be shown: on one line, shortened, without secrets.
    pub fn redacted(&self, words: &str) -> String {
        redact::redact(words, self.secrets)
    }
}

/// What a service means by an answer with an error status.
pub struct Refusal {
    /// The service's own word for it; empty when it gives none.
    pub code: String,
    /// The service's own sentence, redacted; empty when it gives none.
    pub said: String,
    /// The id of what was written all the same, where the service says so.
    pub committed: Option<String>,
    /// What it means for people and for the retries.
    pub error: Error,
}

/// A request that failed for good.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The service's own word when it refused; empty when it did not come to that.
    pub code: String,
    /// The service's own sentence when it refused, redacted.
    pub said: String,
    /// The id of what was written all the same, where the service says so.
    pub committed: Option<String>,
    /// What happened.
    pub error: Box<Error>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure { code: String::new(), said: String::new(), committed: None, error: Box::new(error) }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        *failure.error
    }
}

/// The way to one account.
pub struct Channel {
    http: Http,
    pub(super) limiter: Arc<Limiter>,
    allowance: Arc<Allowance>,
    pub(super) target: Target,
    /// Seconds by which the service's clock is ahead of this machine's, as its last answer said.
    ahead: AtomicI64,
}

impl Channel {
    pub(super) fn new(http: Http, share: Share, target: Target) -> Result<Channel> {
        target.credential.check()?;
        let Share { limiter, allowance } = share;
        Ok(Channel { http, limiter, allowance, target, ahead: AtomicI64::new(0) })
    }

    /// Sends a request until it succeeds, fails for good or may not be repeated, and reads the answer.
    ///
    /// Dropping the future stops at once, also while it waits.
    ///
    /// # Errors
    /// The last fault; `maybe_applied` is set when a write may have been carried out nevertheless.
    pub async fn call<T>(
        &self,
        request: &Request,
        read: impl Fn(&[u8]) -> serde_json::Result<T>,
    ) -> std::result::Result<T, Failure> {
        let mut attempts = Attempts::begin(self, request).await?;
        loop {
            self.limiter.turn().await;
            match self.send(request, attempts.credential(), &read).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => attempts.after(failure).await?,
            }
        }
    }

    /// A pause as the kit makes them between two attempts, for a connector that must look first.
    pub async fn back_off(&self, attempt: u32) {
        tokio::time::sleep(retry::backoff(self.policy(), attempt)).await;
    }

    /// A pause that the service needs before it tells what it was told, such as for an index to follow; scaled as
    /// its penalties are.
    pub async fn settle(&self, time: Duration) {
        tokio::time::sleep(time.mul_f64(self.policy().time_scale)).await;
    }

    /// A service's words from an answer that was no refusal, fit to be shown.
    pub fn redacted(&self, words: &str) -> String {
        redact::redact(words, &self.secrets(&self.target.credential))
    }

    /// Whether a request that is sent once ([`Request::once`]) may be made anew and sent again after so many
    /// attempts; waits as the kit does between two. A silence for the rate is kept by the next request.
    pub async fn may_try_again(&self, error: &Error, attempt: u32) -> bool {
        let Some(pause) = retry::pause(self.policy(), error, Effect::SameTwice, attempt) else {
            return false;
        };
        if error.kind != ErrorKind::RateLimited {
            tokio::time::sleep(pause).await;
        }
        true
    }

    /// How often a connector that must look first may try.
    pub fn attempts(&self) -> u32 {
        self.policy().attempts
    }

    /// The time on the service's clock, to the second; this machine's own may be wrong.
    pub fn service_now(&self) -> DateTime<Utc> {
        now() + TimeDelta::seconds(self.ahead.load(Ordering::Relaxed))
    }

    /// What the service said last is left of the account's allowances.
    pub fn budgets(&self) -> Vec<Budget> {
        self.allowance.known()
    }

    fn compare_clocks(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|value| value.to_str().ok());
        if let Some(date) = date.and_then(|text| httpdate::parse_http_date(text).ok()) {
            let ahead = (DateTime::<Utc>::from(date) - now()).num_seconds();
            self.ahead.store(ahead, Ordering::Relaxed);
        }
    }

    async fn send<T>(
        &self,
        request: &Request,
        credential: &Credential,
        read: &impl Fn(&[u8]) -> serde_json::Result<T>,
    ) -> std::result::Result<T, Failure> {
        let limit = self.policy().body_limit_bytes;
        let response = self.respond(request, credential, self.policy().call_timeout).await?;
        let status = response.status();
        if !status.is_success() {
            return Err(self.refusal(response, credential).await);
        }
        let headers = request.refuses.map(|_| response.headers().clone()).unwrap_or_default();
        let body = body::read(response, limit).await.map_err(|fault| self.broken(&fault))?;
        if request.refuses.is_some_and(|refuses| refuses(&body)) {
            return Err(self.refused(status.as_u16(), &headers, &body, credential));
        }
        // A structure would be read from a list just as well, item by item.
        if !request.may_answer_list && body.trim_ascii_start().starts_with(b"[") {
            return Err(faults::wrong_shape(self.target.service, &body).into());
        }
        read(&body).map_err(|error| unreadable(self.target.service, &error, &body).into())
    }

    /// Sends a request once and gives the answer whose head has come, whatever its status.
    pub(super) async fn respond(
        &self,
        request: &Request,
        credential: &Credential,
        timeout: Duration,
    ) -> std::result::Result<reqwest::Response, Failure> {
        let service = self.target.service;
        let client = self.http.client(&request.url, self.target.address);
        let client = client.map_err(|refused| refused.error(service))?;
        let mut builder = client.request(request.method.clone(), request.url.clone()).timeout(timeout);
        if request.with_token {
            builder = credential.put_on(builder)?;
        }
        for (name, value) in &request.headers {
            builder = builder.header(&**name, value);
        }
        for (name, value) in self.target.headers {
            builder = builder.header(*name, *value);
        }
        if let Some(body) = &request.body {
            builder = builder.header(CONTENT_TYPE, &*request.content_type).body(body.clone());
        }
        let sent = builder.send().await;
        self.http.calls().count(service, sent.as_ref().ok().map(|response| response.status().as_u16()));
        let response = sent.map_err(|error| faults::on_the_way(service, &error))?;
        self.compare_clocks(response.headers());
        self.allowance.note((self.target.read_budgets)(&Headers::new(response.headers()), now()));
        Ok(response)
    }

    /// What an answer without a good status means.
    pub(super) async fn refusal(&self, response: reqwest::Response, credential: &Credential) -> Failure {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = match body::read(response, self.policy().body_limit_bytes).await {
            Ok(body) => body,
            Err(fault) => return self.broken(&fault),
        };
        if (300..400).contains(&status) {
            let location = Headers::new(&headers).text(LOCATION.as_str()).unwrap_or_default();
            return self.redirected(status, location, credential);
        }
        self.refused(status, &headers, &body, credential)
    }

    /// An answer that could not be read to its end.
    pub(super) fn broken(&self, fault: &BodyFault) -> Failure {
        faults::in_the_body(self.target.service, fault).into()
    }

    /// The service is elsewhere; the credentials do not follow.
    pub(super) fn redirected(&self, status: u16, location: &str, credential: &Credential) -> Failure {
        let error = Box::new(faults::for_status(self.target.service, status));
        let said = redact::redact(location, &self.secrets(credential));
        Failure { code: REDIRECT.to_owned(), said, committed: None, error }
    }

    pub(super) fn refused(
        &self,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
        credential: &Credential,
    ) -> Failure {
        let secrets = self.secrets(credential);
        let reply = Reply { status, body, headers: Headers::new(headers), secrets: &secrets };
        let Refusal { code, said, committed, mut error } = if faults::is_html(body) && !faults::is_xml(body) {
            // A page is a proxy's word: only the status counts.
            let error = faults::for_status(self.target.service, status);
            Refusal { code: String::new(), said: String::new(), committed: None, error }
        } else {
            (self.target.read_refusal)(&reply)
        };
        if let (Retry::Backoff, Some(wait)) = (error.retry, asked_to_wait(headers)) {
            error.retry = Retry::After(wait);
        }
        Failure { code, said, committed, error: Box::new(error) }
    }

    /// What must not be shown of a request that was sent with this credential.
    pub(super) fn secrets(&self, sent: &Credential) -> Vec<SecretString> {
        let mut secrets = self.target.credential.secrets();
        secrets.extend(sent.secrets());
        secrets
    }

    /// After a refusal for the rate, nothing leaves for this account until the service says it may.
    pub(super) fn hold_back(&self, error: &mut Error) {
        if error.kind != ErrorKind::RateLimited || error.retry == Retry::Never {
            return;
        }
        let wait = match error.retry {
            Retry::After(wait) => wait,
            Retry::Backoff | Retry::Never => self.limiter.penalty().max(retry::backoff(self.policy(), 1)),
        };
        error.retry = Retry::After(wait);
        tracing::info!(
            service = self.target.service,
            wait_ms = wait.as_millis(),
            "the service asks to slow down"
        );
        // A service that asks for hours fails this request; others may try again after a while.
        self.limiter.keep_silent(wait.min(self.policy().retry_after_cap));
        self.http.calls().count_throttled(self.target.service);
        if wait > self.policy().retry_after_cap {
            error.hint = Some(faults::come_back_in(wait));
        }
    }

    pub(super) fn policy(&self) -> &Policy {
        self.http.policy()
    }
}

/// How long the service asks to be left alone.
fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    let header = Headers::new(headers).text(RETRY_AFTER.as_str());
    retry::retry_after(header, SystemTime::now())
}

fn unreadable(service: &str, error: &serde_json::Error, body: &[u8]) -> Error {
    if error.is_eof() { faults::cut_short(service) } else { faults::wrong_shape(service, body) }
}

fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

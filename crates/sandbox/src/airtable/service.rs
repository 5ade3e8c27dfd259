//! The way of a request: log, token, limits, latency, faults, and only then the API.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request as HttpRequest, header};
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::api::{self, Call, Request};
use super::refusal::AirtableDialect;
use super::state::World;
use super::{Grant, Id, Refusal};
use crate::Clock;
use crate::faults::play::{Played, play};
use crate::faults::{Answer, Fault, Faults, http_date};
use crate::log::{Entry, Log};
use crate::server::Stopped;

/// Longest URL the service takes.
const LONGEST_URL: usize = 16_000;
/// Largest body: a file of 5 MB in base64, and some more.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// What the server and the handle share.
pub(super) struct Service {
    world: Mutex<World>,
    pub(super) clock: Clock,
    pub(super) faults: Faults,
    pub(super) log: Log,
    pub(super) latency: Mutex<Duration>,
}

impl Service {
    pub(super) fn new(world: World, clock: Clock, latency: Duration) -> Self {
        Self {
            world: Mutex::new(world),
            clock,
            faults: Faults::default(),
            log: Log::default(),
            latency: Mutex::new(latency),
        }
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The user behind a request, or the refusal.
    fn let_in(
        &self,
        headers: &HeaderMap,
        base: Option<Id>,
        at: DateTime<Utc>,
    ) -> Result<(Grant, Result<(), Refusal>), Refusal> {
        let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        let mut world = self.world();
        let grant =
            token.and_then(|token| world.tokens.get(token)).cloned().ok_or_else(Refusal::unauthenticated)?;
        let user = Id::named(*b"usr", &grant.email);
        let base = base.filter(|base| world.base(*base).is_some());
        let admitted = world.limiter.admit(user, base, at);
        Ok((grant, admitted))
    }
}

/// The router of a simulator.
pub(super) fn router(service: Arc<Service>, url: &str, stopped: Stopped) -> Router {
    let server = Arc::new(Serving { service, url: url.to_owned(), stopped });
    Router::new().route("/files/{id}", axum::routing::get(file)).fallback(serve).with_state(server)
}

struct Serving {
    service: Arc<Service>,
    url: String,
    stopped: Stopped,
}

async fn serve(State(serving): State<Arc<Serving>>, http: HttpRequest<Body>) -> Response {
    let service = &serving.service;
    let at = service.clock.now();
    let (parts, body) = http.into_parts();
    let body = to_bytes(body, LARGEST_BODY).await;
    let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or_default().to_owned());
    let call = Call::parse(parts.method.as_str(), &path);
    // A search in the bytes is enough to tell upserts apart in the script and the log.
    let upserts = body.as_ref().is_ok_and(|body| contains(body, b"\"performUpsert\""));
    let kind = call.kind(upserts);
    let ticket = service.log.open(Entry {
        at,
        method: parts.method.to_string(),
        path: path.clone(),
        query: query.clone(),
        kind,
        status: None,
        authenticated: false,
        fault: None,
    });

    let let_in = service.let_in(&parts.headers, call.base, at);
    service.log.note(ticket, |entry| entry.authenticated = let_in.is_ok());
    let refused = match (&let_in, &body) {
        (Err(refusal), _) | (Ok((_, Err(refusal))), _) => Some(Answer::from(refusal.clone())),
        (_, Err(_)) => Some(Refusal::too_large().into()),
        _ if path.len() + query.len() > LONGEST_URL => {
            Some(Answer::html(414, "<h1>414 Request-URI Too Large</h1>"))
        }
        _ => None,
    };
    let latency = service.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let (status, mut response) = match (refused, let_in, body) {
        (None, Ok((grant, Ok(()))), Ok(body)) => {
            let fault = service.faults.next(kind, &path);
            let name = fault.as_ref().map(Fault::name);
            service.log.note(ticket, |entry| entry.fault = name);
            let body = is_json(&parts.headers).then_some(&*body);
            answer(&serving, fault, &call, &grant, &query, body).await
        }
        (refusal, ..) => {
            let answer = refusal.unwrap_or_else(|| Refusal::not_found().into());
            play(None, &AirtableDialect, &serving.stopped, |_| answer).await
        }
    };
    service.log.note(ticket, |entry| entry.status = status);
    // By the simulator's clock: a client whose clock differs can be tried by moving it.
    if let Ok(date) = HeaderValue::from_str(&http_date(service.clock.now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn answer(
    serving: &Serving,
    fault: Option<Fault>,
    call: &Call,
    grant: &Grant,
    query: &str,
    body: Option<&[u8]>,
) -> Played {
    let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    play(fault, &AirtableDialect, &serving.stopped, |paging| {
        let now = serving.service.clock.now();
        let request = Request { call, grant, query: &query, body, now, url: &serving.url, paging };
        api::handle(&mut serving.service.world(), &request).unwrap_or_else(Answer::from)
    })
    .await
}

/// An uploaded file. As with the real service, its address is the only key to it.
async fn file(
    State(serving): State<Arc<Serving>>,
    axum::extract::Path(id): axum::extract::Path<String>,
) -> Response {
    let file = Id::parse(&id).and_then(|id| serving.service.world().files.get(&id).cloned());
    let (status, kind, bytes) = match file {
        Some((kind, bytes)) => (200, kind, bytes),
        None => (404, "text/plain".into(), Vec::new()),
    };
    let response =
        Response::builder().status(status).header(header::CONTENT_TYPE, kind).body(Body::from(bytes));
    response.unwrap_or_default()
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

fn contains(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|window| window == word)
}

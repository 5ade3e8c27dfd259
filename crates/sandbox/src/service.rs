//! The way of a request, the same for every service: log, token, limits, latency, faults, and only
//! then what the service does with it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, header};
use axum::response::Response;
use chrono::{DateTime, Utc};

use crate::controls::Controls;
use crate::faults::play::{Paging, play};
use crate::faults::{Answer, Dialect, Fault, Kind, http_date};
use crate::log::Entry;
use crate::server::Stopped;

/// A request as it came in.
pub(crate) struct Asked {
    pub(crate) parts: Parts,
    /// Nothing when it was larger than the service reads.
    pub(crate) body: Option<Bytes>,
    /// Arrival.
    pub(crate) at: DateTime<Utc>,
    /// Running number of the request.
    pub(crate) number: u64,
}

impl Asked {
    /// Path as received, still percent-encoded.
    pub(crate) fn path(&self) -> &str {
        self.parts.uri.path()
    }

    /// Query string as received, without the question mark.
    pub(crate) fn query(&self) -> &str {
        self.parts.uri.query().unwrap_or_default()
    }

    /// The query string's decoded pairs, in order.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query().as_bytes()).into_owned().collect()
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The token of the request.
    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ").map(str::trim)
    }

    /// The body, if it came as JSON.
    pub(crate) fn json_bytes(&self) -> Option<&[u8]> {
        let is_json = self.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
        self.body.as_deref().filter(|_| is_json)
    }
}

/// How far a request got at the door.
pub(crate) enum Door<C> {
    /// The token is good and the limits allow it.
    Open(C),
    /// The token is good, but the request is refused.
    Refused(Answer),
    /// No good token.
    Unknown(Answer),
}

/// What is left to do for a request that was let in.
pub(crate) struct Job<'a, W: World> {
    pub(crate) asked: &'a Asked,
    pub(crate) call: &'a W::Call,
    pub(crate) caller: &'a W::Caller,
    /// The moment it is handled, later than its arrival when the answer is slow.
    pub(crate) now: DateTime<Utc>,
    /// Address of the simulator, for links in answers.
    pub(crate) url: &'a str,
    pub(crate) paging: Paging,
}

/// Everything behind the door of one service.
pub(crate) trait World: Sized + Send + 'static {
    /// Which call a request is.
    type Call: Send + Sync;
    /// Who makes it.
    type Caller: Send + Sync;
    /// The service's words for faults.
    type Words: Dialect + Send + Sync;
    /// Longest body that is read at all.
    const LARGEST_BODY: usize;

    /// Which call it is and what that does.
    fn read(asked: &Asked) -> (Self::Call, Kind);
    /// Checks token and limits.
    fn door(&mut self, asked: &Asked, call: &Self::Call) -> Door<Self::Caller>;
    /// The words for a fault on this request.
    fn words(asked: &Asked) -> Self::Words;
    /// Does what is asked.
    fn handle(&mut self, job: &Job<'_, Self>) -> Answer;
}

/// What the server and the handles share.
pub(crate) struct Service<W> {
    world: Mutex<W>,
    pub(crate) controls: Controls,
}

impl<W> Service<W> {
    pub(crate) fn new(world: W, controls: Controls) -> Self {
        Self { world: Mutex::new(world), controls }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, W> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.controls.clock().now()
    }
}

struct Serving<W> {
    service: Arc<Service<W>>,
    url: String,
    stopped: Stopped,
}

/// The router of a simulator.
pub(crate) fn router<W: World>(service: Arc<Service<W>>, url: &str, stopped: Stopped) -> Router {
    let serving = Arc::new(Serving { service, url: url.to_owned(), stopped });
    Router::new().fallback(serve::<W>).with_state(serving)
}

async fn serve<W: World>(State(serving): State<Arc<Serving<W>>>, http: Request<Body>) -> Response {
    let controls = &serving.service.controls;
    let at = controls.clock().now();
    let (parts, body) = http.into_parts();
    let body = to_bytes(body, W::LARGEST_BODY).await.ok();
    let mut asked = Asked { parts, body, at, number: 0 };
    let (call, kind) = W::read(&asked);
    let ticket = controls.log().open(Entry::new(&asked, kind));
    asked.number = ticket.number();

    let door = serving.service.world().door(&asked, &call);
    controls.log().note(ticket, |entry| entry.authenticated = !matches!(door, Door::Unknown(_)));
    let latency = controls.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let words = W::words(&asked);
    let (status, mut response) = match door {
        Door::Open(caller) => {
            let fault = controls.faults().next(kind, asked.path());
            let name = fault.as_ref().map(Fault::name);
            controls.log().note(ticket, |entry| entry.fault = name);
            let handle = |paging| {
                let now = controls.clock().now();
                let (asked, call, caller) = (&asked, &call, &caller);
                let job = Job { asked, call, caller, now, url: &serving.url, paging };
                serving.service.world().handle(&job)
            };
            play(fault, &words, &serving.stopped, handle).await
        }
        Door::Refused(answer) | Door::Unknown(answer) => {
            play(None, &words, &serving.stopped, |_| answer).await
        }
    };
    controls.log().note(ticket, |entry| entry.status = status);
    // By the simulator's clock: a client whose clock differs can be tried by moving it.
    if let Ok(date) = HeaderValue::from_str(&http_date(controls.clock().now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

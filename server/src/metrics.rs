//! `/metrics`: what the program tells of its work in numbers, as OpenMetrics text, which Prometheus reads.
//!
//! An address is counted by its template (`/api/deals/{id}`), never as it was asked for: nobody can make
//! more time series than there are routes.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hub::Hub;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use tokio::sync::Mutex;

/// The upper ends of the durations of requests, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Where an address is counted that no route knows: a file of the site, or nothing.
const NO_ROUTE: &str = "other";

/// Everything that is counted, here and in the hub.
pub(crate) struct Metrics {
    hub: Hub,
    /// Held while numbers are looked up and written: two readers do not see each other's half.
    registry: Mutex<Registry>,
    database_answers: Gauge,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: u16,
}

impl Metrics {
    pub(crate) fn new(hub: &Hub) -> Arc<Metrics> {
        let mut registry = Registry::with_prefix("passerelle");
        let database_answers = Gauge::default();
        let requests = Family::default();
        let seconds = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        registry.register("database_up", "Whether the database answers", database_answers.clone());
        registry.register(
            "http_requests",
            "Requests answered, by route, method and status",
            Family::clone(&requests),
        );
        registry.register_with_unit(
            "http_request_duration",
            "Time until the head of the answer, by route and method",
            Unit::Seconds,
            seconds.clone(),
        );
        hub.register_measures(&mut registry);
        Arc::new(Metrics {
            hub: hub.clone(),
            registry: Mutex::new(registry),
            database_answers,
            requests,
            seconds,
        })
    }
}

/// The numbers of this moment. With a database that does not answer they are those of the process.
pub(crate) async fn show_metrics(State(metrics): State<Arc<Metrics>>) -> Response {
    let registry = metrics.registry.lock().await;
    let looked_up = metrics.hub.look_up_measures().await;
    metrics.database_answers.set(i64::from(looked_up.is_ok()));
    let mut text = String::new();
    match encode(&mut text, &registry) {
        Ok(()) => ([(CONTENT_TYPE, OPENMETRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Counts a request once it is answered.
pub(crate) async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str).to_owned();
    let method = word(request.method());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    metrics.requests.get_or_create(&Answered { route: route.clone(), method, status }).inc();
    metrics.seconds.get_or_create(&Asked { route, method }).observe(begin.elapsed().as_secs_f64());
    response
}

/// A method's word; callers can make up others.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

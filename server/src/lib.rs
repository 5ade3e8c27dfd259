//! Passerelle over HTTP: the pages, the JSON API and what protects both.
//!
//! Everything here is a thin layer over the hub's use cases. It knows HTTP, and nothing of SQL or of
//! any service.

mod accept;
mod access;
mod assets;
mod body_limit;
pub mod cli;
mod compression;
mod config;
mod connection_form;
mod connections;
mod csv;
mod dashboard;
mod data;
mod data_query;
mod dataset_query;
mod datasets;
mod deal_form;
mod deals_bulk;
mod deals_export;
mod deals_forms;
mod deals_import;
mod deals_mapping;
mod deals_settings;
mod drawing;
mod envelope;
mod error;
mod error_page;
mod extract;
mod faults;
mod fields;
mod form;
mod health;
mod hints;
mod hooks;
mod led_back;
mod ledger;
mod listen;
mod local_only;
mod localize;
mod logging;
mod metrics;
mod oauth;
mod openapi;
mod pages;
mod params;
mod proxies;
mod reader;
mod recipe_form;
mod recipes;
mod request_log;
mod routes;
mod rule_form;
mod rules;
mod same_origin;
mod saved_views;
mod schedule_form;
mod security_headers;
mod serve;
mod slow_reader;
mod sources;
mod state;
mod upload;
mod webhook_form;
mod webhooks;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

pub use listen::listen;
pub use proxies::{Edge, Proxies, behind};
pub use state::AppState;

use config::Config;
use error::ApiError;
use metrics::Metrics;

/// For an answer that waits for no service.
const PROMPT: Duration = Duration::from_secs(30);
/// Between two pieces of a body.
const BODY_IDLE: Duration = Duration::from_secs(20);

/// Every address the program answers at. Requests must carry their peer's address
/// ([`axum::extract::ConnectInfo`]): without it they are refused.
pub fn router(state: AppState) -> Router {
    let prompt = routes::prompt().layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PROMPT));
    let api = openapi::with_description(prompt.merge(routes::patient()))
        .route("/api", any(localize::nothing_here))
        .route("/api/", any(localize::nothing_here))
        .route("/api/{*rest}", any(localize::nothing_here));
    let sessions = access::sessions(&state.hub);
    let metrics = Metrics::new(&state.hub);
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::show_metrics).with_state(metrics.clone()))
        .merge(api)
        // Apart from the pages: a code that is being exchanged waits for a service.
        .merge(oauth::router())
        .with_state(state.clone())
        .merge(pages::router(&state))
        // From the inside out.
        .layer(from_fn(same_origin::same_origin))
        // Services are no browsers: what they send is known by its signature.
        .merge(hooks::router().with_state(state.clone()))
        .layer(CatchPanicLayer::custom(localize::of_panic))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(state.clone(), body_limit::limit))
        .layer(RequestBodyTimeoutLayer::new(BODY_IDLE))
        .layer(from_fn_with_state(state.clone(), access::gate))
        .layer(sessions)
        .layer(from_fn_with_state(state, localize::localize))
        .layer(CompressionLayer::new())
        .layer(from_fn(compression::only_what_holds_no_secret))
        .layer(from_fn(security_headers::protect))
        .layer(from_fn(request_log::log_requests))
        .layer(from_fn_with_state(metrics, metrics::count))
}

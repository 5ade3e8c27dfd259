//! The pages of what sources have brought, the files their rows are taken away in, and the form of a
//! source's columns.

use std::collections::BTreeMap;

use app::{MappingTyped, RunAsked};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use futures_util::{StreamExt, TryStreamExt, stream};
use hub::{Choices, Kind, NotMapped};
use leptos::prelude::provide_context;
use model::canonical::Entity;
use url::form_urlencoded;

use crate::drawing::{Sender, Shell, draw, source_page, still_page};
use crate::params::Params;
use crate::{ApiError, AppState, csv, data_query};

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/data", get(still_page))
        .route("/data/{table}", get(rows))
        .route("/connectors/{name}/mapping", get(still_page).post(map))
        .route("/connectors/{name}/quality", get(quality))
}

/// A table, or with `.csv` behind its name, its rows as a file.
async fn rows(
    State(state): State<AppState>,
    sender: Sender,
    Path(table): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let (name, is_file) = table.strip_suffix(".csv").map_or((table.as_str(), false), |name| (name, true));
    let Some(entity) = Entity::ALL.into_iter().find(|entity| entity.table() == name) else {
        return match is_file {
            true => StatusCode::NOT_FOUND.into_response(),
            false => still_page(State(state), request).await,
        };
    };
    match data_query::of_page(entity, &query.unwrap_or_default()) {
        Ok(query) if is_file => file(&state, &sender, &query).await,
        Ok(query) => draw(&state, Shell::Still, request, move || provide_context(query.clone())).await,
        Err(error) => faulty(&state, &sender, error, &format!("/data/{name}")).await,
    }
}

async fn file(state: &AppState, sender: &Sender, query: &hub::DataQuery) -> Response {
    let (entity, lang) = (query.entity, sender.lang);
    let pieces = match state.hub.data_export(query).await {
        Ok(pieces) => pieces,
        Err(error) => return sender.refused(state, error, &format!("/data/{}", entity.table())).await,
    };
    let head = stream::once(async move { Ok(csv::head(entity, lang)) });
    let lines = pieces.map_ok(move |rows| csv::lines(entity, &rows, lang));
    let name = format!("attachment; filename=\"{}.csv\"", entity.table());
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    (headers, Body::from_stream(head.chain(lines))).into_response()
}

/// The parameter `run` asks for the report of a certain run.
async fn quality(
    State(state): State<AppState>,
    sender: Sender,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let mut params = Params::parse(&query.unwrap_or_default());
    let run = params.number("run", 1);
    if let Err(error) = params.finish() {
        return faulty(&state, &sender, error, &source_page(&name, "/quality")).await;
    }
    let provide = move || {
        if let Some(run) = run {
            provide_context(RunAsked(i64::from(run)));
        }
    };
    draw(&state, Shell::Still, request, provide).await
}

/// The form holds `entity`, and per field `auto`, `none`, or `col:` and the name of a column.
async fn map(
    State(state): State<AppState>,
    sender: Sender,
    Path(name): Path<String>,
    form: Bytes,
) -> Response {
    let mut fields: BTreeMap<String, String> = form_urlencoded::parse(&form).into_owned().collect();
    let page = source_page(&name, "/mapping");
    let Some(entity) = fields.remove("entity").and_then(|entity| Entity::from_name(&entity)) else {
        return faulty(&state, &sender, no_table(), &page).await;
    };
    let choices: Choices =
        fields.into_iter().filter_map(|(field, word)| Some((field, choice(&word)?))).collect();
    let refused = match state.hub.map_columns(&name, entity, choices.clone()).await {
        Ok(()) => {
            let saved = format!("{page}?saved={0}#{0}", entity.table());
            return Redirect::to(&saved).into_response();
        }
        // A source that cannot be read says so on the page itself.
        Err(NotMapped::Failed(error)) if !matches!(error.kind, Kind::Service(_)) => {
            return sender.refused(&state, error, &page).await;
        }
        Err(refused) => refused,
    };
    let typed = MappingTyped { entity, choices, faults: refused.sentences(sender.lang) };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    sender.shown(&state, Shell::Still, &page, status, move || provide_context(typed.clone())).await
}

/// A column, an empty text for none; `None` leaves it to the program.
fn choice(word: &str) -> Option<String> {
    match word {
        "none" => Some(String::new()),
        word => word.strip_prefix("col:").map(str::to_owned),
    }
}

fn no_table() -> ApiError {
    ApiError::invalid(model::Text::fixed(
        "Le formulaire ne dit pas de quelle table il parle.",
        "The form does not say which table it speaks of.",
    ))
}

/// The page for an address that makes no sense.
async fn faulty(state: &AppState, sender: &Sender, error: ApiError, back: &str) -> Response {
    sender.refused(state, hub::Error::invalid(error.message), back).await
}

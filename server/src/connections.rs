//! The pages of connections of any kind, and what their forms ask for.
//!
//! A form is answered with the page it leads to, or with itself again: what was typed and what is wrong
//! with it, secrets left out.

use std::time::Duration;

use app::{ScheduleTyped, ServiceSaid, Tested, Typed};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::{AccountSync, Kind, NotSaved};
use leptos::prelude::provide_context;
use model::{ConnectorSpec, Lang};
use tokio::time::timeout;
use url::form_urlencoded;

use crate::connection_form::Sent;
use crate::drawing::{Sender, Shell, draw, leads_to, live_page};
use crate::extract::Id;
use crate::form::read;
use crate::{AppState, schedule_form};

/// The list of connections.
const LIST: &str = "/connections";
/// The form for a new one.
const NEW: &str = "/connections/new";
/// For a service to say what its rows look like, while somebody waits for the page.
const SCHEMA: Duration = Duration::from_secs(8);

/// Addresses and what answers at them. A form's address, asked for as a page (by the language switch, by
/// hand), leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(LIST, get(live_page).post(create))
        .route(NEW, get(live_page))
        .route("/connections/test", leads_to(NEW).post(try_out))
        .route("/connections/{id}", get(detail).post(update))
        .route("/connections/{id}/test", get(to_connection).post(test))
        .route("/connections/{id}/sync", get(to_connection).post(sync))
        .route("/connections/{id}/accept-removals", get(to_connection).post(accept_removals))
        .route("/connections/{id}/schedule", get(to_schedule).post(plan))
        .route("/connections/{id}/delete", get(live_page).post(delete))
}

async fn to_connection(Id(id): Id) -> Redirect {
    Redirect::to(&connection(id))
}

async fn to_schedule(Id(id): Id) -> Redirect {
    Redirect::to(&tab(id, "schedule"))
}

/// A connection. Its service is asked only by the tab that shows what it says.
async fn detail(
    State(state): State<AppState>,
    sender: Sender,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let tab = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "tab");
    match (tab.as_ref().map(|(_, word)| &**word), id.parse::<i64>()) {
        (Some("schema"), Ok(id)) => {
            let said = within_patience(state.hub.account_schema(id), sender.lang).await;
            draw(&state, Shell::Live, request, move || provide_context(said.clone())).await
        }
        (Some("mapping"), Ok(id)) => {
            let said = within_patience(state.hub.deals_mapping(id), sender.lang).await;
            draw(&state, Shell::Live, request, move || provide_context(said.clone())).await
        }
        _ => live_page(State(state), request).await,
    }
}

/// What a service says, if it does while somebody waits for the page.
pub(crate) async fn within_patience<T>(
    asked: impl Future<Output = hub::Result<T>>,
    lang: Lang,
) -> ServiceSaid<T> {
    match timeout(SCHEMA, asked).await {
        Ok(said) => ServiceSaid::new(said, lang),
        Err(_) => ServiceSaid::late(lang),
    }
}

/// The form for a new connection.
async fn create(State(state): State<AppState>, sender: Sender, form: Bytes) -> Response {
    let sent = Sent::read(&form);
    match state.hub.create_account(sent.draft()).await {
        Ok(id) => saved(id),
        Err(NotSaved::Faults(faults)) => {
            let path = new(&sent.kind);
            again(&state, &sender, &path, sent.typed(faults)).await
        }
        Err(NotSaved::Failed(error)) => sender.refused(&state, error, NEW).await,
    }
}

/// The settings of a connection.
async fn update(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let sent = Sent::read(&form);
    match state.hub.update_account(id, sent.update()).await {
        Ok(()) => saved(id),
        Err(NotSaved::Faults(faults)) => again(&state, &sender, &settings(id), sent.typed(faults)).await,
        Err(NotSaved::Failed(error)) => sender.refused(&state, error, &settings(id)).await,
    }
}

/// Tries what stands in a form; nothing is stored. The answer is the form again, with what was found.
async fn try_out(State(state): State<AppState>, sender: Sender, form: Bytes) -> Response {
    let mut sent = Sent::read(&form);
    let path = match sent.stored {
        Some(id) => {
            // The stored credentials belong to the stored kind, whatever the form says.
            match state.hub.account(id, sender.lang).await {
                Ok(account) => sent.kind = account.kind,
                Err(error) => return sender.refused(&state, error, LIST).await,
            }
            settings(id)
        }
        None => new(&sent.kind),
    };
    let (test, faults) = match state.hub.test_account_draft(&sent.draft(), sent.stored, sender.lang).await {
        Ok(test) => (Some(Tested(test)), Vec::new()),
        Err(NotSaved::Faults(faults)) => (None, faults),
        Err(NotSaved::Failed(error)) => return sender.refused(&state, error, &path).await,
    };
    let page_stays = sent.page_stays;
    let mut typed = sent.typed(faults);
    if page_stays {
        typed.take_secrets(&kinds(&state));
    } else {
        typed.forget_tested_secrets(&kinds(&state));
    }
    let status = if test.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let provide = move || {
        provide_context(typed.clone());
        if let Some(test) = test.clone() {
            provide_context(test);
        }
    };
    sender.shown(&state, Shell::Live, &path, status, provide).await
}

/// Tests a stored connection; its page says how it went.
async fn test(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    match state.hub.test_account(id, sender.lang).await {
        Ok(test) => {
            let provide = move || provide_context(Tested(test.clone()));
            sender.shown(&state, Shell::Live, &connection(id), StatusCode::OK, provide).await
        }
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// Begins a sync; the page of the connection follows it, also one that was begun elsewhere.
async fn sync(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let begun = state.hub.start_account_sync(id, &AccountSync::default()).await;
    followed(&state, &sender, id, begun).await
}

/// Begins a sync that takes out what the service does not show any more, however much it is.
async fn accept_removals(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let begun = match state.hub.account(id, sender.lang).await {
        Ok(account) => state.hub.start_dataset_sync(&account.provider, None, true).await,
        Err(error) => Err(error),
    };
    followed(&state, &sender, id, begun).await
}

async fn followed(state: &AppState, sender: &Sender, id: i64, begun: hub::Result<i64>) -> Response {
    match begun {
        Ok(run_id) | Err(hub::Error { kind: Kind::AlreadyRunning { run_id }, .. }) => {
            Redirect::to(&format!("{}?run={run_id}", connection(id))).into_response()
        }
        Err(error) => sender.refused(state, error, &connection(id)).await,
    }
}

/// When it syncs by itself.
async fn plan(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let page = tab(id, "schedule");
    let account = match state.hub.account(id, sender.lang).await {
        Ok(account) => account,
        Err(error) => return sender.refused(&state, error, LIST).await,
    };
    let values = read(&form);
    let saved = match schedule_form::schedule(&values) {
        Ok(update) => state.hub.save_schedule(&account.provider, update, sender.lang).await,
        Err(fault) => Err(hub::Error::invalid(fault)),
    };
    match saved {
        Ok(_) => Redirect::to(&format!("{page}&notice=planned")).into_response(),
        Err(error) if matches!(error.kind, Kind::Invalid) => {
            let typed = ScheduleTyped { values, fault: error.message(sender.lang).to_owned() };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            sender.shown(&state, Shell::Live, &page, status, move || provide_context(typed.clone())).await
        }
        Err(error) => sender.refused(&state, error, &page).await,
    }
}

async fn delete(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let deleted = state.hub.delete_account(id).await.map(|()| format!("{LIST}?notice=deleted"));
    sender.led(&state, deleted, &connection(id)).await
}

/// The page of a connection.
fn connection(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// A tab of that page.
pub(crate) fn tab(id: i64, word: &str) -> String {
    format!("{LIST}/{id}?tab={word}")
}

/// The tab of its settings.
fn settings(id: i64) -> String {
    tab(id, "settings")
}

/// The form for a new one of that kind.
fn new(kind: &str) -> String {
    let kind: String = form_urlencoded::byte_serialize(kind.as_bytes()).collect();
    format!("{NEW}?type={kind}")
}

fn saved(id: i64) -> Response {
    Redirect::to(&format!("{}?notice=saved", connection(id))).into_response()
}

fn kinds(state: &AppState) -> Vec<ConnectorSpec> {
    state.hub.account_kinds().into_iter().map(|kind| kind.spec).collect()
}

/// The page of a form that was sent and is not right yet.
async fn again(state: &AppState, sender: &Sender, path: &str, mut typed: Typed) -> Response {
    typed.forget_secrets(&kinds(state));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    sender.shown(state, Shell::Live, path, status, move || provide_context(typed.clone())).await
}

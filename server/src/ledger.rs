//! The pages that tell what a sync did or would do, and what their forms ask for.
//!
//! A form is answered with the page of the run it began; one that is refused, with the reason.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::DealSelection;
use model::Direction;
use url::form_urlencoded;

use crate::AppState;
use crate::access::{CurrentUser, note_deleted};
use crate::deals_bulk::notice_of;
use crate::drawing::{Sender, leads_to, still_page};
use crate::extract::Id;
use crate::led_back::{LIST, led_back};

/// Addresses and what answers at them. A form's address, asked for as a page (by the language switch, by
/// hand), leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/runs/{id}", get(still_page))
        .route("/runs/{id}/cancel", get(to_run).post(cancel))
        .route("/runs/{id}/replay", get(to_run).post(replay))
        .route("/runs/{id}/resume", get(to_run).post(resume))
        .route("/runs/{id}/words", get(to_run).post(words))
        .route("/runs/{id}/delete-created", get(still_page).post(delete_created))
        .route("/plans/{id}", get(still_page))
        .route("/plans/{id}/apply", get(to_plan).post(apply))
        .route("/playground/{provider}", get(still_page).post(leave_playground))
        .route("/preview/{provider}/{direction}", leads_to("/connectors").post(preview))
}

async fn to_run(Id(id): Id) -> Redirect {
    Redirect::to(&format!("/runs/{id}"))
}

async fn to_plan(Id(id): Id) -> Redirect {
    Redirect::to(&format!("/plans/{id}"))
}

async fn cancel(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let cancelled = state.hub.cancel(id).await.map(|()| run(id));
    sender.led(&state, cancelled, &run(id)).await
}

async fn replay(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    sender.led(&state, state.hub.replay(id).await.map(run), &run(id)).await
}

async fn resume(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    sender.led(&state, state.hub.resume(id).await.map(run), &run(id)).await
}

async fn delete_created(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Id(id): Id,
) -> Response {
    match state.hub.delete_deals(&visitor.caller, DealSelection::CreatedBy(id)).await {
        Ok(done) => {
            note_deleted(&state, &visitor, &done).await;
            led_back(LIST, notice_of(&done))
        }
        Err(error) => sender.refused(&state, error, &run(id)).await,
    }
}

async fn apply(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    sender.led(&state, state.hub.apply(id).await.map(run), &format!("/plans/{id}")).await
}

async fn preview(
    State(state): State<AppState>,
    sender: Sender,
    Path((provider, direction)): Path<(String, String)>,
) -> Response {
    let Some(direction) = Direction::from_word(&direction) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let made = state.hub.preview(&provider, direction, sender.lang).await;
    let made = made.map(|plan| format!("/plans/{}", plan.plan_id));
    sender.led(&state, made, "/connectors").await
}

/// The form holds `deals`: `delete` or `keep`. Where deals went, the list says so, with the way back.
async fn leave_playground(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    Path(provider): Path<String>,
    form: Bytes,
) -> Response {
    let delete = form_urlencoded::parse(&form).any(|(name, value)| name == "deals" && value == "delete");
    match state.hub.leave_playground(&visitor.caller, &provider, delete).await {
        Ok(done) if done.deleted > 0 => {
            note_deleted(&state, &visitor, &done).await;
            led_back(LIST, notice_of(&done))
        }
        Ok(_) => Redirect::to(&format!("/connectors?tab={provider}")).into_response(),
        Err(error) => sender.refused(&state, error, "/connectors").await,
    }
}

/// The page of a run.
fn run(id: i64) -> String {
    format!("/runs/{id}")
}

/// The form holds a `word` and a `status` per line, in this order.
async fn words(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let mut words = BTreeMap::new();
    let mut last = None;
    for (name, value) in form_urlencoded::parse(&form) {
        match name.as_ref() {
            "word" => last = Some(value.into_owned()),
            "status" => words.extend(last.take().map(|word| (word, value.into_owned()))),
            _ => {}
        }
    }
    sender.led(&state, state.hub.import_with_words(id, words).await.map(run), &run(id)).await
}

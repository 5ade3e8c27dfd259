//! The pages of deals and what their forms ask for: to create, to change, to delete, to take a deletion back.
//!
//! A form is answered with the page one came from, which says what was done, or with itself again.

use app::{BackTo, DealNotice, DealTyped};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use axum::routing::get;
use hub::Kind;
use leptos::prelude::provide_context;
use model::Status;

use crate::AppState;
use crate::access::{CurrentUser, note_restored};
use crate::deal_form::{Sent, no_status};
use crate::drawing::{Sender, Shell, draw, leads_to};
use crate::extract::Id;
use crate::form::read;
use crate::led_back::{LIST, came_from, led_back, page_before};

/// The form of a new deal.
const NEW: &str = "/deals/new";

/// Addresses and what answers at them. A form's address, asked for as a page (by the language switch, by
/// hand), leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/deals", get(list))
        .route("/board", get(page))
        .route(NEW, get(page).post(create))
        .route("/deals/{id}", get(page))
        .route("/deals/{id}/edit", get(page).post(update))
        .route("/deals/{id}/status", get(to_deal).post(move_deal))
        .route("/deals/{id}/delete", get(page).post(delete))
        .route("/deals/undo", leads_to(LIST).post(undo))
}

/// A page that knows where one came from.
pub(crate) async fn page(State(state): State<AppState>, request: Request) -> Response {
    let from = came_from(&request);
    draw(&state, Shell::Crm, request, move || provide_context(from.clone())).await
}

/// What is asked of the list stays asked.
async fn list(RawQuery(query): RawQuery) -> Redirect {
    match query.filter(|query| !query.is_empty()) {
        Some(query) => Redirect::to(&format!("{LIST}?{query}")),
        None => Redirect::to(LIST),
    }
}

async fn to_deal(Id(id): Id) -> Redirect {
    Redirect::to(&deal(id))
}

async fn create(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    let values = match Sent::read(&form).values() {
        Ok(values) => values,
        Err(typed) => return again(&state, &sender, typed, NEW, next).await,
    };
    match state.hub.create_deal(&user.caller, values).await {
        Ok(_) => led_back(&next, DealNotice::Created),
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// The form holds the fields, and `seen`: when the deal had last changed as its editor saw it.
async fn update(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    Id(id): Id,
    form: Bytes,
) -> Response {
    let (next, sent) = (page_before(&form), Sent::read(&form));
    let (path, typed, seen) = (format!("{}/edit", deal(id)), sent.typed().clone(), sent.seen());
    let values = match sent.values() {
        Ok(values) => values,
        Err(typed) => return again(&state, &sender, typed, &path, next).await,
    };
    match state.hub.update_deal(&user.caller, id, values, seen).await {
        Ok(_) => led_back(&next, DealNotice::Saved),
        // Somebody was faster: what was typed stays, beside what the deal holds now.
        Err(error) if matches!(error.kind, Kind::Outdated) => {
            again(&state, &sender, typed.overtaken(error.message), &path, next).await
        }
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// The form holds `statut`, and `seen`: the status the deal had when the form was drawn.
async fn move_deal(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    Id(id): Id,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    let status = match status_of(&form) {
        Ok(status) => status,
        Err(error) => return sender.refused(&state, error, &next).await,
    };
    let seen = read(&form).get("seen").and_then(|word| Status::from_word(word));
    match state.hub.move_deal(&user.caller, id, status, seen).await {
        Ok(_) => led_back(&next, moved(id, seen, status)),
        // What it is now stands in the sentence, and in the page that one goes back to.
        Err(error) if matches!(error.kind, Kind::Outdated) => sender.refused(&state, error, &next).await,
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// Told with the way back where it is known.
fn moved(id: i64, seen: Option<Status>, status: Status) -> DealNotice {
    match seen.filter(|seen| *seen != status) {
        Some(seen) => DealNotice::MovedOne(id, seen, status),
        None => DealNotice::Moved(1, status),
    }
}

async fn delete(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    Id(id): Id,
    form: Bytes,
) -> Response {
    match state.hub.delete_deal(&user.caller, id).await {
        Ok(deletion) => led_back(&page_before(&form), DealNotice::Deleted(1, deletion)),
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// The form holds `deletion`: the number of what is to be taken back.
async fn undo(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let number = read(&form).get("deletion").and_then(|number| number.parse().ok()).unwrap_or_default();
    let undone = match state.hub.undo_deletion(&visitor.caller, number).await {
        Ok(undone) => undone,
        Err(error) => return sender.refused(&state, error, LIST).await,
    };
    note_restored(&state, &visitor, number, undone.restored).await;
    let notice = match undone.stopped {
        Some(_) => DealNotice::RestoredSome(undone.restored, number),
        None => DealNotice::Restored(undone.restored, undone.left_out),
    };
    led_back(&page_before(&form), notice)
}

/// The status a form holds.
///
/// # Errors
/// It holds none, or another word.
pub(crate) fn status_of(form: &[u8]) -> hub::Result<Status> {
    let word = read(form).remove("statut").unwrap_or_default();
    Status::from_word(&word).ok_or_else(|| hub::Error::invalid(no_status(&word)))
}

/// The form of a deal that is not right yet, or that somebody was faster than.
async fn again(state: &AppState, sender: &Sender, typed: DealTyped, path: &str, next: String) -> Response {
    let status = match typed.overtaken {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let provide = move || {
        provide_context(typed.clone());
        provide_context(BackTo(next.clone()));
    };
    sender.shown(state, Shell::Crm, path, status, provide).await
}

/// The page of a deal.
fn deal(id: i64) -> String {
    format!("/deals/{id}")
}

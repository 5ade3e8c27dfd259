//! What is done to several deals at once: another status, or their deletion, which is asked for once more.

use std::collections::BTreeMap;

use app::{BackTo, BulkDeletion, DealNotice};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hub::{BulkChange, Caller, DealSelection, Deletion};
use leptos::prelude::provide_context;
use model::Status;
use url::form_urlencoded;

use crate::AppState;
use crate::access::{CurrentUser, note_deleted};
use crate::deals_forms::status_of;
use crate::drawing::{Sender, Shell, leads_to};
use crate::form::read;
use crate::led_back::{LIST, led_back, page_before};

/// The form that names deals, and the question before they are deleted.
const BULK: &str = "/deals/bulk";
/// Addresses and what answers at them; asked for as pages, they lead to the list.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(BULK, leads_to(LIST).post(act))
        .route("/deals/bulk/delete", leads_to(LIST).post(delete))
}

/// The form holds `id`, once for each deal, and `act`: `move` with `statut`, or `delete`, which only asks. An id is
/// followed by a colon and the status the deal had when its box was drawn.
async fn act(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    let chosen = chosen(&form);
    if chosen.is_empty() {
        return led_back(&next, DealNotice::NothingChosen);
    }
    if read(&form).get("act").is_some_and(|act| act == "delete") {
        let ids: Vec<i64> = chosen.into_keys().collect();
        return ask(&state, &sender, &ids, next).await;
    }
    match change(&state, &user.caller, chosen, &form).await {
        Ok(notice) => led_back(&next, notice),
        Err(error) => sender.refused(&state, error, &next).await,
    }
}

async fn change(
    state: &AppState,
    by: &Caller,
    chosen: BTreeMap<i64, Option<Status>>,
    form: &[u8],
) -> hub::Result<DealNotice> {
    let status = status_of(form)?;
    let done = state.hub.update_deals(by, DealSelection::Seen(chosen), status).await?;
    let moved = done.changed + done.unchanged;
    Ok(match done {
        BulkChange { stopped: Some(_), changed, .. } => DealNotice::MovedSome(changed, status),
        BulkChange { overtaken: 0, .. } => DealNotice::Moved(moved, status),
        BulkChange { overtaken, .. } => DealNotice::MovedBut(moved, overtaken, status),
    })
}

/// The form holds `id`, once for each deal.
async fn delete(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    let ids = chosen(&form).into_keys().collect();
    match state.hub.delete_deals(&visitor.caller, DealSelection::Ids(ids)).await {
        Ok(done) => {
            note_deleted(&state, &visitor, &done).await;
            led_back(&next, notice_of(&done))
        }
        Err(error) => sender.refused(&state, error, &next).await,
    }
}

/// What a deletion is told as.
pub(crate) fn notice_of(done: &Deletion) -> DealNotice {
    match done {
        Deletion { number: None, .. } => DealNotice::AlreadyGone,
        Deletion { number: Some(number), stopped: Some(_), deleted, .. } => {
            DealNotice::DeletedSome(*deleted, *number)
        }
        Deletion { number: Some(number), deleted, .. } => DealNotice::Deleted(*deleted, *number),
    }
}

/// The page that names what would be deleted.
async fn ask(state: &AppState, sender: &Sender, ids: &[i64], next: String) -> Response {
    let ticked = match state.hub.deals_named(ids).await {
        Ok(deals) => BulkDeletion(deals),
        Err(error) => return sender.refused(state, error, &next).await,
    };
    let provide = move || {
        provide_context(ticked.clone());
        provide_context(BackTo(next.clone()));
    };
    sender.shown(state, Shell::Crm, BULK, StatusCode::OK, provide).await
}

/// The deals a form names, each with the status it was seen with, where the form says so.
fn chosen(form: &[u8]) -> BTreeMap<i64, Option<Status>> {
    let named = form_urlencoded::parse(form).filter(|(name, _)| name == "id");
    let deals = named.filter_map(|(_, named)| {
        let (id, seen) = named.split_once(':').unwrap_or((&named, ""));
        Some((id.parse().ok()?, Status::from_word(seen)))
    });
    deals.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_deal_counts_once_and_says_how_it_was_seen() {
        let form = b"id=3:perdu&id=1&next=%2F&id=3:perdu&id=x&id=&id=7:gagn%C3%A9+-+en+cours&id=8:sign%C3%A9";
        let expected = [(1, None), (3, Some(Status::Lost)), (7, Some(Status::InProgress)), (8, None)];
        assert_eq!(chosen(form), BTreeMap::from(expected));
    }
}

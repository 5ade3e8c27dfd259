//! What is done to several deals at once: another status, or their deletion, which is asked for once more.

use app::{BackTo, BulkDeletion, DealNotice};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use hub::{Caller, DealSelection, Deletion};
use leptos::prelude::provide_context;
use url::form_urlencoded;

use crate::AppState;
use crate::access::CurrentUser;
use crate::deals_forms::{status_of, to_list};
use crate::drawing::{Sender, Shell};
use crate::form::read;
use crate::led_back::{led_back, page_before};

/// The form that names deals, and the question before they are deleted.
const BULK: &str = "/deals/bulk";

/// Addresses and what answers at them; asked for as pages, they lead to the list.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route(BULK, get(to_list).post(act)).route("/deals/bulk/delete", get(to_list).post(delete))
}

/// The form holds `id`, once for each deal, and `act`: `move` with `statut`, or `delete`, which only asks.
async fn act(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    let ids = ids(&form);
    if ids.is_empty() {
        return led_back(&next, DealNotice::NothingChosen);
    }
    if read(&form).get("act").is_some_and(|act| act == "delete") {
        return ask(&state, &sender, &ids, next).await;
    }
    match change(&state, &user.caller, ids, &form).await {
        Ok(notice) => led_back(&next, notice),
        Err(error) => sender.refused(&state, error, &next).await,
    }
}

async fn change(state: &AppState, by: &Caller, ids: Vec<i64>, form: &[u8]) -> hub::Result<DealNotice> {
    let status = status_of(form)?;
    let done = state.hub.update_deals(by, DealSelection::Ids(ids), status).await?;
    Ok(DealNotice::Moved(done.changed + done.unchanged, status))
}

/// The form holds `id`, once for each deal.
async fn delete(
    State(state): State<AppState>,
    CurrentUser(user): CurrentUser,
    sender: Sender,
    form: Bytes,
) -> Response {
    let next = page_before(&form);
    match state.hub.delete_deals(&user.caller, DealSelection::Ids(ids(&form))).await {
        Ok(Deletion { number: Some(number), deleted, .. }) => {
            led_back(&next, DealNotice::Deleted(deleted, number))
        }
        Ok(_) => led_back(&next, DealNotice::AlreadyGone),
        Err(error) => sender.refused(&state, error, &next).await,
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

/// The deals a form names, each once.
fn ids(form: &[u8]) -> Vec<i64> {
    let named = form_urlencoded::parse(form).filter(|(name, _)| name == "id");
    let mut ids: Vec<i64> = named.filter_map(|(_, id)| id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_deal_counts_once() {
        assert_eq!(super::ids(b"id=3&id=1&next=%2F&id=3&id=x&id="), [1, 3]);
    }
}

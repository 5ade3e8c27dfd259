//! The pages of datasets.

use app::DatasetAsked;
use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::provide_context;

use crate::drawing::{Sender, Shell, draw, still_page};
use crate::extract::Id;
use crate::{AppState, dataset_query};

/// The list of datasets.
const LIST: &str = "/datasets";

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(LIST, get(still_page))
        .route("/datasets/{id}", get(dataset))
        .route("/datasets/{id}/delete", get(still_page).post(delete))
}

async fn dataset(
    State(state): State<AppState>,
    sender: Sender,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let asked: DatasetAsked = match dataset_query::of_page(&query.unwrap_or_default()) {
        Ok(asked) => asked,
        Err(error) => {
            let back = id.parse().map_or_else(|_| LIST.to_owned(), at);
            return sender.refused(&state, hub::Error::invalid(error.message), &back).await;
        }
    };
    draw(&state, Shell::Still, request, move || provide_context(asked.clone())).await
}

async fn delete(State(state): State<AppState>, sender: Sender, Id(id): Id) -> Response {
    let deleted = state.hub.delete_dataset(id).await.map(|()| format!("{LIST}?notice=deleted"));
    sender.led(&state, deleted, &at(id)).await
}

/// The page of a dataset.
fn at(id: i64) -> String {
    format!("{LIST}/{id}")
}

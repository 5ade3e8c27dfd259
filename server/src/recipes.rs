//! The forms of the tab where the fields of deals are made of columns.

use app::RecipesTyped;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::Kind;
use leptos::prelude::provide_context;
use model::recipe::Recipes;

use crate::drawing::{Sender, Shell};
use crate::extract::Id;
use crate::form::read;
use crate::{AppState, recipe_form};

/// Addresses and what answers at them; asked for as pages, they lead to the tab.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/connections/{id}/recipes", get(to_tab).post(save))
        .route("/connections/{id}/recipes/try", get(to_tab).post(try_out))
}

fn tab(id: i64) -> String {
    format!("/connections/{id}?tab=recipes")
}

async fn to_tab(Id(id): Id) -> Redirect {
    Redirect::to(&tab(id))
}

/// A form that could be read.
struct Sent {
    provider: String,
    recipes: Recipes,
    typed: RecipesTyped,
}

async fn save(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let sent = match sent(&state, &sender, id, &form).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match state.hub.save_recipes(&sent.provider, sent.recipes).await {
        Ok(()) => Redirect::to(&format!("{}&notice=saved", tab(id))).into_response(),
        Err(error) => told(&state, &sender, id, sent.typed, error).await,
    }
}

/// Tries what stands in the form on the service's first rows; nothing is stored.
async fn try_out(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let mut sent = match sent(&state, &sender, id, &form).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match state.hub.try_recipes(&sent.provider, sent.recipes.clone(), sender.lang).await {
        Ok(tried) => {
            sent.typed.tried = Some((sent.recipes, tried));
            shown(&state, &sender, id, sent.typed, StatusCode::OK).await
        }
        Err(error) => told(&state, &sender, id, sent.typed, error).await,
    }
}

/// Reads a form; what cannot be read is answered with the form again.
async fn sent(state: &AppState, sender: &Sender, id: i64, form: &[u8]) -> Result<Sent, Response> {
    let found = async {
        let account = state.hub.account(id, sender.lang).await?;
        let stored = state.hub.recipes(&account.provider).await?;
        Ok((account.provider, stored.recipes))
    };
    let (provider, stored) = match found.await {
        Ok(found) => found,
        Err(error) => return Err(sender.refused(state, error, "/connections").await),
    };
    let (recipes, typed) = recipe_form::recipes(&read(form), &stored, sender.lang);
    if typed.faults.is_empty() {
        return Ok(Sent { provider, recipes, typed });
    }
    Err(shown(state, sender, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await)
}

/// What is wrong with recipes stands above them; anything else has its own page.
async fn told(
    state: &AppState,
    sender: &Sender,
    id: i64,
    mut typed: RecipesTyped,
    error: hub::Error,
) -> Response {
    if !matches!(error.kind, Kind::Invalid) {
        return sender.refused(state, error, &tab(id)).await;
    }
    typed.faults = vec![error.message(sender.lang).to_owned()];
    shown(state, sender, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn shown(
    state: &AppState,
    sender: &Sender,
    id: i64,
    typed: RecipesTyped,
    status: StatusCode,
) -> Response {
    sender.shown(state, Shell::Live, &tab(id), status, move || provide_context(typed.clone())).await
}

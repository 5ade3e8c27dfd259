//! The forms of the tab where the fields of deals, or of a canonical table, are made of columns.

use app::RecipesTyped;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::Kind;
use leptos::prelude::provide_context;
use model::recipe::{Recipes, Target};

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

/// The tab of a target.
fn tab(id: i64, target: Target) -> String {
    let tab = crate::connections::tab(id, "recipes");
    match target {
        Target::Deals => tab,
        Target::Table(entity) => format!("{tab}&table={}", entity.name()),
    }
}

async fn to_tab(Id(id): Id) -> Redirect {
    Redirect::to(&crate::connections::tab(id, "recipes"))
}

/// A form that could be read.
struct Sent {
    provider: String,
    target: Target,
    recipes: Recipes,
    typed: RecipesTyped,
}

async fn save(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let sent = match sent(&state, &sender, id, &form).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match state.hub.save_recipes(&sent.provider, sent.target, sent.recipes).await {
        Ok(()) => Redirect::to(&format!("{}&notice=saved", tab(id, sent.target))).into_response(),
        Err(error) => told(&state, &sender, &tab(id, sent.target), sent.typed, error).await,
    }
}

/// Tries what stands in the form on the service's first rows; nothing is stored.
async fn try_out(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let mut sent = match sent(&state, &sender, id, &form).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match state.hub.try_recipes(&sent.provider, sent.target, sent.recipes.clone(), sender.lang).await {
        Ok(tried) => {
            sent.typed.tried = Some((sent.recipes, tried));
            shown(&state, &sender, &tab(id, sent.target), sent.typed, StatusCode::OK).await
        }
        Err(error) => told(&state, &sender, &tab(id, sent.target), sent.typed, error).await,
    }
}

/// Reads a form; what cannot be read is answered with the form again. It holds the `table` it is about, unless
/// that is deals.
async fn sent(state: &AppState, sender: &Sender, id: i64, form: &[u8]) -> Result<Sent, Response> {
    let values = read(form);
    let found = async {
        let account = state.hub.account(id, sender.lang).await?;
        let table = values.get("table").map(String::as_str);
        let target = state.hub.recipe_target(&account.provider, table).await?;
        let stored = state.hub.recipes(&account.provider, target).await?;
        Ok((account.provider, target, stored.recipes))
    };
    let (provider, target, stored) = match found.await {
        Ok(found) => found,
        Err(error) => return Err(sender.refused(state, error, "/connections").await),
    };
    let (recipes, typed) = recipe_form::recipes(&values, target.fields(), &stored, sender.lang);
    if typed.faults.is_empty() {
        return Ok(Sent { provider, target, recipes, typed });
    }
    Err(shown(state, sender, &tab(id, target), typed, StatusCode::UNPROCESSABLE_ENTITY).await)
}

/// What is wrong with recipes stands above them; anything else has its own page.
async fn told(
    state: &AppState,
    sender: &Sender,
    tab: &str,
    mut typed: RecipesTyped,
    error: hub::Error,
) -> Response {
    if !matches!(error.kind, Kind::Invalid) {
        return sender.refused(state, error, tab).await;
    }
    typed.faults = vec![error.message(sender.lang).to_owned()];
    shown(state, sender, tab, typed, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn shown(
    state: &AppState,
    sender: &Sender,
    tab: &str,
    typed: RecipesTyped,
    status: StatusCode,
) -> Response {
    sender.shown(state, Shell::Live, tab, status, move || provide_context(typed.clone())).await
}

//! The form that says which field of a service is which of a deal, and which stage stands for which status.

use std::collections::BTreeMap;

use app::DealsMappingTyped;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::Kind;
use leptos::prelude::provide_context;
use model::Lang;
use model::api::ConfigUpdate;

use crate::AppState;
use crate::connections::{tab, within_patience};
use crate::drawing::{Sender, Shell};
use crate::extract::Id;
use crate::form::read;

/// The address and what answers at it. Asked for as a page, it leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/connections/{id}/mapping", get(to_tab).post(save))
}

async fn to_tab(Id(id): Id) -> Redirect {
    Redirect::to(&tab(id, "mapping"))
}

/// The form holds `mapping[…]` and `status_words[…]`; words that are not in it stay.
async fn save(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let place = tab(id, "mapping");
    let values = read(&form);
    let (fields, stages) = (entries(&values, "mapping"), entries(&values, "status_words"));
    let error = match store(&state, id, &fields, &stages, sender.lang).await {
        Ok(()) => return Redirect::to(&format!("{place}&notice=saved")).into_response(),
        Err(error) if error.kind == Kind::Invalid => error,
        Err(error) => return sender.refused(&state, error, &place).await,
    };
    let said = within_patience(state.hub.deals_mapping(id), sender.lang).await;
    let typed = DealsMappingTyped { fields, stages, fault: error.message(sender.lang).to_owned() };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let context = move || {
        provide_context(said.clone());
        provide_context(typed.clone());
    };
    sender.shown(&state, Shell::Live, &place, status, context).await
}

async fn store(
    state: &AppState,
    id: i64,
    fields: &BTreeMap<String, String>,
    stages: &BTreeMap<String, String>,
    lang: Lang,
) -> hub::Result<()> {
    let provider = state.hub.account(id, lang).await?.provider;
    let mut status_words = state.hub.config(&provider).await?.status_words;
    status_words.extend(stages.clone());
    let update = ConfigUpdate {
        field_mapping: Some(fields.clone()),
        status_words: Some(status_words),
        ..ConfigUpdate::default()
    };
    state.hub.save_config(&provider, update).await.map(drop)
}

/// The values called `name[key]`, by key.
fn entries(values: &BTreeMap<String, String>, name: &str) -> BTreeMap<String, String> {
    let key = |field: &str| Some(field.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?.to_owned());
    values.iter().filter_map(|(field, value)| Some((key(field)?, value.clone()))).collect()
}

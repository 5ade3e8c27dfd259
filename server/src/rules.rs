//! The forms of the rules of a connection, and of the column that tells its rows apart.

use std::collections::BTreeMap;

use app::RulesTyped;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::{AccountUpdate, NotSaved};
use leptos::prelude::provide_context;
use model::rule::Rule;
use model::{Destination, Text};

use crate::connections::tab;
use crate::drawing::{Sender, Shell};
use crate::extract::Id;
use crate::form::read;
use crate::{AppState, rule_form};

/// Addresses and what answers at them. A form's address, asked for as a page, leads to the page the form is on.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/connections/{id}/rules", get(to_rules).post(add))
        .route("/connections/{id}/rules/remove", get(to_rules).post(remove))
        .route("/connections/{id}/key", get(to_rules).post(choose_key))
}

async fn to_rules(Id(id): Id) -> Redirect {
    Redirect::to(&rules_tab(id))
}

/// One rule more.
async fn add(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let values = read(&form);
    let account = match state.hub.account(id, sender.lang).await {
        Ok(account) => account,
        Err(error) => return sender.refused(&state, error, &rules_tab(id)).await,
    };
    let columns = match account.destination {
        // Each file of a table has its own, and others may come: the load tells where a rule finds none.
        Destination::Tables | Destination::Table { .. } => Vec::new(),
        Destination::Deals | Destination::Dataset { .. } => {
            match state.hub.schema(&account.provider, sender.lang).await {
                Ok(schema) => schema.columns,
                Err(error) => return sender.refused(&state, error, &rules_tab(id)).await,
            }
        }
    };
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let rule = match rule_form::rule(&values) {
        Ok(rule) => rule,
        Err(fault) => return again(&state, &sender, id, values, &[fault]).await,
    };
    let faults = model::rule::faults(std::slice::from_ref(&rule), &names);
    if !faults.is_empty() {
        return again(&state, &sender, id, values, &faults).await;
    }
    let mut rules = account.rules;
    rules.push(rule);
    let update = AccountUpdate { rules: Some(rules), ..AccountUpdate::default() };
    save(&state, &sender, id, values, update, "rules").await
}

/// The form holds the `rule` as it is kept; what is not there any more is gone already.
async fn remove(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let gone = read(&form).remove("rule").and_then(|rule| serde_json::from_str::<Rule>(&rule).ok());
    let mut rules = match state.hub.account(id, sender.lang).await {
        Ok(account) => account.rules,
        Err(error) => return sender.refused(&state, error, &rules_tab(id)).await,
    };
    if let Some(place) = rules.iter().position(|rule| Some(rule) == gone.as_ref()) {
        rules.remove(place);
    }
    let update = AccountUpdate { rules: Some(rules), ..AccountUpdate::default() };
    save(&state, &sender, id, BTreeMap::new(), update, "rules").await
}

/// The form holds `key_column`; empty for whichever is found.
async fn choose_key(State(state): State<AppState>, sender: Sender, Id(id): Id, form: Bytes) -> Response {
    let key_column = read(&form).remove("key_column").unwrap_or_default();
    let update = AccountUpdate { key_column: Some(key_column), ..AccountUpdate::default() };
    save(&state, &sender, id, BTreeMap::new(), update, "key").await
}

async fn save(
    state: &AppState,
    sender: &Sender,
    id: i64,
    values: BTreeMap<String, String>,
    update: AccountUpdate,
    notice: &str,
) -> Response {
    match state.hub.update_account(id, update).await {
        Ok(()) => Redirect::to(&format!("{}&notice={notice}", rules_tab(id))).into_response(),
        Err(NotSaved::Faults(faults)) => {
            let faults: Vec<Text> = faults.into_iter().map(|fault| fault.text).collect();
            again(state, sender, id, values, &faults).await
        }
        Err(NotSaved::Failed(error)) => sender.refused(state, error, &rules_tab(id)).await,
    }
}

/// The tab with a form that was sent and is not right yet.
async fn again(
    state: &AppState,
    sender: &Sender,
    id: i64,
    values: BTreeMap<String, String>,
    faults: &[Text],
) -> Response {
    let faults = faults.iter().map(|fault| fault.get(sender.lang).to_owned()).collect();
    let typed = RulesTyped { values, faults };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    sender.shown(state, Shell::Live, &rules_tab(id), status, move || provide_context(typed.clone())).await
}

/// The tab of the rules.
fn rules_tab(id: i64) -> String {
    tab(id, "rules")
}

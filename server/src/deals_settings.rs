//! The settings of the CRM: after how many days a deal counts as cold.

use app::{BackTo, ColdDaysTyped, DealNotice};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use hub::Kind;
use leptos::prelude::provide_context;
use model::{Text, parse};

use crate::AppState;
use crate::deals_forms::page;
use crate::drawing::{Sender, Shell};
use crate::form::read;
use crate::led_back::{led_back, page_before};

const SETTINGS: &str = "/settings/deals";

/// The page and its form.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route(SETTINGS, get(page).post(save))
}

/// The form holds `days`.
async fn save(State(state): State<AppState>, sender: Sender, form: Bytes) -> Response {
    let (days, next) = (read(&form).remove("days").unwrap_or_default(), page_before(&form));
    let saved = match days.trim().parse() {
        Ok(number) => state.hub.set_cold_days(number).await,
        Err(_) => Err(hub::Error::invalid(not_a_number(&days))),
    };
    match saved {
        Ok(()) => led_back(&next, DealNotice::SettingsSaved),
        Err(error) if matches!(error.kind, Kind::Invalid) => {
            let typed = ColdDaysTyped { days, fault: error.message };
            let provide = move || {
                provide_context(typed.clone());
                provide_context(BackTo(next.clone()));
            };
            sender.shown(&state, Shell::Crm, SETTINGS, StatusCode::UNPROCESSABLE_ENTITY, provide).await
        }
        Err(error) => sender.refused(&state, error, SETTINGS).await,
    }
}

fn not_a_number(typed: &str) -> Text {
    let shown = parse::shorten(typed);
    Text::new(
        format!("« {shown} » n'est pas un nombre de jours : écrivez un nombre entier, comme 10."),
        format!("“{shown}” is not a number of days: write a whole number, such as 10."),
    )
}

//! `/api/settings`: what is set for the CRM as a whole.

use axum::Json;
use axum::extract::State;
use model::Text;
use serde::Serialize;
use utoipa::ToSchema;

use crate::envelope::{Data, Failure};
use crate::extract::{Body, FromFields};
use crate::fields::Fields;
use crate::{ApiError, AppState};

/// The settings.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// After how many days without change an open deal is cold.
    #[schema(minimum = 1, maximum = 365, example = 10)]
    cold_days: u32,
}

impl FromFields for Settings {
    fn from_fields(fields: &mut Fields) -> Option<Settings> {
        match fields.take("cold_days") {
            Some(value) => {
                // 10.0 is a whole number too.
                let whole = |days: &f64| days.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(days);
                match value.as_f64().filter(whole) {
                    Some(days) => Some(Settings { cold_days: days as u32 }),
                    None => fields.wrong_type("cold_days", &value, &DAYS),
                }
            }
            None => {
                fields.fault(Text::fixed("« cold_days » manquant.", "“cold_days” is missing."));
                None
            }
        }
    }
}

const DAYS: Text =
    Text::fixed("un nombre entier de jours de 1 à 365", "a whole number of days from 1 to 365");

/// The settings.
#[utoipa::path(
    get, path = "/api/settings", tag = "settings", responses((status = 200, body = Data<Settings>))
)]
pub(super) async fn find_settings(State(state): State<AppState>) -> Result<Json<Data<Settings>>, ApiError> {
    Ok(Data::of(Settings { cold_days: state.hub.cold_days().await? }))
}

/// Changes the settings.
#[utoipa::path(
    put, path = "/api/settings", tag = "settings", request_body = Settings,
    responses((status = 200, body = Data<Settings>), (status = 400, body = Failure))
)]
pub(super) async fn update_settings(
    State(state): State<AppState>,
    Body(settings): Body<Settings>,
) -> Result<Json<Data<Settings>>, ApiError> {
    state.hub.set_cold_days(settings.cold_days).await?;
    Ok(Data::of(settings))
}

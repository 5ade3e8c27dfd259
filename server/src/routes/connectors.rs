//! `/api/connectors`: settings of the connections, and the test that they work.

use axum::Json;
use axum::extract::{Path, State};
use model::api::{ConfigBody, ConfigUpdate, TestBody};

use super::docs::Connection;
use crate::envelope::{Data, Failure};
use crate::extract::{Body, FromFields};
use crate::fields::Fields;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// Every connection's settings, tokens masked.
#[utoipa::path(
    get, path = "/api/connectors/config", tag = "connectors",
    responses((status = 200, body = Data<Vec<ConfigBody>>))
)]
pub(super) async fn list_configs(
    State(state): State<AppState>,
) -> Result<Json<Data<Vec<ConfigBody>>>, ApiError> {
    Ok(Data::of(state.hub.configs().await?))
}

impl FromFields for ConfigUpdate {
    fn from_fields(fields: &mut Fields) -> Option<ConfigUpdate> {
        Some(ConfigUpdate {
            api_token: fields.text("api_token"),
            base_id: fields.text("base_id"),
            table_name: fields.text("table_name"),
            settings: fields.texts("settings"),
            field_mapping: fields.texts("field_mapping"),
            status_words: fields.texts("status_words"),
            is_active: fields.flag("is_active"),
        })
    }
}

/// Changes a connection's settings; what is absent stays, and so does a token given as `***`.
#[utoipa::path(
    put, path = "/api/connectors/config/{provider}", tag = "connectors", params(Connection),
    request_body = ConfigUpdate,
    responses((status = 200, body = Data<ConfigBody>), (status = 400, body = Failure))
)]
pub(super) async fn update_config(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    Body(update): Body<ConfigUpdate>,
) -> Result<Json<Data<ConfigBody>>, ApiError> {
    Ok(Data::of(state.hub.save_config(&provider, update).await?))
}

/// Tests a connection. A service that says no is an answer too: 200 with `success: false`.
#[utoipa::path(
    post, path = "/api/connectors/test/{provider}", tag = "connectors", params(Connection),
    responses((status = 200, body = TestBody), (status = 400, body = Failure))
)]
pub(super) async fn test_connection(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Path(provider): Path<String>,
) -> Result<Json<TestBody>, ApiError> {
    Ok(Json(state.hub.test(&provider, lang).await?))
}

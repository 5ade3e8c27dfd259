//! `/api/views`: filters of deals that the caller gave a name.

use axum::Json;
use axum::extract::State;
use hub::SavedView;
use serde::Serialize;
use utoipa::ToSchema;

use super::deal_filter::DealQuery;
use super::docs::Numbered;
use crate::access::CurrentUser;
use crate::envelope::{Data, Failure, Removed};
use crate::extract::{Body, FromFields, FromParams, Id};
use crate::fields::Fields;
use crate::params::Params;
use crate::{ApiError, AppState};

/// A view.
#[derive(Serialize, ToSchema)]
pub(super) struct ViewBody {
    /// Its id.
    id: i64,
    /// Its name.
    name: String,
    /// The query of its address, without `?`; empty for all deals.
    #[schema(example = "statut=prospect&sort=client")]
    query: String,
}

/// A view to be kept.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewDraft {
    /// Its name; a view of that name is replaced.
    #[schema(
        min_length = 1,
        max_length = 60,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*[^\u0000-\u001f\u007f-\u009f\s][^\u0000-\u001f\u007f-\u009f]*$"
    )]
    name: String,
    /// A query that `GET /api/deals` understands. Where in the list one stood is not kept.
    #[schema(example = "statut=prospect&sort=client")]
    query: Option<String>,
}

impl FromFields for ViewDraft {
    fn from_fields(fields: &mut Fields) -> Option<ViewDraft> {
        Some(ViewDraft {
            // What is absent is refused as what is empty.
            name: fields.text("name").unwrap_or_default(),
            query: fields.text("query"),
        })
    }
}

/// The caller's views, by name.
#[utoipa::path(
    get, path = "/api/views", tag = "deals",
    responses((status = 200, body = Data<Vec<ViewBody>>))
)]
pub(super) async fn list_views(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
) -> Result<Json<Data<Vec<ViewBody>>>, ApiError> {
    let views = state.hub.saved_views(&visitor.caller).await?;
    Ok(Data::of(views.into_iter().map(body).collect()))
}

/// Keeps a query under a name, at most fifty for everybody.
#[utoipa::path(
    post, path = "/api/views", tag = "deals", request_body = ViewDraft,
    responses((status = 200, body = Data<ViewBody>), (status = 400, body = Failure))
)]
pub(super) async fn save_view(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Body(draft): Body<ViewDraft>,
) -> Result<Json<Data<ViewBody>>, ApiError> {
    let query = draft.query.unwrap_or_default();
    let mut params = Params::parse(query.trim_start_matches('?'));
    DealQuery::from_params(&mut params);
    params.finish()?;
    Ok(Data::of(body(state.hub.save_view(&visitor.caller, &draft.name, &query).await?)))
}

/// Forgets one of the caller's views.
#[utoipa::path(
    delete, path = "/api/views/{id}", tag = "deals", params(Numbered),
    responses(
        (status = 200, body = Data<Removed>), (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn delete_view(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Id(id): Id,
) -> Result<Json<Data<Removed>>, ApiError> {
    state.hub.delete_view(&visitor.caller, id).await?;
    Ok(Data::of(Removed { id }))
}

fn body(SavedView { id, name, query }: SavedView) -> ViewBody {
    ViewBody { id, name, query }
}

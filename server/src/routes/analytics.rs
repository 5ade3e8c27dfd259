//! `/api/analytics`: what the deals that fit a filter come to, by sector, by assignee and in time; and what the
//! filters offer.
//!
//! All take the parameters of `/api/deals`; `limit`, `offset` and `sort` change nothing.

use axum::Json;
use axum::extract::State;
use model::dashboard::{
    ColdDeals, Deadlines, FilterOptions, PerformanceFigures, SectorFigures, VelocityFigures,
};

use super::deal_filter::{DealQuery, DealQueryDoc};
use crate::envelope::{Data, Failure};
use crate::extract::Query;
use crate::{ApiError, AppState};

/// Amounts per sector, largest first.
#[utoipa::path(
    get, path = "/api/analytics/sectors", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<Vec<SectorFigures>>), (status = 400, body = Failure))
)]
pub(super) async fn find_sectors(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<Vec<SectorFigures>>>, ApiError> {
    Ok(Data::of(state.hub.sector_figures(&filter).await?))
}

/// What is overdue and what is due within 30 days.
#[utoipa::path(
    get, path = "/api/analytics/deadlines", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<Deadlines>), (status = 400, body = Failure))
)]
pub(super) async fn find_deadlines(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<Deadlines>>, ApiError> {
    Ok(Data::of(state.hub.deadlines(&filter).await?))
}

/// What each assignee has and won, most won first.
#[utoipa::path(
    get, path = "/api/analytics/performance", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<Vec<PerformanceFigures>>), (status = 400, body = Failure))
)]
pub(super) async fn find_performance(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<Vec<PerformanceFigures>>>, ApiError> {
    Ok(Data::of(state.hub.performance_figures(&filter).await?))
}

/// How many days it takes to win a deal, per sector, fastest first.
#[utoipa::path(
    get, path = "/api/analytics/velocity", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<Vec<VelocityFigures>>), (status = 400, body = Failure))
)]
pub(super) async fn find_velocity(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<Vec<VelocityFigures>>>, ApiError> {
    Ok(Data::of(state.hub.velocity_figures(&filter).await?))
}

/// The open deals that have not changed for the days of the setting, the longest first.
#[utoipa::path(
    get, path = "/api/analytics/cold-deals", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<ColdDeals>), (status = 400, body = Failure))
)]
pub(super) async fn find_cold_deals(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<ColdDeals>>, ApiError> {
    Ok(Data::of(state.hub.cold_deals(&filter).await?))
}

/// The six statuses, and the sectors and assignees that the deals which fit have.
#[utoipa::path(
    get, path = "/api/filters/options", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<FilterOptions>), (status = 400, body = Failure))
)]
pub(super) async fn find_filter_options(
    State(state): State<AppState>,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<FilterOptions>>, ApiError> {
    Ok(Data::of(state.hub.filter_options(&filter).await?))
}

//! `/access/audit`: who did what.

use axum::Router;
use axum::routing::get;

use crate::AppState;
use crate::drawing::still_page;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/access/audit", get(still_page))
}

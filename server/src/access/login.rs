//! `/login` and `/logout`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use hub::{Member, Origin};
use tower_sessions::Session;

use super::current_user::{CurrentUser, From};
use super::forms::{Sent, again};
use super::next_page::{LOGIN, START, login_before, page_of_ours};
use super::{cookie, session_store};
use crate::drawing::{Sender, Shell, draw};
use crate::{ApiError, AppState};

pub(super) fn router() -> Router<AppState> {
    Router::new().route(LOGIN, get(page).post(log_in)).route("/logout", get(to_account).post(log_out))
}

/// The form; in local mode there is nothing to log in to.
async fn page(State(state): State<AppState>, request: Request) -> Response {
    match state.hub.is_protected().await {
        Ok(true) => draw(&state, Shell::Still, request, || {}).await,
        Ok(false) => Redirect::to(START).into_response(),
        Err(error) => ApiError::from(error).into_response(),
    }
}

async fn log_in(
    State(state): State<AppState>,
    From(origin): From,
    session: Session,
    sender: Sender,
    form: Bytes,
) -> Response {
    let sent = Sent::read(&form);
    let next = page_of_ours(sent.text("next"));
    match state.hub.log_in(sent.text("name"), &sent.secret("password"), &origin).await {
        Ok(member) => enter(&session, &member, &origin, &next).await,
        Err(error) => again(&state, &sender, &sent, error, &login_before(Some(&next))).await,
    }
}

/// Begins a session and leads on.
pub(super) async fn enter(session: &Session, member: &Member, origin: &Origin, next: &str) -> Response {
    if let Err(error) = session_store::begin(session, member, origin).await {
        tracing::error!(%error, "a session could not begin");
        return ApiError::internal().into_response();
    }
    Redirect::to(next).into_response()
}

/// The button is on the page of the account: an address that was merely followed ends nothing.
async fn to_account() -> Redirect {
    Redirect::to("/access")
}

async fn log_out(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    session: Session,
) -> Result<Response, ApiError> {
    state.hub.log_out(&visitor).await?;
    if let Some(id) = session.id() {
        state.hub.end_session(&id.to_string()).await?;
    }
    let forgotten = cookie::forgotten(&state.hub).map(|cookie| (SET_COOKIE, cookie));
    Ok((AppendHeaders(forgotten), Redirect::to("/login?notice=out")).into_response())
}

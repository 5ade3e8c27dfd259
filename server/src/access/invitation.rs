//! `/invitation`: whoever follows their link chooses a password, once.
//!
//! The word stands in the query, which no line of the log repeats.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, Request, State};
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::provide_context;
use tower_sessions::Session;
use url::form_urlencoded;

use super::current_user::From;
use super::forms::{Sent, again};
use super::login::enter;
use super::next_page::{LOGIN, START};
use crate::AppState;
use crate::drawing::{Sender, Shell, draw};

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/invitation", get(page).post(accept))
}

async fn page(
    State(state): State<AppState>,
    sender: Sender,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let query = query.unwrap_or_default();
    let word = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "word");
    match state.hub.invited(&word.map(|(_, word)| word).unwrap_or_default()).await {
        Ok(name) => {
            draw(&state, Shell::Still, request, move || provide_context(app::InvitedAs(name.clone()))).await
        }
        Err(error) => sender.refused(&state, error, LOGIN).await,
    }
}

async fn accept(
    State(state): State<AppState>,
    From(origin): From,
    session: Session,
    sender: Sender,
    form: Bytes,
) -> Response {
    let sent = Sent::read(&form);
    let word = sent.text("word");
    match state.hub.accept_invitation(word, &sent.secret("password"), &origin).await {
        Ok(member) => enter(&session, &member, &origin, START).await,
        Err(error) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("word", word).finish();
            again(&state, &sender, &sent, error, &format!("/invitation?{query}")).await
        }
    }
}

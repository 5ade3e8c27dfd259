//! The one gate every request passes: who is asking, and whether they may.
//!
//! A handler cannot forget to ask: what the table does not name is nobody's.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_DISPOSITION, USER_AGENT, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use hub::{Caller, Origin, Visitor};
use model::Text;
use model::access::{Action, Right};
use tower_sessions::Session;

use super::next_page::login_before;
use super::still_in;
use super::table::{self, Need};
use crate::{ApiError, AppState, assets, local_only, localize};

/// Lets through who may; the request then carries its [`Visitor`] and its [`Origin`].
pub(crate) async fn gate(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let (need, action) = asked(&request);
    let origin = origin(&request);
    request.extensions_mut().insert(origin.clone());
    if need == Some(Need::Signature) {
        return next.run(request).await;
    }
    let (is_local, proof) = (local_only::is_local(&request), Proof::of(&request));
    if need == Some(Need::Nothing) && is_local {
        return next.run(request).await;
    }
    let caller = match state.hub.is_protected().await {
        Ok(true) if need == Some(Need::Nothing) => return next.run(request).await,
        Ok(true) => proof.caller(&state, Some(&origin)).await,
        Ok(false) if is_local => Ok(Some(Caller::Local)),
        Ok(false) => return local_only::refused().into_response(),
        // Whoever may ask here is told by the address itself that the database does not answer.
        Err(_) if is_local && !state.hub.was_protected() => Ok(Some(Caller::Local)),
        Err(error) => Err(error),
    };
    let caller = match caller {
        Ok(Some(caller)) => caller,
        Ok(None) => return not_logged_in(&request),
        Err(error) => return ApiError::from(error).into_response(),
    };
    let may = match need {
        Some(Need::To(right)) => caller.may(right),
        Some(Need::Nothing | Need::Signature) => true,
        // In local mode the router says itself that there is nothing.
        None => caller == Caller::Local,
    };
    if !may {
        return refused(&request, need).into_response();
    }
    let visitor = Visitor { caller, origin };
    request.extensions_mut().insert(visitor.clone());
    let response = run_and_note(&state, &visitor, action, request, next).await;
    let proof = Arc::new(proof);
    still_in::held(response, move || is_still_let_in(state.clone(), Arc::clone(&proof), need))
}

/// Whether whoever was let in would be now.
async fn is_still_let_in(state: AppState, proof: Arc<Proof>, need: Option<Need>) -> bool {
    match (state.hub.is_protected().await, need) {
        (Ok(false), _) => true,
        (Ok(true), Some(Need::To(right))) => {
            // That a stream goes on does not say that somebody is there.
            matches!(proof.caller(&state, None).await, Ok(Some(caller)) if caller.may(right))
        }
        (Ok(true) | Err(_), _) => false,
    }
}

/// Runs the request and tells the audit log. A sync is told when it is asked for: its caller may go away before
/// it ends. Everything else is told when it is done.
async fn run_and_note(
    state: &AppState,
    visitor: &Visitor,
    action: Option<Action>,
    request: Request,
    next: Next,
) -> Response {
    let subject = format!("{} {}", request.method(), request.uri().path());
    if action == Some(Action::SyncStarted) {
        state.hub.note_action(visitor, Action::SyncStarted, &subject).await;
        return next.run(request).await;
    }
    let response = next.run(request).await;
    let is_done = !(response.status().is_client_error() || response.status().is_server_error());
    let is_file = response.headers().contains_key(CONTENT_DISPOSITION);
    if let Some(action) = action.or(is_file.then_some(Action::Exported)).filter(|_| is_done) {
        state.hub.note_action(visitor, action, &subject).await;
    }
    response
}

/// What the address asks of its caller, and what the log calls it; no need is none of the table's.
fn asked(request: &Request) -> (Option<Need>, Option<Action>) {
    let (method, path) = (request.method(), request.uri().path());
    let Some(matched) = request.extensions().get::<MatchedPath>() else {
        // No address of the router's: a file of the site, or the page that says so.
        let need = if assets::is_there(path) { Need::Nothing } else { Need::To(Right::Read) };
        return (Some(need), None);
    };
    let rule = table::rule_of(method, matched.as_str());
    (rule.map(|rule| rule.need), rule.and_then(|rule| rule.action))
}

/// Where it comes from. What a caller says of the way it took was judged before (`proxies`).
fn origin(request: &Request) -> Origin {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let browser = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    Origin::new(peer, browser.unwrap_or_default())
}

/// What a request proves with who sends it.
enum Proof {
    /// A token.
    Token(String),
    /// A session's cookie.
    Session(String),
    /// Nothing, or what nobody here gave out.
    Nothing,
}

impl Proof {
    /// A token goes before a session, and one that is none is not made good by it.
    fn of(request: &Request) -> Proof {
        if let Some(authorization) = request.headers().get(AUTHORIZATION) {
            return bearer(authorization).map_or(Proof::Nothing, |token| Proof::Token(token.to_owned()));
        }
        let session = request.extensions().get::<Session>().and_then(Session::id);
        session.map_or(Proof::Nothing, |id| Proof::Session(id.to_string()))
    }

    /// In whose name. That a session was seen is noted where its origin is given.
    async fn caller(&self, state: &AppState, seen: Option<&Origin>) -> hub::Result<Option<Caller>> {
        match self {
            Proof::Token(token) => state.hub.caller_of_token(token).await,
            Proof::Session(key) => state.hub.caller_of_session(key, seen).await,
            Proof::Nothing => Ok(None),
        }
    }
}

fn bearer(authorization: &HeaderValue) -> Option<&str> {
    let (scheme, token) = authorization.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What nobody is told: a page leads to the login, data is refused.
fn not_logged_in(request: &Request) -> Response {
    let path = request.uri().path();
    if localize::is_data(path, request.headers()) {
        let mut response = unauthorized().into_response();
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return response;
    }
    let is_seen = matches!(*request.method(), Method::GET | Method::HEAD);
    let page = request.uri().path_and_query().filter(|_| is_seen).map(|page| page.as_str());
    Redirect::to(&login_before(page)).into_response()
}

/// Nobody is logged in.
pub(super) fn unauthorized() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "unauthorized",
        Text::fixed("Authentification requise", "Authentication required"),
    )
}

/// Why somebody who is logged in is not let through.
fn refused(request: &Request, need: Option<Need>) -> ApiError {
    let Some(Need::To(right)) = need else {
        let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        return if table::is_named(path) {
            localize::of_status(StatusCode::METHOD_NOT_ALLOWED)
        } else {
            tracing::error!(path, "the table of rights does not name this address");
            localize::of_status(StatusCode::NOT_FOUND)
        };
    };
    let needed = match right {
        Right::Read => Text::fixed("lire", "to read"),
        Right::Run => Text::fixed("lancer des synchronisations et des tests", "to start syncs and tests"),
        Right::Change => Text::fixed("modifier", "to change things"),
        Right::Own => Text::fixed("gérer un compte", "to look after an account"),
        Right::Manage => Text::fixed("gérer les accès de tous", "to look after everybody's access"),
    };
    ApiError::new(
        StatusCode::FORBIDDEN,
        "forbidden",
        Text::new(
            format!("Il faut pour cela le droit de {}, que votre rôle ou ce jeton n'a pas.", needed.fr),
            format!("This takes the right {}, which your role or this token does not have.", needed.en),
        ),
    )
}

/// Whether a request that changes something has to prove that it comes from a page of ours: a session's cookie
/// goes along with whatever a browser sends.
pub(crate) fn must_prove_its_page(request: &Request) -> bool {
    let visitor = request.extensions().get::<Visitor>();
    visitor.is_some_and(|visitor| matches!(visitor.caller, Caller::Session { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stands_behind_its_scheme() {
        for (header, token) in [
            ("Bearer psr_x", Some("psr_x")),
            ("bearer  psr_x ", Some("psr_x")),
            ("Basic psr_x", None),
            ("psr_x", None),
            ("", None),
        ] {
            assert_eq!(bearer(&HeaderValue::from_static(header)), token, "{header}");
        }
    }

    #[test]
    fn what_a_caller_says_of_his_way_is_not_believed() {
        let mut request = Request::new(axum::body::Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 5))));
        let headers = request.headers_mut();
        for name in ["x-forwarded-for", "forwarded", "x-real-ip"] {
            headers.insert(name, HeaderValue::from_static("127.0.0.1"));
        }
        assert_eq!(origin(&request).address, Some([192, 0, 2, 1].into()));
    }
}

//! The way of a browser to a service's authorization page and back: two addresses for every connection.
//!
//! Where the page leads back to is the name this machine was asked by, so that the cookie of the one who set
//! out comes along.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{COOKIE, HOST, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use connectors::http::oauth2::random_word;
use hub::{Consent, Error};
use model::Text;
use url::{Url, form_urlencoded};

use crate::AppState;
use crate::drawing::Sender;
use crate::same_origin::{comes_from_here, foreign};

/// Where people see their connections.
const LIST: &str = "/connections";
/// The browser's session, as far as authorizations go.
const SESSION: &str = "oauth_session";

/// Addresses and what answers at them.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/oauth/start/{connection}", get(start)).route("/oauth/callback", get(callback))
}

/// Leads to the service's page. Other sites may not send anybody on this way.
async fn start(State(state): State<AppState>, sender: Sender, Path(connection): Path<String>) -> Response {
    if !comes_from_here(&sender.headers) {
        return foreign().into_response();
    }
    let session = match session(&sender.headers).map(str::to_owned).map_or_else(random_word, Ok) {
        Ok(session) => session,
        Err(error) => return sender.refused(&state, error.into(), LIST).await,
    };
    let public = state.hub.public_url();
    match state.hub.begin_authorization(&connection, &way_back(public, &sender.headers), &session).await {
        Ok(page) => (remember(&session), Redirect::to(page.as_str())).into_response(),
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// Where every service's page leads back to.
async fn callback(State(state): State<AppState>, sender: Sender, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let find = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    let consent = match (find("code"), find("error")) {
        (_, Some(word)) => Some(Consent::Refused(word)),
        (Some(code), None) => Some(Consent::Given(code.into())),
        (None, None) => None,
    };
    let (Some(word), Some(consent)) = (find("state"), consent) else {
        return sender.refused(&state, incomplete(), LIST).await;
    };
    let session = session(&sender.headers).unwrap_or_default();
    match state.hub.finish_authorization(&word, session, consent).await {
        Ok(connection) => sender.led(&state, connected(&state, &sender, &connection).await, LIST).await,
        Err(error) => sender.refused(&state, error, LIST).await,
    }
}

/// The page of a connection that has just been authorized. One that was deleted meanwhile leads to the list.
///
/// # Errors
/// The database does not answer.
async fn connected(state: &AppState, sender: &Sender, provider: &str) -> hub::Result<String> {
    let accounts = state.hub.accounts(sender.lang).await?;
    let account = accounts.iter().find(|account| account.provider == provider);
    Ok(account.map_or_else(|| LIST.to_owned(), |account| format!("{LIST}/{}?notice=connected", account.id)))
}

/// The name this program was asked by is one of its own, or the one that the operator says it has: there the
/// browser may have come by HTTPS.
fn way_back(public: Option<&Url>, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_public = |url: &&Url| url.authority().eq_ignore_ascii_case(host);
    let scheme = public.filter(is_public).map_or("http", Url::scheme);
    format!("{scheme}://{host}/oauth/callback")
}

fn session(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == SESSION && !value.is_empty()).then_some(value))
}

/// `Lax`, because the way back comes from the service's site.
fn remember(session: &str) -> AppendHeaders<Option<(axum::http::HeaderName, HeaderValue)>> {
    let cookie = format!("{SESSION}={session}; Path=/oauth; HttpOnly; SameSite=Lax");
    AppendHeaders(HeaderValue::try_from(cookie).ok().map(|cookie| (SET_COOKIE, cookie)))
}

fn incomplete() -> Error {
    Error::invalid(Text::fixed(
        "Ce retour d'autorisation est incomplet.",
        "This return of an authorization is incomplete.",
    ))
    .hint(Some(Text::fixed(
        "Recommencez depuis la page de la connexion.",
        "Begin again on the connection's page.",
    )))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_way_back_is_the_one_the_browser_came() {
        let public = Url::parse("https://crm.example.com").ok();
        for (host, way) in [
            ("crm.example.com", "https://crm.example.com/oauth/callback"),
            ("CRM.example.com", "https://CRM.example.com/oauth/callback"),
            ("127.0.0.1:3000", "http://127.0.0.1:3000/oauth/callback"),
        ] {
            let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
            assert_eq!(way_back(public.as_ref(), &headers), way);
        }
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost:3000"))]);
        assert_eq!(way_back(None, &headers), "http://localhost:3000/oauth/callback");
    }
}

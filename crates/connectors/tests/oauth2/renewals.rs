//! Tokens that end, are refused or taken back: one renewal, kept before it is used.

use std::sync::Arc;
use std::time::Duration;

use connectors::ErrorKind;
use connectors::http::TokenSource;
use connectors::http::oauth2::Grant;
use futures_util::future::join_all;
use model::Lang;
use sandbox::oauth::{Lifetime, Options};
use sandbox::{Fault, Kind, Rule};
use secrecy::ExposeSecret;

use crate::ground::Ground;

#[tokio::test]
async fn a_token_that_ends_in_the_middle_is_renewed_once_and_the_work_goes_on() {
    let at = Ground::new().await;
    let session = at.session(at.typed());
    at.me(session.clone()).await.unwrap();
    // Here it is still good for an hour; there it is not.
    at.server.clock().advance(Duration::from_secs(3_601));
    at.me(session.clone()).await.unwrap();
    assert_eq!(at.requests(), (2, 0));
    assert_eq!(at.server.log().count(Kind::Account), 3, "asked, refused, asked again");
    // A service that refuses the new one too is believed.
    at.server.fault(Rule::new(Kind::Account, Fault::Unauthorized).always());
    assert_eq!(at.me(session).await.unwrap_err().kind, ErrorKind::Unauthorized);
    assert_eq!(at.requests(), (3, 0));
}

#[tokio::test]
async fn many_at_once_are_one_renewal() {
    let at = Ground::new().await;
    let typed = at.typed();
    at.server.set_latency(Duration::from_millis(20));
    let one = at.session(typed.clone());
    let tokens = join_all((0..20).map(|_| one.token())).await;
    let first = tokens[0].as_ref().unwrap().expose_secret().to_owned();
    assert!(tokens.iter().all(|token| token.as_ref().unwrap().expose_secret() == first));
    assert_eq!(at.requests(), (1, 0), "in one session");

    // The service refuses what all of them hold.
    let sessions: Vec<Arc<dyn TokenSource>> = (0..5).map(|_| at.session(typed.clone())).collect();
    let refused = first.into();
    let renewed = join_all(sessions.iter().map(|session| session.renewed(&refused))).await;
    assert!(renewed.iter().all(Result::is_ok));
    assert_eq!(at.requests(), (2, 0), "in several sessions of one connection");
}

#[tokio::test]
async fn tokens_are_kept_before_anybody_has_them() {
    let at = Ground::new().await;
    let token = at.session(at.typed()).token().await.unwrap();
    assert_eq!(at.keeper.saved.lock().unwrap().as_slice(), [token.expose_secret()]);
}

#[tokio::test]
async fn a_caller_who_goes_away_does_not_take_the_tokens_along() {
    let at = Ground::new().await;
    let session = at.session(at.typed());
    at.server.set_latency(Duration::from_millis(20));
    let asking = tokio::spawn({
        let session = session.clone();
        async move { session.token().await }
    });
    at.server.log().wait_for(Kind::Create, 1).await;
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    // The rotated token came back to nobody, and was kept all the same.
    session.token().await.unwrap();
    assert_eq!(at.requests(), (1, 0));
    assert_eq!(at.keeper.saved.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_grant_that_was_taken_back_is_lost_and_not_asked_for_again() {
    let at = Ground::new().await;
    let session = at.session(at.typed());
    at.me(session.clone()).await.unwrap();
    at.server.revoke_all();
    let error = at.me(session.clone()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.message.get(Lang::Fr).contains("expiré ou a été révoquée"), "{error:?}");
    assert!(error.hint.as_ref().unwrap().get(Lang::Fr).starts_with("Reconnectez"), "{error:?}");
    at.tells_nothing(&error);
    assert_eq!(at.requests(), (1, 1), "no second try");
    assert!(at.keeper.lost.lock().unwrap().is_some());
    assert!(at.me(at.session(at.typed())).await.is_err(), "known by all sessions");
    assert_eq!(at.requests(), (1, 1));
}

#[tokio::test]
async fn without_a_refresh_token_the_end_is_a_loss() {
    let at =
        Ground::with(Options { refreshes: false, lifetime: Lifetime::Untold, ..Options::default() }).await;
    *at.keeper.kept.lock().unwrap() = Some(at.agreed().await.unwrap());
    let session = at.session(Grant::AuthorizationCode);
    at.me(session.clone()).await.unwrap();
    at.server.revoke_all();
    let error = at.me(session).await.unwrap_err();
    assert!(error.message.get(Lang::Fr).contains("pas donné de quoi la renouveler"), "{error:?}");
    assert!(at.keeper.lost.lock().unwrap().is_some());
    assert_eq!(at.requests(), (1, 0), "there was nothing to ask with");
}

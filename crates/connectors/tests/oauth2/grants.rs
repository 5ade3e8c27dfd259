//! Each way to tokens.

use connectors::ErrorKind;
use connectors::http::oauth2::{self, Assertion, ClientAuth, Grant, Pkce};
use model::Lang;
use sandbox::assertion::{KEY, OTHER_KEY};
use sandbox::oauth::Lifetime;
use secrecy::ExposeSecret;

use crate::ground::{BACK, Ground, made_up};

#[tokio::test]
async fn a_client_speaks_for_itself_either_way() {
    for auth in [ClientAuth::Body, ClientAuth::Basic] {
        let mut at = Ground::new().await;
        at.client.auth = auth;
        let session = at.session(Grant::ClientCredentials);
        for _ in 0..3 {
            assert_eq!(at.me(session.clone()).await.unwrap()["client_id"], "passerelle");
        }
        assert_eq!(at.requests(), (1, 0), "{auth:?}");
        // Another session of the connection takes what is kept.
        at.me(at.session(Grant::ClientCredentials)).await.unwrap();
        assert_eq!(at.requests(), (1, 0));
    }
}

#[tokio::test]
async fn a_typed_refresh_token_serves_once_and_later_ones_take_its_place() {
    let at = Ground::new().await;
    let typed = at.typed();
    at.server.set_lifetime(Lifetime::Seconds(0));
    for round in 1..=3 {
        // A new session each time: what the last one was given must have been kept.
        at.session(typed.clone()).token().await.unwrap();
        assert_eq!(at.requests(), (round, 0));
    }
    assert_eq!(at.keeper.saved.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn where_refresh_tokens_do_not_rotate_the_old_one_stays() {
    let at = Ground::with(sandbox::oauth::Options { rotates: false, ..Default::default() }).await;
    let typed = at.typed();
    let Grant::RefreshToken(word) = &typed else { unreachable!() };
    at.server.set_lifetime(Lifetime::Seconds(0));
    let session = at.session(typed.clone());
    session.token().await.unwrap();
    session.token().await.unwrap();
    assert_eq!(at.requests(), (2, 0));
    let kept = at.keeper.kept.lock().unwrap().clone().unwrap();
    assert_eq!(kept.refresh.unwrap().expose_secret(), word.expose_secret());
}

#[tokio::test]
async fn a_person_agrees_and_the_session_goes_on_from_there() {
    let at = Ground::new().await;
    let session = at.session(Grant::AuthorizationCode);
    let error = session.token().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.hint.unwrap().get(Lang::Fr).contains("« Connecter »"));
    assert!(at.keeper.lost.lock().unwrap().is_none(), "what was never had is not lost");

    let tokens = at.agreed().await.unwrap();
    *at.keeper.kept.lock().unwrap() = Some(tokens);
    at.me(session.clone()).await.unwrap();
    assert_eq!(at.requests(), (1, 0));
    at.server.clock().advance(std::time::Duration::from_secs(3_601));
    at.me(session).await.unwrap();
    assert_eq!(at.requests(), (2, 0), "renewed by the refresh token of the consent");
}

#[tokio::test]
async fn a_public_client_agrees_without_a_secret() {
    for auth in [ClientAuth::Body, ClientAuth::Basic] {
        let mut at = Ground::new().await;
        at.client.auth = auth;
        at.client.client_secret = None;
        at.client.client_id = at.server.public_client_id().to_owned();
        assert!(at.agreed().await.unwrap().refresh.is_some());
    }
}

#[tokio::test]
async fn a_code_without_its_verifier_is_worth_nothing() {
    let at = Ground::new().await;
    let (asked, other) = (Pkce::new().unwrap(), Pkce::new().unwrap());
    let back = at.consent(&asked.challenge).await;
    assert_eq!(back[1], ("state".to_owned(), "the state".to_owned()));
    let code = back[0].1.clone().into();
    for verifier in [&other.verifier, &asked.verifier] {
        // The second time the verifier is right, and the code was used.
        let refused = oauth2::exchange(&at.http, &at.client, &code, verifier, BACK).await.err().unwrap();
        assert_eq!(refused.kind, ErrorKind::Unauthorized);
        at.tells_nothing(&refused);
    }
    assert_eq!(at.requests(), (0, 2), "neither was repeated");
}

#[tokio::test]
async fn without_a_keeper_tokens_live_as_long_as_the_session() {
    let at = Ground::new().await;
    let session = oauth2::session(&at.context(None), at.client.clone(), at.typed());
    at.server.set_lifetime(Lifetime::Seconds(0));
    session.token().await.unwrap();
    session.token().await.unwrap();
    assert_eq!(at.requests(), (2, 0), "by the rotated token");
    let refused = oauth2::session(&at.context(None), at.client.clone(), Grant::RefreshToken(made_up()));
    let error = refused.token().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(!format!("{error:?}").contains("CANARY"));
}

#[tokio::test]
async fn a_client_signs_for_itself() {
    let at = Ground::new().await;
    let signed = |word: Assertion| at.session(Grant::Assertion(word));
    for key in [KEY.to_owned(), KEY.replace('\n', "\\n"), format!("\n {KEY} ")] {
        let word = Assertion { key: key.into(), ..at.assertion() };
        word.check().unwrap();
        assert_eq!(at.me(signed(word)).await.unwrap()["client_id"], "passerelle");
    }
    assert_eq!(at.requests(), (1, 0), "the sessions of a connection share its token");
}

#[tokio::test]
async fn a_signed_word_that_is_refused_loses_nothing() {
    let at = Ground::new().await;
    for word in [
        Assertion { key: OTHER_KEY.into(), ..at.assertion() },
        Assertion { issuer: "nobody".to_owned(), ..at.assertion() },
        Assertion { audience: "https://elsewhere.example".to_owned(), ..at.assertion() },
    ] {
        let error = at.session(Grant::Assertion(word)).token().await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unauthorized);
        assert!(error.message.en.contains("Invalid JWT"), "{error}");
    }
    at.session(Grant::Assertion(at.assertion())).token().await.unwrap();
    for key in ["", "CANARY", "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"] {
        let error = Assertion { key: key.into(), ..at.assertion() }.check().unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(!format!("{error:?}").contains("CANARY"));
    }
}

//! The way through the service's page and back.

use chrono::{TimeDelta, Utc};
use hub::{Consent, Kind};
use model::Lang;
use model::api::{ConfigUpdate, instant};
use store::ConsentRow;

use crate::ground::{BACK, BROWSER, Ground, VAULT};

#[tokio::test]
async fn a_person_agrees_and_the_connection_works() {
    let at = Ground::new().await;
    assert_eq!(at.hub.grant(VAULT).await.unwrap(), None);
    let test = at.test().await;
    assert!(!test.success && test.hint.unwrap().contains("« Connecter »"));
    at.agree().await;
    let grant = at.hub.grant(VAULT).await.unwrap().unwrap();
    assert!(grant.connected && grant.expires_at.is_some() && grant.lost.is_none());
    assert!(at.test().await.success);
    assert_eq!(at.requests(), 1);
}

#[tokio::test]
async fn a_state_counts_once_in_its_own_browser() {
    let at = Ground::new().await;
    let refusal = |state: &str, browser: &'static str, consent: Consent| {
        let (hub, state) = (at.hub.clone(), state.to_owned());
        async move {
            let error = hub.finish_authorization(&state, browser, consent).await.unwrap_err();
            assert_eq!(error.kind, Kind::Invalid, "{error}");
            assert!(error.hint.is_some());
            error.message(Lang::Fr).to_owned()
        }
    };
    let (state, consent) = at.page().await;
    assert!(refusal("made-up", BROWSER, consent.clone()).await.contains("inconnu"));
    assert!(refusal(&state, "another", consent.clone()).await.contains("autre navigateur"));
    assert!(refusal(&state, BROWSER, consent).await.contains("déjà servi"), "whoever tried, it is used");
    assert_eq!(at.requests(), 0, "no code went anywhere");

    let (state, consent) = at.page().await;
    at.hub.finish_authorization(&state, BROWSER, consent.clone()).await.unwrap();
    assert!(refusal(&state, BROWSER, consent).await.contains("déjà servi"));
    assert!(at.test().await.success, "what was granted stays");
}

#[tokio::test]
async fn ten_minutes_are_enough() {
    let at = Ground::new().await;
    // Known by its hash alone: SHA-256 of "late" and "me".
    let (late, me) = (
        "089001a35679a33ef3db0ca350db9b9a2f0136e0e327577b04b3b98127470961",
        "2744ccd10c7533bd736ad890f9dd5cab2adb27b07d500b9493f29cdc420cb2e0",
    );
    let consent = ConsentRow {
        provider: VAULT.to_owned(),
        verifier: "v".into(),
        redirect_uri: BACK.to_owned(),
        session_hash: me.to_owned(),
        created_at: instant(Utc::now() - TimeDelta::seconds(601)),
    };
    at.store.put_consent(late, &consent, "").await.unwrap();
    let given = Consent::Given("code".into());
    let error = at.hub.finish_authorization("late", "me", given).await.unwrap_err();
    assert!(error.message(Lang::Fr).contains("plus de dix minutes"), "{error}");
}

#[tokio::test]
async fn a_refusal_is_told_in_words_and_nothing_else_is_repeated() {
    let at = Ground::new().await;
    at.server.refuse_consent(true);
    let (state, consent) = at.page().await;
    let error = at.hub.finish_authorization(&state, BROWSER, consent).await.unwrap_err();
    assert!(error.message(Lang::Fr).contains("a été refusée sur la page du service"), "{error}");
    for (word, shown) in [("server_error", true), ("<script>", false), ("", false)] {
        let (state, _) = at.page().await;
        let consent = Consent::Refused(word.to_owned());
        let error = at.hub.finish_authorization(&state, BROWSER, consent).await.unwrap_err();
        let said = error.message(Lang::Fr);
        assert!(said.contains("n'a pas accordé") && said.contains('(') == shown, "{said}");
    }
    assert_eq!(at.requests(), 0);
}

#[tokio::test]
async fn a_code_that_the_service_refuses_connects_nothing() {
    let at = Ground::new().await;
    let (state, _) = at.page().await;
    let error =
        at.hub.finish_authorization(&state, BROWSER, Consent::Given("CANARY-code".into())).await.unwrap_err();
    assert_eq!(error.kind, Kind::Service("unauthorized"));
    assert!(!format!("{error:?}").contains("CANARY"));
    assert!(!at.hub.grant(VAULT).await.unwrap().unwrap().connected);
    at.agree().await;
}

#[tokio::test]
async fn only_connections_with_a_page_have_one() {
    let at = Ground::new().await;
    let begin = |name: &'static str| at.hub.begin_authorization(name, BACK, BROWSER);
    assert_eq!(begin("nobody").await.unwrap_err().kind, Kind::NotFound);
    for (key, kind) in [("authorize_url", Kind::Service("invalid_settings")), ("token_url", Kind::Invalid)] {
        let settings = Some([(key.to_owned(), String::new())].into());
        at.hub.save_config(VAULT, ConfigUpdate { settings, ..ConfigUpdate::default() }).await.unwrap();
        assert_eq!(begin(VAULT).await.unwrap_err().kind, kind, "{key}");
    }
}

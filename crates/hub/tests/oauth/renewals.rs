//! Tokens that end, by whoever uses them, and those that nobody uses.

use std::time::Duration;

use chrono::TimeDelta;
use model::Lang;
use sandbox::Kind;
use store::testing::TempPostgres;

use crate::ground::{Ground, VAULT};

#[tokio::test]
async fn two_servers_renew_once_on_sqlite() {
    two_servers_renew_once(Ground::new().await).await;
}

#[tokio::test]
async fn two_servers_renew_once_on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    two_servers_renew_once(Ground::on(postgres.url().to_owned(), None).await).await;
}

async fn two_servers_renew_once(at: Ground) {
    at.agree().await;
    let other = at.another_hub().await;
    at.server.set_latency(Duration::from_millis(20));
    for round in 2..5 {
        at.age(TimeDelta::hours(1)).await;
        let tests = [&at.hub, &at.hub, &other, &other].map(|hub| hub.test(VAULT, Lang::Fr));
        for test in futures_util::future::join_all(tests).await {
            let test = test.unwrap();
            assert!(test.success, "{}", test.message);
        }
        // A second request with the same refresh token would have voided the grant.
        assert_eq!(at.requests(), round);
    }
    other.close().await;
    at.hub.close().await;
    at.store.close().await;
}

#[tokio::test]
async fn what_the_service_refuses_is_renewed_in_the_middle() {
    let at = Ground::connected().await;
    at.server.clock().advance(Duration::from_secs(3_601));
    assert!(at.test().await.success);
    assert_eq!(at.requests(), 2);
}

#[tokio::test]
async fn a_grant_taken_back_is_lost_until_somebody_agrees_again() {
    let at = Ground::connected().await;
    at.server.revoke_all();
    let test = at.test().await;
    assert!(!test.success && test.hint.unwrap().starts_with("Reconnectez"), "{}", test.message);
    let grant = at.hub.grant(VAULT).await.unwrap().unwrap();
    assert!(!grant.connected && grant.lost.is_some());
    let lost = at.hub.lost_grants().await.unwrap();
    assert_eq!((lost.len(), lost[0].provider.as_str()), (1, VAULT));
    assert!(lost[0].why.get(Lang::Fr).contains("révoquée") && !lost[0].at.is_empty());
    assert_eq!(at.requests(), 2);
    assert!(!at.test().await.success);
    assert_eq!(at.requests(), 2, "the server is not asked again");

    at.agree().await;
    assert!(at.test().await.success && at.hub.lost_grants().await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_secret_stands_in_the_database() {
    let at = Ground::connected().await;
    at.page().await;
    at.hub.close().await;
    at.store.close().await;
    let file = at.url.strip_prefix("sqlite://").unwrap();
    let bytes = std::fs::read(file).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("oauth_grants") && text.contains(VAULT), "the file was looked through");
    let issued = at.server.issued();
    assert!(issued.len() >= 4);
    let secrets = [at.server.client_secret(), crate::ground::BROWSER];
    for secret in issued.iter().map(String::as_str).chain(secrets) {
        assert!(!text.contains(secret), "a secret stands in plain");
    }
}

#[tokio::test]
async fn grants_that_nobody_uses_are_renewed_once_a_day() {
    let at = Ground::connected().await;
    let watch = |hub: hub::Hub| tokio::spawn(async move { hub.watch_grants().await });
    at.age(TimeDelta::hours(24)).await;
    let watching = watch(at.hub.clone());
    at.server.log().wait_for(Kind::Create, 2).await;
    // The grant is as new again once the renewal is kept.
    while at
        .store
        .grant(VAULT)
        .await
        .unwrap()
        .unwrap()
        .expires_at
        .is_none_or(|end| end < model::api::instant(chrono::Utc::now()))
    {
        tokio::task::yield_now().await;
    }
    watching.abort();
    assert!(at.test().await.success);
    assert_eq!(at.requests(), 2);

    // One that was taken back is found to be lost before anybody needs it.
    at.age(TimeDelta::hours(24)).await;
    at.server.revoke_all();
    let watching = watch(at.hub.clone());
    while at.hub.lost_grants().await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    watching.abort();
}

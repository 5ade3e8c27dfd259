//! An address is judged each time it is dialled, not only when it is saved.

use futures_util::FutureExt;
use model::{Event, Lang};
use secrecy::SecretString;
use store::{Store, WebhookRow};
use tokio::net::TcpListener;

use super::harness::{keys, open};

#[tokio::test]
async fn a_stored_address_that_leads_inside_is_not_dialled() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let hub = open(&url, "http://127.0.0.1:9").await;
    let canary = TcpListener::bind("127.0.0.1:0").await.unwrap();

    // As it stands there once the operator no longer allows this machine.
    let row = WebhookRow {
        id: 0,
        reference: "inside".into(),
        title: "Canary".into(),
        url: format!("http://{}/", canary.local_addr().unwrap()),
        events: vec![Event::RunFailed],
        is_active: true,
        disabled: None,
        created_at: "2026-11-21T08:00:00.000Z".into(),
        updated_at: "2026-11-21T08:00:00.000Z".into(),
    };
    let store = Store::open(&url, keys()).await.unwrap();
    let secret = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
    let mut batch = store.begin().await.unwrap();
    let id = batch.add_webhook(&store, &row, &secret).await.unwrap();
    batch.commit().await.unwrap();

    let told = hub.test_webhook(id, Lang::Fr).await.unwrap();
    assert_eq!((told.status.as_str(), told.response_status), ("failed", None));
    assert!(told.error.is_some_and(|why| why.contains("PASSERELLE_ALLOW_PRIVATE_HOSTS")));
    let dialled = canary.accept().now_or_never();
    assert!(dialled.is_none(), "the address was dialled");
}

//! What was granted to one client is nothing to another.

use std::collections::BTreeMap;

use hub::{AccountDraft, AccountUpdate};
use model::Lang;
use model::api::ConfigUpdate;
use sandbox::{Fault, Kind, Rule};

use crate::ground::{BROWSER, Ground, VAULT};
use crate::ledger::LEDGER;

fn with(settings: BTreeMap<String, String>) -> ConfigUpdate {
    ConfigUpdate { settings: Some(settings), ..ConfigUpdate::default() }
}

#[tokio::test]
async fn another_client_address_or_secret_forgets_the_grant() {
    for update in [
        with([("client_id".to_owned(), "another".to_owned())].into()),
        with([("scope".to_owned(), "write".to_owned())].into()),
        with([("token_url".to_owned(), "https://elsewhere.example/token".to_owned())].into()),
        ConfigUpdate { api_token: Some("another-secret".to_owned()), ..ConfigUpdate::default() },
        ConfigUpdate { api_token: Some(String::new()), ..ConfigUpdate::default() },
    ] {
        let at = Ground::connected().await;
        // Saved as it is, it stays.
        at.hub.save_config(VAULT, with(at.settings())).await.unwrap();
        assert!(at.hub.grant(VAULT).await.unwrap().unwrap().connected);
        at.hub.save_config(VAULT, update.clone()).await.unwrap();
        assert_eq!(at.hub.grant(VAULT).await.unwrap(), None, "{update:?}");
    }
}

#[tokio::test]
async fn a_consent_for_the_old_settings_does_not_count_for_the_new() {
    let at = Ground::new().await;
    let (state, consent) = at.page().await;
    at.hub.save_config(VAULT, with([("scope".to_owned(), "write".to_owned())].into())).await.unwrap();
    at.hub.finish_authorization(&state, BROWSER, consent).await.unwrap_err();
    assert_eq!(at.requests(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewal_under_way_brings_nothing_back() {
    let at = Ground::connected().await;
    let (hub, forgetting) = (at.hub.clone(), at.hub.clone());
    at.server.clock().advance(std::time::Duration::from_secs(3_601));
    let handle = tokio::runtime::Handle::current();
    // Just before the server answers, the connection is disconnected.
    let forget = move || {
        let (hub, handle) = (forgetting.clone(), handle.clone());
        std::thread::spawn(move || handle.block_on(hub.forget_grant(VAULT)).unwrap()).join().unwrap();
    };
    at.server.fault(Rule::new(Kind::Create, Fault::meanwhile(forget)));
    let test = hub.test(VAULT, model::Lang::Fr).await.unwrap();
    assert!(test.message.contains("modifiée ou supprimée"), "{}", test.message);
    assert_eq!(at.hub.grant(VAULT).await.unwrap(), None);
}

#[tokio::test]
async fn a_form_is_tried_with_what_was_granted_unless_it_is_for_another_client() {
    let at = Ground::connected().await;
    let id = at.hub.account_id(VAULT).await.unwrap().unwrap();
    let draft = |values: BTreeMap<String, String>| AccountDraft {
        title: "Coffre".to_owned(),
        kind: LEDGER.to_owned(),
        values,
        destination: None,
        schedule: None,
    };
    let same = at.hub.test_account_draft(&draft(at.settings()), Some(id), Lang::Fr).await.unwrap();
    assert!(same.success, "{same:?}");
    let mut another = at.settings();
    another.insert("scope".to_owned(), "write".to_owned());
    for (values, stored) in [(another, Some(id)), (at.settings(), None)] {
        let tested = at.hub.test_account_draft(&draft(values), stored, Lang::Fr).await.unwrap();
        assert_eq!(tested.code.as_deref(), Some("unauthorized"), "{tested:?}");
    }
    assert!(at.hub.grant(VAULT).await.unwrap().unwrap().connected, "trying changes nothing");
}

#[tokio::test]
async fn another_way_in_is_another_grant() {
    for setting in ["auth_type", "oauth_grant", "username"] {
        let at = Ground::connected().await;
        let mut row = at.store.config(VAULT).await.unwrap().unwrap();
        let id = row.id;
        row.settings.insert(setting.to_owned(), "before".to_owned());
        let mut batch = at.store.begin().await.unwrap();
        batch.put_config(&row).await.unwrap();
        batch.commit().await.unwrap();
        let mut values = row.settings.clone();
        values.insert(setting.to_owned(), "after".to_owned());
        let update = AccountUpdate { values, ..AccountUpdate::default() };
        at.hub.update_account(id, update).await.unwrap();
        assert_eq!(at.hub.grant(VAULT).await.unwrap(), None, "{setting}");
    }
}

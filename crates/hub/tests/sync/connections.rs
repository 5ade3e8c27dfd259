//! Connections: settings, secrets, tests, the playground.

use hub::Kind;
use model::Lang;
use model::api::{ConfigUpdate, MASK};

use super::harness::{BASE, Harness, counts};

#[tokio::test]
async fn a_token_is_kept_masked_replaced_and_removed() {
    let at = Harness::new().await;
    let token = |text: &str| ConfigUpdate { api_token: Some(text.to_owned()), ..ConfigUpdate::default() };
    let config = at.hub.config("airtable").await.unwrap();
    assert_eq!((config.api_token.as_deref(), config.configured), (Some(MASK), true));
    // Absent, or as it was shown: the stored one stays, and works.
    for update in [ConfigUpdate::default(), token(MASK)] {
        let config = at.hub.save_config("airtable", update).await.unwrap();
        assert_eq!(config.api_token.as_deref(), Some(MASK));
        assert!(at.hub.test("airtable", Lang::Fr).await.unwrap().success);
    }
    let config = at.hub.save_config("airtable", token("")).await.unwrap();
    assert_eq!((config.api_token, config.configured), (None, false));
    let error = at.hub.test("airtable", Lang::Fr).await.unwrap_err();
    assert_eq!(error.kind, Kind::NotConfigured);
    assert_eq!(
        error.message(Lang::Fr),
        "Aucune configuration trouvée pour airtable. Configurez d'abord le connecteur."
    );
}

#[tokio::test]
async fn a_pasted_link_gives_the_base() {
    let at = Harness::new().await;
    let link = format!("https://airtable.com/{BASE}/tblXXXXXXXXXXXXXX/viwYYYYYYYYYYYYYY?blocks=hide");
    let update = ConfigUpdate { base_id: Some(link), ..ConfigUpdate::default() };
    assert_eq!(at.hub.save_config("airtable", update).await.unwrap().base_id.as_deref(), Some(BASE));
}

#[tokio::test]
async fn only_known_connections_exist() {
    let at = Harness::new().await;
    let error = at.hub.save_config("hubspot", ConfigUpdate::default()).await.unwrap_err();
    assert_eq!(error.message(Lang::Fr), "Provider non supporté. Valeurs acceptées: airtable, notion");
    assert_eq!(at.hub.configs().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_test_tells_what_it_found() {
    let at = Harness::new().await;
    at.table.insert((0..3).map(|i| serde_json::json!({"Name": format!("C{i}")}))).unwrap();
    let test = at.hub.test("airtable", Lang::Fr).await.unwrap();
    assert_eq!((test.success, test.table_name.as_deref(), test.record_count), (true, Some("Deals"), Some(3)));
    let amount = test.fields.iter().find(|f| f.name == "Amount").unwrap();
    assert_eq!((amount.native_type.as_str(), amount.writable), ("currency", true));
    assert_eq!(at.hub.known_fields("airtable").await.unwrap(), test.fields);
}

#[tokio::test]
async fn without_an_account_there_are_24_deals_to_play_with() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let at = Harness::on(&url, Some(folder)).await;
    let config = at.hub.try_without_account("airtable").await.unwrap();
    assert!(config.sandbox && config.configured);
    let test = at.hub.test("airtable", Lang::Fr).await.unwrap();
    assert_eq!((test.success, test.record_count), (true, Some(24)), "{test:?}");
    assert_eq!(counts(&at.import().await), [24, 24, 0, 0, 0]);
    assert_eq!(counts(&at.export().await), [24, 0, 0, 24, 0]);
    // A real token ends the play, and is not overwritten by starting it again.
    at.configure(ConfigUpdate::default()).await;
    assert!(!at.hub.config("airtable").await.unwrap().sandbox);
    assert_eq!(at.hub.try_without_account("airtable").await.unwrap_err().kind, Kind::Invalid);
}

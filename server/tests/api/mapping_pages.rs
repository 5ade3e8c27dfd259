//! The tab where fields and stages of a service are matched with those of deals.

use model::api::ConfigUpdate;
use sandbox::airtable::{Field, FieldType};
use serde_json::json;

use crate::harness::TestApp;

async fn configured() -> (TestApp, String) {
    let app = TestApp::configured().await;
    app.table.add_field(Field::new("Stage", FieldType::single_select(&["Lead", "Devis", "Won"])));
    app.fill([json!({"Name": "dupont", "Stage": "Devis", "Amount": 10})]);
    let mapping = [("client", "Name"), ("montant_brut", "Amount"), ("statut", "Stage")];
    let field_mapping = mapping.map(|(field, name)| (field.to_owned(), name.to_owned())).into();
    let update = ConfigUpdate { field_mapping: Some(field_mapping), ..ConfigUpdate::default() };
    app.hub.save_config("airtable", update).await.unwrap();
    let accounts = app.hub.accounts(model::Lang::Fr).await.unwrap();
    let id = accounts.iter().find(|account| account.provider == "airtable").unwrap().id;
    (app, format!("/connections/{id}"))
}

#[tokio::test]
async fn stages_are_offered_with_what_they_stand_for_and_kept() {
    let (app, place) = configured().await;
    let tab = app.get(&format!("{place}?tab=mapping")).await;
    for words in [
        "Mapping",
        "mapping[montant_brut]",
        "status_words[Devis]",
        "prospect (d'office)",
        "gagné (d'office)",
        "Aperçu de l",
    ] {
        assert!(tab.text.contains(words), "{words}: {}", tab.text);
    }
    let form = [
        ("mapping[client]", "Name"),
        ("mapping[montant_brut]", "Amount"),
        ("mapping[statut]", "Stage"),
        ("status_words[Devis]", "qualifié"),
        ("status_words[Won]", ""),
    ];
    let saved = app.form(&format!("{place}/mapping"), &form).await;
    let to = format!("{place}?tab=mapping&notice=saved");
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, to.as_str()), "{}", saved.text);
    let config = app.hub.config("airtable").await.unwrap();
    assert_eq!(config.status_words, [("Devis".to_owned(), "qualifié".to_owned())].into());
    assert_eq!(config.field_mapping.len(), 3);
    app.hub.sync("airtable", model::Direction::Import, model::Lang::Fr).await.unwrap();
    let deals = app.hub.deals(&hub::DealFilter::default()).await.unwrap().deals;
    assert_eq!(deals.iter().map(|deal| deal.statut).collect::<Vec<_>>(), [model::Status::Qualified]);
}

#[tokio::test]
async fn a_mapping_that_cannot_be_is_shown_again_with_what_was_chosen() {
    let (app, place) = configured().await;
    let form = [
        ("mapping[client]", "Name"),
        ("mapping[montant_brut]", "Amount"),
        ("mapping[notes]", "Name"),
        ("mapping[statut]", "Stage"),
        ("status_words[Devis]", "perdu"),
    ];
    let again = app.form(&format!("{place}/mapping"), &form).await;
    assert_eq!(again.status.as_u16(), 422, "{}", again.text);
    for words in
        ["n'a pas été enregistré", "à la fois à client et à notes", "<option value=\"perdu\" selected"]
    {
        assert!(again.text.contains(words), "{words}: {}", again.text);
    }
    assert!(app.hub.config("airtable").await.unwrap().status_words.is_empty());

    app.airtable.revoke(&app.token);
    let refused = app.get(&format!("{place}?tab=mapping")).await;
    assert!(refused.text.contains("n'ont pas pu être lus"), "{}", refused.text);
}

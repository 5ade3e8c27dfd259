//! Fields that are made of several columns: on the way in only, the same in a preview, refused and not emptied.

use hub::{Caller, Kind};
use model::api::{ConfigUpdate, DealBody};
use model::recipe::{Recipes, Target};
use model::{Direction, Lang};
use serde_json::{Value, json};

use super::harness::{Harness, counts};

fn recipes(json: Value) -> Recipes {
    serde_json::from_value(json).unwrap()
}

/// A client of two columns, a status by a table of words, a sector that is always the same.
fn made() -> Recipes {
    recipes(json!({
        "client": {"from": ["Name", "Assignee"], "steps": [
            {"do": "join", "separator": " / "}, {"do": "case", "to": "title"}
        ]},
        "statut": {"from": ["Sector"], "steps": [{"do": "table", "words": {"Signé": "gagné"}, "otherwise": "prospect"}]},
        "secteur": {"steps": [{"do": "constant", "value": "Vin"}]},
        "date_echeance": {"from": ["Notes"], "steps": [{"do": "date", "format": "%m/%d/%Y"}]}
    }))
}

async fn harness() -> Harness {
    let at = Harness::new().await;
    at.table
        .insert([
            json!({"Name": "domaine brun", "Assignee": "ZOÉ", "Amount": 10, "Sector": "signe", "Notes": "11/21/2026"}),
            json!({"Name": "seul", "Amount": 20, "Sector": "autre"}),
            json!({"Name": "faux", "Amount": 30, "Notes": "21/11/2026"}),
        ])
        .unwrap();
    at.map(&[("client", "Name"), ("montant_brut", "Amount")]).await;
    at
}

fn of<'a>(deals: &'a [DealBody], client: &str) -> &'a DealBody {
    deals.iter().find(|deal| deal.client == client).unwrap()
}

#[tokio::test]
async fn what_is_made_comes_in_and_never_goes_out() {
    let at = harness().await;
    at.hub.save_recipes("airtable", Target::Deals, made()).await.unwrap();
    let preview = at.hub.preview("airtable", Direction::Import, Lang::Fr).await.unwrap();
    assert_eq!((preview.to_create, preview.refused), (2, 1));
    let body = at.import().await;
    assert_eq!((body.status.as_str(), counts(&body)), ("partial", [3, 2, 0, 0, 1]), "{body:?}");
    let refused = &body.errors[0];
    assert!(
        format!("{refused:?}").contains("« 21/11/2026 » n'est pas une date écrite comme %m/%d/%Y"),
        "{refused:?}"
    );

    let deals = at.deals().await;
    let brun = of(&deals, "Domaine Brun / Zoé");
    assert_eq!((brun.statut.word(), brun.secteur.as_deref()), ("gagné", Some("Vin")));
    assert_eq!(brun.date_echeance.as_deref(), Some("2026-11-21"));
    let alone = of(&deals, "Seul");
    assert_eq!((alone.statut.word(), alone.date_echeance.as_deref()), ("prospect", None));
    assert_eq!(counts(&at.import().await), [3, 0, 0, 2, 1], "the same again");

    // Changed here, it is not written there; what is mapped is.
    let change = json!({"secteur": "Bière", "client": "Autre nom", "montant_brut": 99});
    at.hub.update_deal(&Caller::Local, brun.id, serde_json::from_value(change).unwrap(), None).await.unwrap();
    let before = at.table.records();
    let export = at.export().await;
    assert_eq!(export.records_updated, 1, "{export:?}");
    assert!(
        export.warnings.iter().any(|text| text.starts_with("Secteur est calculé à l'import")),
        "{export:?}"
    );
    let after = at.table.records();
    let (was, is) = (before.first().unwrap(), after.first().unwrap());
    assert_eq!((is.get("Amount"), is.get("Sector")), (&json!(99), was.get("Sector")));
    assert_eq!(is.get("Name"), was.get("Name"));
}

#[tokio::test]
async fn recipes_are_tried_on_what_is_there_and_nothing_is_stored() {
    let at = harness().await;
    let tried = at.hub.try_recipes("airtable", Target::Deals, made(), Lang::Fr).await.unwrap();
    assert!(tried.columns.contains(&"Sector".to_owned()));
    assert_eq!(tried.rows.len(), 3);
    let first = &tried.rows[0];
    assert_eq!(first.before["Name"].as_deref(), Some("domaine brun"));
    assert_eq!(first.after["client"].as_deref(), Some("Domaine Brun / Zoé"));
    assert_eq!(first.after["date_echeance"].as_deref(), Some("2026-11-21"));
    assert!(tried.rows[2].faults["date_echeance"].contains("21/11/2026"));
    assert_eq!(at.import().await.records_created, 3, "nothing is made yet");

    for wrong in
        [json!({"nom": {"from": ["Name"]}}), json!({"client": {"from": ["Nobody"]}}), json!({"client": {}})]
    {
        let error = at
            .hub
            .try_recipes("airtable", Target::Deals, recipes(wrong.clone()), Lang::Fr)
            .await
            .unwrap_err();
        assert_eq!(error.kind, Kind::Invalid, "{wrong}");
        assert_eq!(
            at.hub.save_recipes("airtable", Target::Deals, recipes(wrong)).await.unwrap_err().kind,
            Kind::Invalid
        );
    }
}

#[tokio::test]
async fn a_renamed_column_is_still_the_one_it_was() {
    let at = harness().await;
    at.import().await;
    at.hub
        .save_recipes("airtable", Target::Deals, recipes(json!({"secteur": {"from": ["Sector"]}})))
        .await
        .unwrap();
    assert!(at.table.rename_field("Sector", "Métier"));
    at.configure(ConfigUpdate::default()).await;
    let body = at.import().await;
    assert_eq!(body.status, "success", "{body:?}");
    assert_eq!(of(&at.deals().await, "seul").secteur.as_deref(), Some("autre"));
    assert_eq!(at.import().await.status, "success", "the recipe has followed");
}

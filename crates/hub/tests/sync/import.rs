//! Import: matching, statuses, the three states, conflicts.

use chrono::{TimeDelta, Utc};
use model::Status;
use model::api::DealBody;
use sandbox::airtable::{Field, FieldType};
use serde_json::json;

use super::harness::{Harness, counts};

fn client<'a>(deals: &'a [DealBody], name: &str) -> Vec<&'a DealBody> {
    deals.iter().filter(|d| d.client == name).collect()
}

#[tokio::test]
async fn a_record_is_matched_by_its_link_then_by_its_client() {
    let at = Harness::new().await;
    let known = at.deal(json!({"client": "Élan ", "montant_brut": 1, "notes": "gardé"})).await;
    let ids = at
        .table
        .insert([json!({"Name": "ÉLAN", "Amount": 2}), json!({"Name": "Élan", "Amount": 3})])
        .unwrap();

    let first = at.import().await;
    assert_eq!(
        counts(&first),
        [2, 1, 1, 0, 0],
        "the second record of the client becomes a second deal: {first:?}"
    );
    let deals = at.deals().await;
    assert_eq!(
        (deals[0].id, deals[0].montant_brut.cents(), deals[0].notes.as_deref()),
        (known.id, 200, Some("gardé"))
    );

    // Renamed over there, it is still the same deal.
    at.table.set(ids[0], &json!({"Name": "Élan Vital"})).unwrap();
    let second = at.import().await;
    assert_eq!(counts(&second), [2, 0, 1, 1, 0]);
    let deals = at.deals().await;
    assert_eq!((deals.len(), deals[0].client.as_str()), (2, "Élan Vital"));
}

#[tokio::test]
async fn what_fits_several_deals_is_refused_and_nothing_is_guessed() {
    let at = Harness::new().await;
    for amount in [1, 2] {
        at.deal(json!({"client": "Brun", "montant_brut": amount})).await;
    }
    at.table.insert([json!({"Name": "brun", "Amount": 9}), json!({"Name": "Blanc", "Amount": 9})]).unwrap();
    let run = at.import().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("partial", [2, 1, 0, 0, 1]));
    assert_eq!((run.errors[0].code.as_str(), run.errors[0].client.as_deref()), ("ambiguous", Some("brun")));
    assert_eq!(client(&at.deals().await, "Brun").iter().map(|d| d.montant_brut.cents()).sum::<i64>(), 300);
}

#[tokio::test]
async fn status_words_are_understood_and_unknown_ones_named() {
    let at = Harness::new().await;
    at.table.retype("Status", FieldType::SingleLineText);
    let words = ["Closed-Won", "négociation", "IN PROGRESS", "Qualif", "", "Qualif"];
    at.table
        .insert(
            words.iter().enumerate().map(|(i, w)| json!({"Name": format!("C{i}"), "Amount": 1, "Status": w})),
        )
        .unwrap();
    let run = at.import().await;
    assert_eq!(run.unknown_statuses, ["Qualif"]);
    let statuses: Vec<Status> = at.deals().await.iter().map(|d| d.statut).collect();
    let prospect = Status::Prospect;
    assert_eq!(
        statuses,
        [Status::Won, Status::Negotiation, Status::InProgress, prospect, prospect, prospect]
    );
    let deal = &at.deals().await[1];
    assert_eq!((deal.probabilite, deal.valeur_ponderee.cents()), (0.7, 70));
}

#[tokio::test]
async fn an_emptied_cell_empties_the_field_and_an_absent_one_leaves_it_alone() {
    let at = Harness::new().await;
    let id = at.table.insert([json!({"Name": "A", "Amount": 1, "Sector": "Vin", "Notes": "n"})]).unwrap()[0];
    at.import().await;
    at.table.set(id, &json!({"Sector": null})).unwrap();
    let run = at.import().await;
    assert_eq!(counts(&run), [1, 0, 1, 0, 0]);
    let deal = at.deals().await.remove(0);
    assert_eq!((deal.secteur, deal.notes.as_deref()), (None, Some("n")));

    // No longer mapped: what the CRM holds stays.
    at.map(&[("client", "Name"), ("montant_brut", "Amount")]).await;
    at.table.set(id, &json!({"Notes": null, "Amount": 2})).unwrap();
    at.import().await;
    let deal = at.deals().await.remove(0);
    assert_eq!((deal.notes.as_deref(), deal.montant_brut.cents()), (Some("n"), 200));
}

#[tokio::test]
async fn the_later_of_two_changes_wins_and_the_other_is_kept() {
    let at = Harness::new().await;
    let id = at.table.insert([json!({"Name": "A", "Amount": 1, "Sector": "avant"})]).unwrap()[0];
    at.import().await;
    let deal = at.deals().await.remove(0);
    let here = || serde_json::from_value(json!({"secteur": "ici"})).unwrap();

    // Changed there an hour ago, here just now: here wins, and what was there is in the history.
    at.table.set(id, &json!({"Sector": "là"})).unwrap();
    at.table.backdate(id, Utc::now() - TimeDelta::hours(1));
    at.hub.update_deal(&hub::Caller::Local, deal.id, here(), None).await.unwrap();
    let run = at.import().await;
    assert_eq!(at.deals().await[0].secteur.as_deref(), Some("ici"));
    let changes = at.hub.changes(run.run_id, 10, 0).await.unwrap();
    assert_eq!((changes[0].action.as_str(), changes[0].fields[0].lost.clone()), ("keep", Some(json!("là"))));

    // The value that won goes out with the next export.
    assert_eq!(counts(&at.export().await), [1, 0, 1, 0, 0]);
    assert_eq!(at.table.record(id).unwrap().get("Sector"), "ici");

    // Changed here, then there: there wins.
    at.hub
        .update_deal(
            &hub::Caller::Local,
            deal.id,
            serde_json::from_value(json!({"secteur": "ici 2"})).unwrap(),
            None,
        )
        .await
        .unwrap();
    at.table.set(id, &json!({"Sector": "là 2"})).unwrap();
    at.table.backdate(id, Utc::now() + TimeDelta::hours(1));
    let run = at.import().await;
    assert_eq!(at.deals().await[0].secteur.as_deref(), Some("là 2"));
    let changes = at.hub.changes(run.run_id, 10, 0).await.unwrap();
    assert_eq!(
        (changes[0].reason.as_str(), changes[0].fields[0].lost.clone()),
        ("conflict", Some(json!("ici 2")))
    );
}

#[tokio::test]
async fn a_change_made_here_alone_survives_an_import() {
    let at = Harness::new().await;
    let id = at.table.insert([json!({"Name": "A", "Amount": 1, "Sector": "s"})]).unwrap()[0];
    at.import().await;
    let deal = at.deals().await.remove(0);
    at.hub
        .update_deal(
            &hub::Caller::Local,
            deal.id,
            serde_json::from_value(json!({"notes": "d'ici"})).unwrap(),
            None,
        )
        .await
        .unwrap();
    at.table.set(id, &json!({"Sector": "de là"})).unwrap();
    at.import().await;
    let deal = at.deals().await.remove(0);
    assert_eq!((deal.notes.as_deref(), deal.secteur.as_deref()), (Some("d'ici"), Some("de là")));
}

#[tokio::test]
async fn linked_records_come_as_names() {
    let at = Harness::new().await;
    let people = at.simulator.base(super::harness::BASE, "CRM").unwrap().find("People");
    assert!(people.is_none());
    let base = at.simulator.base(super::harness::BASE, "CRM").unwrap();
    let people = base.table("People", [Field::text("Name")]);
    let ids = people.insert([json!({"Name": "Zoé"}), json!({"Name": "Ève"})]).unwrap();
    at.table.add_field(Field::new("Owner", FieldType::link_to(people.id())));
    at.table
        .insert([json!({"Name": "A", "Amount": 1, "Owner": [ids[0].as_str(), ids[1].as_str()]})])
        .unwrap();
    at.map(&[("client", "Name"), ("montant_brut", "Amount"), ("assignee", "Owner")]).await;
    assert_eq!(counts(&at.import().await), [1, 1, 0, 0, 0]);
    assert_eq!(at.deals().await[0].assignee.as_deref(), Some("Zoé, Ève"));
    // What cannot be written is said, and left alone.
    let export = at.export().await;
    assert_eq!((counts(&export), export.warnings.len()), ([1, 0, 0, 1, 0], 1), "{export:?}");
}

//! Labels, names and amounts on their way out, and what changed meanwhile.

use std::collections::BTreeMap;

use connectors::{Outcome, Write};
use model::{Text, Value};
use sandbox::Kind;
use sandbox::pipedrive::Entity;
use serde_json::{Value as Json, json};

use super::{PipedriveService, at, text};
use crate::fixture::{Fixture, Opened, open};

async fn write(opened: &Opened<PipedriveService>, write: Write) -> Outcome {
    let outcomes = opened.connection.write(&opened.stream, &[write]).await.expect("an outcome");
    outcomes.into_iter().next().expect("one")
}

fn rejected(outcome: Outcome) -> Text {
    let Outcome::Rejected(reason) = outcome else { panic!("{outcome:?}") };
    reason
}

/// A deal, and what changes it.
async fn with_deal(deal: &Json) -> (Opened<PipedriveService>, i64) {
    let service = PipedriveService::start(false).await;
    let id = service.deals().make([deal.clone()])[0];
    (at(service, "Deals").await, id)
}

async fn update(
    opened: &Opened<PipedriveService>,
    id: i64,
    fields: impl Into<BTreeMap<&'static str, Value>>,
) -> Outcome {
    write(opened, opened.update(&id.to_string(), &fields.into())).await
}

#[tokio::test]
async fn a_label_moves_the_deal_closes_it_and_opens_it_again() {
    let service = PipedriveService::start(false).await;
    let pipeline = service.simulator.add_pipeline("Export");
    let abroad = service.simulator.add_stage(pipeline, "Contact");
    let first = service.simulator.stages()[0].0;
    let id = service.deals().make([json!({"title": "A"})])[0];
    let opened = at(service, "Deals").await;
    for (label, stage, status) in [
        ("Export › Contact", abroad, "open"),
        ("Perdu", abroad, "lost"),
        ("gagné", abroad, "won"),
        ("Ventes › Prospect", first, "open"),
    ] {
        assert_eq!(update(&opened, id, [("Stage", text(label))]).await, Outcome::Written(id.to_string()));
        let held = ["stage_id", "status"].map(|code| opened.service.deals().get(id, code));
        assert_eq!(held, [json!(stage), json!(status)], "{label}");
    }
}

#[tokio::test]
async fn what_does_not_exist_is_refused_with_what_does() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    for (field, value, said) in [
        ("Stage", text("Signature"), "Prospect, Qualifié, Proposition, Négociation, Gagné, Perdu"),
        ("Niveau", text("Moyen"), "Haut, Bas"),
        ("Étiquettes", Value::List(vec![text("Bio"), text("Vrac")]), "« Vrac »"),
        ("Owner", text("Personne"), "utilisateur actif"),
        ("Contact person", text("Inconnue"), "« Inconnue »"),
        ("Ligne", text(&"x".repeat(256)), "255"),
    ] {
        let reason = rejected(update(&opened, id, [(field, value)]).await);
        assert!(reason.fr.contains(said) && reason.fr.contains(field), "{}", reason.fr);
    }
    assert_eq!(opened.service.log().count(Kind::Write), 0, "nothing was sent");
}

#[tokio::test]
async fn a_link_is_written_only_where_the_name_is_one_record_s() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    let persons = opened.service.table(Entity::Persons);
    persons.make(["Ann Lee", "ann lee", "Ann"].map(|name| json!({ "name": name })));
    let reason = rejected(update(&opened, id, [("Contact person", text("Ann Lee"))]).await);
    assert!(reason.fr.contains("Plusieurs"), "{}", reason.fr);
    for _ in 0..3 {
        let written = update(&opened, id, [("Contact person", text("HÉLÈNE ROUSSEL"))]).await;
        assert_eq!(written, Outcome::Written(id.to_string()));
    }
    assert_eq!(opened.service.deals().get(id, "person_id"), json!(1));
    assert_eq!(opened.service.log().count(Kind::List), 2, "each name is searched for once");
    update(&opened, id, [("Contact person", Value::Empty)]).await;
    assert_eq!(opened.service.deals().get(id, "person_id"), Json::Null);
}

#[tokio::test]
async fn a_linked_record_deleted_meanwhile_is_looked_for_again() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    let link = [("Contact person", text("Hélène Roussel"))];
    assert_eq!(update(&opened, id, link.clone()).await, Outcome::Written(id.to_string()));
    opened.service.table(Entity::Persons).delete(1);
    rejected(update(&opened, id, link.clone()).await);
    let again = opened.service.table(Entity::Persons).make([json!({"name": "Hélène Roussel"})])[0];
    assert_eq!(update(&opened, id, link).await, Outcome::Written(id.to_string()));
    assert_eq!(opened.service.deals().get(id, "person_id"), json!(again));
}

#[tokio::test]
async fn an_amount_keeps_its_currency() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    let budget = opened.service.code("Budget");
    assert_eq!(update(&opened, id, [("Budget", Value::Number(5.0))]).await, Outcome::Written(id.to_string()));
    assert_eq!(opened.service.deals().get(id, &budget), json!({"value": 5, "currency": "EUR"}));
    let held = json!({"custom_fields": {&*budget: {"value": 1, "currency": "USD"}}});
    assert!(opened.service.deals().set(id, &held));
    update(&opened, id, [("Budget", Value::Number(7.5))]).await;
    assert_eq!(opened.service.deals().get(id, &budget), json!({"value": 7.5, "currency": "USD"}));
}

#[tokio::test]
async fn an_address_that_stays_keeps_its_label() {
    let service = PipedriveService::start(false).await;
    let held = json!([
        {"value": "a@example.com", "label": "home", "primary": false},
        {"value": "b@example.com", "label": "work", "primary": true},
    ]);
    assert!(service.table(Entity::Persons).set(1, &json!({ "emails": held })));
    let opened = at(service, "Persons").await;
    let emails = Value::List(["a@example.com", "b@example.com", "c@example.com"].map(text).into());
    assert_eq!(update(&opened, 1, [("Email", emails)]).await, Outcome::Written("1".to_owned()));
    let expected = json!([
        {"value": "a@example.com", "label": "home", "primary": false},
        {"value": "b@example.com", "label": "work", "primary": true},
        {"value": "c@example.com", "label": "work", "primary": false},
    ]);
    assert_eq!(opened.service.table(Entity::Persons).get(1, "emails"), expected);
    update(&opened, 1, [("Email", Value::Empty)]).await;
    assert_eq!(opened.service.table(Entity::Persons).get(1, "emails"), json!([]));
}

#[tokio::test]
async fn persons_and_organizations_are_created_too() {
    let opened = at(PipedriveService::start(false).await, "Persons").await;
    let person = BTreeMap::from([
        ("Name", text("Ann Lee")),
        ("Phone", text("+33 1 99 00 12 34")),
        ("Organization", text("Cave Saint-Martin")),
    ]);
    assert_eq!(write(&opened, opened.create(&person)).await, Outcome::Written("2".to_owned()));
    let phones = opened.service.table(Entity::Persons).get(2, "phones");
    assert_eq!(phones[0]["value"], "+33 1 99 00 12 34");
    let opened = at(opened.service, "Organizations").await;
    let address = BTreeMap::from([("Name", text("Acme")), ("Address", text("1 rue du Port"))]);
    assert_eq!(write(&opened, opened.create(&address)).await, Outcome::Written("2".to_owned()));
}

#[tokio::test]
async fn a_stage_deleted_at_the_service_is_named() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    opened.service.simulator.remove_stage(opened.service.simulator.stages()[1].0);
    let reason = rejected(update(&opened, id, [("Stage", text("Qualifié"))]).await);
    assert!(reason.fr.contains("« Qualifié » n'existe plus"), "{}", reason.fr);
    // From here on it is known, and nothing is sent any more.
    opened.service.log().clear();
    let reason = rejected(update(&opened, id, [("Stage", text("Qualifié"))]).await);
    assert!(reason.fr.contains("Prospect, Proposition"), "{}", reason.fr);
    assert_eq!(opened.service.log().count(Kind::Any), 0);
}

#[tokio::test]
async fn an_option_or_field_deleted_at_the_service_is_named() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    opened.service.deals().remove_option(&opened.service.code("Niveau"), "Bas");
    let reason = rejected(update(&opened, id, [("Niveau", text("Bas"))]).await);
    assert!(reason.fr.contains("« Bas »") && reason.fr.contains("Niveau"), "{}", reason.fr);

    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    opened.service.deals().remove_field(&opened.service.code("Score"));
    let reason = rejected(update(&opened, id, [("Score", Value::Number(1.0))]).await);
    assert!(reason.fr.contains("« Score » n'existe plus"), "{}", reason.fr);
}

#[tokio::test]
async fn many_refused_records_do_not_use_up_the_budget() {
    let (opened, id) = with_deal(&json!({"title": "A"})).await;
    for _ in 0..20 {
        rejected(update(&opened, id, [("Currency", text("eur"))]).await);
    }
    assert_eq!(opened.service.log().count(Kind::Schema), 5, "fields, pipelines and stages, once");
}

#[tokio::test]
async fn a_new_deal_leaves_out_what_is_empty() {
    let opened = open::<PipedriveService>(0).await;
    let deal = BTreeMap::from([("Title", text("A")), ("Owner", Value::Empty), ("Niveau", Value::Empty)]);
    assert_eq!(write(&opened, opened.create(&deal)).await, Outcome::Written("1".to_owned()));
    assert_eq!(opened.service.deals().get(1, "owner_id"), json!(1), "the token's user");
    let reason = rejected(update(&opened, 1, [("Owner", Value::Empty)]).await);
    assert!(reason.fr.contains("ne peut pas être vide"), "{}", reason.fr);
    let untitled = rejected(write(&opened, opened.create(&BTreeMap::from([("Ligne", text("x"))]))).await);
    assert!(untitled.fr.contains("title"), "{}", untitled.fr);
}

#[tokio::test]
async fn a_stranger_s_twin_is_not_taken_for_the_lost_one() {
    let opened = open::<PipedriveService>(0).await;
    opened.service.deals().make([json!({"title": "Autre"})]);
    opened.next(Kind::Create, sandbox::Fault::Dropped);
    let deal = BTreeMap::from([("Title", text("A"))]);
    assert_eq!(write(&opened, opened.create(&deal)).await, Outcome::Written("2".to_owned()));
    assert_eq!(opened.service.stored().len(), 2);
}

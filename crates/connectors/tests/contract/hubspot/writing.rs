//! Writing: stages with their pipeline, labels, people, days, and what fails in part.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use connectors::{Outcome, Write};
use model::Value;
use sandbox::hubspot::Pipeline;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::{HubspotService, text};
use crate::fixture::{Fixture, Opened, open, stream_of};

async fn outcome(opened: &Opened<HubspotService>, id: &str, field: &'static str, value: Value) -> Outcome {
    let update = opened.update(id, &BTreeMap::from([(field, value)]));
    let mut outcomes = opened.connection.write(&opened.stream, &[update]).await.expect("an outcome");
    outcomes.remove(0)
}

fn reason(outcome: Outcome) -> String {
    match outcome {
        Outcome::Rejected(reason) => reason.fr.into_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_stage_is_written_with_its_pipeline() {
    let opened = open::<HubspotService>(1).await;
    let export = Pipeline::new("p2", "Export", &[("s1", "Devis", 0.5), ("s2", "Closed Won", 1.0)]);
    opened.service.simulator.change_pipelines(|pipelines| pipelines.push(export));
    opened.connection.discover().await.expect("streams");
    let id = opened.service.stored()[0].clone();
    let written = outcome(&opened, &id, "dealstage", text("Export › Closed Won")).await;
    assert_eq!(written, Outcome::Written(id.clone()));
    let held = |name: &str| opened.service.deals().get(&id, name);
    assert_eq!((held("dealstage").as_deref(), held("pipeline").as_deref()), (Some("s2"), Some("p2")));
}

#[tokio::test]
async fn a_label_that_does_not_exist_is_refused_with_those_that_do() {
    let opened = open::<HubspotService>(1).await;
    let id = opened.service.stored()[0].clone();
    for (field, value, words) in [
        ("dealstage", text("Signé"), "« Signé » pour « Deal Stage ». Options : Appointment Scheduled, "),
        ("dealtype", text("Vente"), "Options : New Business, Existing Business."),
        ("hubspot_owner_id", text("Personne"), "« Personne » pour « Deal owner ». Options : Camille Martin."),
        ("tags", Value::List(vec![text("Rouge"), text("Rosé")]), "« Rosé » pour « Tags »"),
        ("amount", text("douze"), "ne peut pas recevoir cette valeur"),
    ] {
        let said = reason(outcome(&opened, &id, field, value).await);
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(opened.service.log().count(Kind::Write), 0, "nothing was sent");
    assert_eq!(outcome(&opened, &id, "dealtype", text("new business")).await, Outcome::Written(id.clone()));
}

#[tokio::test]
async fn a_stage_or_property_deleted_meanwhile_refuses_its_records_alone() {
    let opened = open::<HubspotService>(2).await;
    let ids = opened.service.stored();
    let simulator = &opened.service.simulator;
    simulator.change_pipelines(|pipelines| pipelines[0].stages.retain(|stage| stage.id != "closedwon"));
    opened.service.deals().remove_property("dealtype");
    let stage = |label| BTreeMap::from([("dealstage", text(label))]);
    let batch = [
        opened.update(&ids[0], &stage("Closed Won")),
        opened.update(&ids[1], &stage("Closed Lost")),
        opened.create(&BTreeMap::from([("dealname", text("A")), ("dealtype", text("New Business"))])),
        opened.create(&BTreeMap::from([("dealname", text("B"))])),
    ];
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    assert_eq!(outcomes[1], Outcome::Written(ids[1].clone()));
    assert!(matches!(outcomes[3], Outcome::Written(_)));
    let [stage, _, property, _] = <[Outcome; 4]>::try_from(outcomes).expect("four");
    assert!(reason(stage).contains("n'a plus cette option pour « Deal Stage »"));
    assert!(reason(property).contains("« Deal Type » n'existe plus dans HubSpot"));
    assert_eq!(opened.service.log().count(Kind::Write), 2, "one call each");
}

#[tokio::test]
async fn a_day_is_the_same_day_when_it_is_read() {
    let opened = open::<HubspotService>(1).await;
    let id = opened.service.stored()[0].clone();
    let day = NaiveDate::from_ymd_opt(2026, 12, 15).expect("a day");
    outcome(&opened, &id, "closedate", Value::Date(day)).await;
    assert_eq!(opened.service.deals().get(&id, "closedate").as_deref(), Some("2026-12-14T23:00:00.000Z"));
    let pages = opened.pages().await.expect("pages");
    let Value::DateTime(read) = &pages[0].records[0].fields["closedate"] else { panic!("an instant") };
    assert_eq!(read.date_naive(), day);
}

#[tokio::test]
async fn one_record_changed_twice_in_a_batch_goes_in_two_calls() {
    let opened = open::<HubspotService>(1).await;
    let id = opened.service.stored()[0].clone();
    let amount = |amount: f64| opened.update(&id, &BTreeMap::from([("amount", Value::Number(amount))]));
    let outcomes =
        opened.connection.write(&opened.stream, &[amount(1.0), amount(2.5)]).await.expect("outcomes");
    assert_eq!(outcomes, vec![Outcome::Written(id.clone()); 2]);
    assert_eq!(opened.service.log().count(Kind::Update), 2);
    assert_eq!(opened.service.deals().get(&id, "amount").as_deref(), Some("2.5"));
}

#[tokio::test]
async fn a_batch_refused_as_a_whole_is_halved_to_the_guilty_one() {
    let opened = open::<HubspotService>(0).await;
    // Without its marks, HubSpot would refuse like this.
    opened.script(Rule::new(Kind::Create, HubspotService::echo(400, "one of them")).times(3));
    let batch: Vec<Write> = (0..4).map(|number| opened.create(&HubspotService::sample(number))).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    assert!(
        matches!(
            outcomes[..],
            [Outcome::Rejected(_), Outcome::Written(_), Outcome::Written(_), Outcome::Written(_)]
        ),
        "{outcomes:?}"
    );
    assert_eq!(opened.service.stored().len(), 3);
}

#[tokio::test]
async fn some_refused_and_the_answer_lost_writes_the_others_once() {
    let opened = open::<HubspotService>(0).await;
    opened.script(Rule::new(Kind::Create, Fault::DoneThenDropped));
    let batch: Vec<Write> = (0..10)
        .map(|number| match number {
            3 => opened.create(&HubspotService::refused()),
            _ => opened.create(&HubspotService::sample(number)),
        })
        .collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    let written = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Written(_))).count();
    assert!(matches!(outcomes[3], Outcome::Rejected(_)), "{outcomes:?}");
    assert_eq!((written, opened.service.stored().len()), (9, 9));
}

#[tokio::test]
async fn records_of_a_key_are_written_once_whatever_becomes_of_the_answer() {
    let service = HubspotService::start(false).await;
    let settings = service.keyed_settings().expect("a key");
    let http = connectors::http::Http::new(connectors::http::Policy::without_waiting()).expect("a client");
    let connection = crate::fixture::connect(&service, &http, settings);
    let stream = stream_of(&*connection, "Deals").await;
    let opened = Opened { service, connection, stream };
    opened.script(Rule::new(Kind::Upsert, Fault::DoneThenDropped));
    let same = BTreeMap::from([("reference", text("R-1")), ("amount", Value::Number(9.0))]);
    let keyless = BTreeMap::from([("dealname", text("Sans référence"))]);
    let batch = [
        opened.create(&HubspotService::sample(1)),
        opened.create(&HubspotService::refused()),
        opened.create(&same),
        opened.create(&keyless),
    ];
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    let Outcome::Written(first) = &outcomes[0] else { panic!("{outcomes:?}") };
    assert!(matches!(outcomes[1], Outcome::Rejected(_)), "{outcomes:?}");
    assert_eq!(outcomes[2], Outcome::Written(first.clone()), "the same record");
    assert_eq!(opened.service.deals().get(first, "amount").as_deref(), Some("9"));
    assert_eq!(opened.service.stored().len(), 2);
}

#[tokio::test]
async fn a_contact_that_exists_already_is_refused_alone() {
    let service = HubspotService::start(false).await;
    service.simulator.records("contacts").add([json!({"email": "a@example.com"})]).expect("a contact");
    let connection = service.connected(&[("object_type", "contacts")]);
    let stream = stream_of(&*connection, "Contacts").await;
    let contact = |email: &str| Write::Create([("email".into(), text(email))].into());
    let batch = [contact("b@example.com"), contact("A@example.com"), contact("personne")];
    let outcomes = connection.write(&stream, &batch).await.expect("outcomes");
    assert!(matches!(outcomes[0], Outcome::Written(_)));
    let [_, twice, none] = <[Outcome; 3]>::try_from(outcomes).expect("three");
    assert!(reason(twice).contains("Contact already exists."));
    assert!(reason(none).contains("Email address personne is invalid"));
}

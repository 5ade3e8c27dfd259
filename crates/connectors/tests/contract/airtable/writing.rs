//! What writing asks of Airtable beyond the suite.

use std::collections::BTreeMap;
use std::time::Duration;

use connectors::http::{Http, Policy};
use connectors::{ErrorKind, Outcome, Write};
use model::{Text, Value};
use sandbox::airtable::{Field, FieldType, Grant, Role, scopes};
use sandbox::{Answer, Fault, Kind};
use serde_json::json;

use super::{AirtableService, BASE, settings};
use crate::fixture::{Fixture, Opened, connect, open, open_with};

async fn write(opened: &Opened<AirtableService>, batch: &[Write]) -> Vec<Outcome> {
    opened.connection.write(&opened.stream, batch).await.expect("outcomes")
}

#[tokio::test]
async fn computed_fields_are_left_out() {
    let opened = open::<AirtableService>(0).await;
    let mut sample = AirtableService::sample(1);
    sample.insert("Twice", Value::Number(1.0));
    let outcomes = write(&opened, &[opened.create(&sample)]).await;
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
    assert_eq!(opened.service.table.records()[0].get("Twice"), &json!(2.5));
}

#[tokio::test]
async fn the_reason_names_the_field_and_what_to_do() {
    let opened = open::<AirtableService>(0).await;
    let outcomes = write(&opened, &[opened.create(&AirtableService::refused())]).await;
    let [Outcome::Rejected(Text { fr, en })] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!(
        fr,
        "L'option « No such option » n'existe pas dans Airtable. Ajoutez-la au champ, puis relancez l'export."
    );
    assert_eq!(
        en,
        "The option “No such option” does not exist in Airtable. Add it to the field, then export again."
    );

    // The service quotes the id that was sent; people read the name.
    let amount = opened.field("Amount").id.clone();
    let body = json!({"error": {"type": "INVALID_VALUE_FOR_COLUMN", "message": format!("Field \"{amount}\" cannot accept the provided value")}});
    opened.next(Kind::Create, Fault::Answer(Answer::json(422, &body)));
    let outcomes = write(&opened, &[opened.create(&AirtableService::sample(0))]).await;
    let [Outcome::Rejected(Text { fr, .. })] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!(fr, "Airtable : le champ « Amount » n'accepte pas cette valeur.");
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused_without_a_call() {
    let opened = open::<AirtableService>(0).await;
    let record = BTreeMap::from([("Amount", Value::Text("beaucoup".to_owned()))]);
    let outcomes = write(&opened, &[opened.create(&record)]).await;
    let [Outcome::Rejected(Text { fr, .. })] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(fr.contains("« Amount » (currency)"), "{fr}");
    assert_eq!(opened.service.log().count(Kind::Any), 0);
}

#[tokio::test]
async fn people_and_moments_are_written_in_their_own_notation() {
    let service = AirtableService::start(false).await;
    service.simulator.person("lou@example.com", "Lou Petit");
    for field in [
        Field::new("Owner", FieldType::SingleCollaborator),
        Field::new("Team", FieldType::MultipleCollaborators),
        Field::new("Paris", FieldType::date_time("Europe/Paris")),
        Field::new("Tokyo", FieldType::date_time("Asia/Tokyo")),
        Field::new("Mine", FieldType::date_time("client")),
    ] {
        service.table.add_field(field);
    }
    let opened = open_with(service, 0, Policy::without_waiting()).await;
    let day = Value::Date("2026-07-14".parse().expect("a day"));
    let lou = Value::Text("lou@example.com".to_owned());
    let record = BTreeMap::from([
        ("Name", Value::Text("X".to_owned())),
        ("Owner", lou.clone()),
        ("Team", Value::List(vec![lou])),
        ("Paris", day.clone()),
        ("Tokyo", day.clone()),
        ("Mine", day),
    ]);
    // The answer is lost: the record must be recognised although it comes back in another notation.
    opened.next(Kind::Create, Fault::DoneThenDropped);
    let outcomes = write(&opened, &[opened.create(&record)]).await;
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
    let [row] = &opened.service.table.records()[..] else { panic!("exactly one record") };
    assert_eq!(row.get("Paris"), &json!("2026-07-13T22:00:00.000Z"));
    assert_eq!(row.get("Tokyo"), &json!("2026-07-13T15:00:00.000Z"));
    assert_eq!(row.get("Mine"), &json!("2026-07-13T22:00:00.000Z"));
    assert_eq!(row.get("Owner")["email"], json!("lou@example.com"));
    let pages = opened.pages().await.expect("pages");
    for name in ["Paris", "Tokyo", "Mine"] {
        let Value::DateTime(instant) = &pages[0].records[0].fields[opened.field(name).id.as_str()] else {
            panic!("{name}")
        };
        assert_eq!(instant.date_naive().to_string(), "2026-07-14", "{name} did not move");
    }
}

#[tokio::test]
async fn a_token_that_may_only_read_is_told_what_it_lacks() {
    for (grant, said) in [
        (
            Grant::default().scopes(&[scopes::RECORDS_READ, scopes::SCHEMA_READ]),
            "Il manque le droit data.records:write au token Airtable.",
        ),
        (
            Grant::default().role(Role::Read),
            "Le token Airtable ne permet pas d'écrire dans la table « Deals ».",
        ),
    ] {
        let opened = open::<AirtableService>(0).await;
        let token = opened.service.simulator.grant(grant);
        let http = Http::new(Policy::without_waiting()).expect("a client");
        let connection = connect(&opened.service, &http, settings(BASE, &token));
        let create = opened.create(&AirtableService::sample(0));
        let error = connection.write(&opened.stream, &[create]).await.expect_err("not allowed");
        assert_eq!(error.kind, ErrorKind::Forbidden);
        assert_eq!(error.message.fr, said);
        assert!(error.hint.is_some());
    }
}

#[tokio::test]
async fn records_of_others_are_not_taken_for_one_s_own() {
    let opened = open::<AirtableService>(0).await;
    let sample = AirtableService::sample(1);
    // Somebody made the same record a minute ago.
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let somebody = connect(&opened.service, &http, opened.service.settings());
    somebody.write(&opened.stream, &[opened.create(&sample)]).await.expect("an outcome");
    let old = opened.service.stored();
    opened.service.simulator.clock().advance(Duration::from_secs(60));
    opened.next(Kind::Create, Fault::Dropped);
    let outcomes = write(&opened, &[opened.create(&sample)]).await;
    let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(!old.contains(id));
    assert_eq!(opened.service.stored().len(), 2);
}

#[tokio::test]
async fn a_field_deleted_while_writing_is_named_at_once() {
    let opened = open::<AirtableService>(0).await;
    assert!(opened.service.table.delete_field("Notes"));
    let batch: Vec<Write> = (0..10).map(|number| opened.create(&AirtableService::sample(number))).collect();
    let error = opened.connection.write(&opened.stream, &batch).await.expect_err("no record can be written");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_eq!(error.message.fr, "Le champ « Notes » n'existe plus dans la table « Deals ».");
    assert_eq!(opened.service.log().count(Kind::Create), 1);
}

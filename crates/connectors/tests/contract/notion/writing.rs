//! What writing asks of Notion beyond the suite.

use std::collections::BTreeMap;

use connectors::{ErrorKind, Outcome, Settings, Write};
use model::{Text, Value};
use sandbox::notion::{Grant, Id, Property, PropertyType, Users};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{NotionService, connection, reopened, settings, text, texts};
use crate::fixture::{Fixture, Opened, open};

async fn write(opened: &Opened<NotionService>, batch: &[Write]) -> Vec<Outcome> {
    opened.connection.write(&opened.stream, batch).await.expect("outcomes")
}

/// Why a record with this one field was refused.
async fn refused(opened: &Opened<NotionService>, field: &'static str, value: Value) -> Text {
    let outcomes = write(opened, &[opened.create(&BTreeMap::from([(field, value)]))]).await;
    let [Outcome::Rejected(reason)] = &outcomes[..] else { panic!("{outcomes:?}") };
    reason.clone()
}

fn creating_options(service: &NotionService) -> Settings {
    let mut settings = service.settings();
    settings.values.insert("create_options".to_owned(), "true".to_owned());
    settings
}

#[tokio::test]
async fn computed_properties_are_left_out() {
    let opened = open::<NotionService>(0).await;
    let mut sample = NotionService::sample(1);
    sample.insert("Number", text("D-99"));
    let outcomes = write(&opened, &[opened.create(&sample)]).await;
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
    assert_eq!(opened.service.source.rows()[0].get("Number"), &json!("D-1"));
}

#[tokio::test]
async fn long_texts_are_written_and_read_whole() {
    for length in [1_999, 2_000, 2_001, 60_000] {
        let opened = open::<NotionService>(0).await;
        for letter in ["a", "é", "😀"] {
            let long = letter.repeat(length);
            let record = BTreeMap::from([("Name", text("X")), ("Notes", text(&long))]);
            let outcomes = write(&opened, &[opened.create(&record)]).await;
            let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
            let row = opened.service.source.row(Id::parse(id).expect("an id")).expect("the record");
            assert_eq!(row.get("Notes"), &json!(long), "{length} {letter}");
            let pages = opened.pages().await.expect("pages");
            let read = pages.iter().flat_map(|page| &page.records).find(|record| record.id == *id);
            let notes = &read.expect("the record").fields[opened.field("Notes").id.as_str()];
            assert!(*notes == text(&long), "{length} {letter}");
        }
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_without_a_call() {
    let opened = open::<NotionService>(0).await;
    for (field, value, says) in [
        ("Notes", text(&"a".repeat(200_001)), "200 000 caractères"),
        ("Notes", text(&"日".repeat(199_000)), "500 Ko"),
        ("Amount", text("beaucoup"), "« Amount » (number)"),
        ("Status", text("Perdu"), "L'état « Perdu »"),
        ("Sector", text("Agricole"), "L'option « Agricole »"),
        ("Tags", texts(&["A", "Z"]), "L'option « Z »"),
    ] {
        let reason = refused(&opened, field, value).await;
        assert!(reason.fr.contains(says), "{reason:?}");
    }
    assert_eq!(opened.service.log().count(Kind::Any), 0);
}

#[tokio::test]
async fn missing_options_are_made_when_asked_for() {
    let service = NotionService::start(false).await;
    let settings = creating_options(&service);
    let opened = reopened(service, settings).await;
    assert!(opened.field("Sector").makes_options && !opened.field("Status").makes_options);
    let record = BTreeMap::from([("Sector", text("Agricole")), ("Tags", texts(&["a", "Z"]))]);
    // The answer is lost: the record must be recognised although its options got ids on the way.
    opened.next(Kind::Create, Fault::DoneThenDropped);
    let outcomes = write(&opened, &[opened.create(&record)]).await;
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
    let [row] = &opened.service.source.rows()[..] else { panic!("exactly one record") };
    assert_eq!((row.get("Sector"), row.get("Tags")), (&json!("Agricole"), &json!(["A", "Z"])));
    let reason = refused(&opened, "Status", text("Perdu")).await;
    assert!(reason.fr.contains("seul Notion peut l'y ajouter"), "{reason:?}");
    let reason = refused(&opened, "Sector", text("Vigne, vin")).await;
    assert!(reason.fr.contains("virgule"), "{reason:?}");
}

#[tokio::test]
async fn an_option_renamed_meanwhile_is_not_made_anew() {
    let opened = open::<NotionService>(0).await;
    assert!(opened.service.source.rename_option("Sector", "Tech", "Numérique"));
    let record = BTreeMap::from([("Sector", text("Tech"))]);
    write(&opened, &[opened.create(&record)]).await;
    assert_eq!(opened.service.source.rows()[0].get("Sector"), &json!("Numérique"));
}

#[tokio::test]
async fn people_are_found_by_name_or_address_once_for_all() {
    let opened = open::<NotionService>(0).await;
    for number in 0..120 {
        opened.service.simulator.person(&format!("p{number}@example.com"), &format!("P{number}"));
    }
    for address in ["a@example.com", "b@example.com"] {
        opened.service.simulator.person(address, "Max Roy");
    }
    for (written, name) in
        [("lou petit", "Lou Petit"), ("P119@EXAMPLE.COM", "P119"), ("b@example.com", "Max Roy")]
    {
        let record = BTreeMap::from([("Team", texts(&[written]))]);
        let outcomes = write(&opened, &[opened.create(&record)]).await;
        let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
        let row = opened.service.source.row(Id::parse(id).expect("an id")).expect("the record");
        assert_eq!(row.page["properties"]["Team"]["people"][0]["name"], json!(name));
    }
    let reason = refused(&opened, "Team", texts(&["Nina"])).await;
    assert!(reason.fr.contains("« Nina »") && reason.fr.contains("« Team »"), "{reason:?}");
    let reason = refused(&opened, "Team", texts(&["Max Roy"])).await;
    assert!(reason.fr.contains("Plusieurs personnes"), "{reason:?}");
    assert_eq!(opened.service.log().count(Kind::Account), 2, "two pages of users, asked for once");
}

#[tokio::test]
async fn people_that_may_not_be_seen_refuse_their_record_alone() {
    let opened = open::<NotionService>(0).await;
    let token = opened.service.simulator.grant(Grant::default().users(Users::Nothing));
    let database = opened.service.database.id().to_string();
    let opened = reopened(opened.service, settings(&database, &token)).await;
    let with = opened.create(&BTreeMap::from([("Team", texts(&["Lou Petit"]))]));
    let without = opened.create(&BTreeMap::from([("Name", text("X"))]));
    let outcomes = write(&opened, &[with, without]).await;
    let [Outcome::Rejected(reason), Outcome::Written(_)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(reason.fr.contains("Lire les informations sur les utilisateurs"), "{reason:?}");
}

#[tokio::test]
async fn a_page_that_is_gone_is_told_from_a_database_that_is() {
    let opened = open::<NotionService>(4).await;
    let ids = opened.service.stored();
    let update = |id: &str| opened.update(id, &NotionService::sample(9));
    assert!(opened.service.source.set_trashed(Id::parse(&ids[0]).expect("an id"), true));
    assert!(opened.service.source.delete(Id::parse(&ids[1]).expect("an id")));
    let outcomes = write(&opened, &[update(&ids[0]), update(&ids[1]), update(&ids[2])]).await;
    assert_eq!(outcomes, [Outcome::Gone, Outcome::Gone, Outcome::Written(ids[2].clone())]);
    opened.service.database.unshare();
    let error = opened.connection.write(&opened.stream, &[update(&ids[3])]).await.expect_err("not shared");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("partagée"), "{error}");
}

#[tokio::test]
async fn pages_of_a_database_in_the_trash_are_not_gone_one_by_one() {
    let opened = open::<NotionService>(2).await;
    let id = opened.service.stored()[0].clone();
    opened.service.database.set_trashed(true);
    let source = opened.service.source.id().to_string();
    let body = json!({"object": "error", "status": 400, "code": "validation_error", "message":
        "Can't edit page on block with an archived ancestor. You must unarchive the ancestor before editing page."});
    opened.script(Rule::new(Kind::Update, Fault::Answer(Answer::json(400, &body))));
    let body = json!({"object": "data_source", "id": source, "in_trash": true, "properties": {},
        "title": [{"plain_text": "Deals"}]});
    opened.script(Rule::new(Kind::Schema, Fault::Answer(Answer::json(200, &body))));
    let update = opened.update(&id, &BTreeMap::from([("Amount", Value::Number(1.0))]));
    let error = opened.connection.write(&opened.stream, &[update]).await.expect_err("the database is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("« Deals »"), "{error}");
}

#[tokio::test]
async fn a_page_that_the_service_says_it_made_is_not_made_again() {
    let opened = open::<NotionService>(0).await;
    opened.next(Kind::Create, Fault::DoneThenStatus(503));
    let outcomes = write(&opened, &[opened.create(&NotionService::sample(1))]).await;
    assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
    assert_eq!(opened.service.stored().len(), 1);
    assert_eq!(opened.service.log().count(Kind::List), 0, "nothing had to be looked up");
}

#[tokio::test]
async fn a_conflict_is_looked_at_when_creating_and_repeated_when_updating() {
    for fault in [Fault::Status(409), Fault::DoneThenStatus(409)] {
        let opened = open::<NotionService>(0).await;
        opened.next(Kind::Create, fault);
        let outcomes = write(&opened, &[opened.create(&NotionService::sample(1))]).await;
        let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
        assert_eq!(opened.service.stored(), std::slice::from_ref(id));
        assert_eq!(opened.service.log().count(Kind::List), 1);
        opened.script(Rule::new(Kind::Update, Fault::Status(409)).times(2));
        let update = opened.update(id, &BTreeMap::from([("Amount", Value::Number(7.0))]));
        assert_eq!(write(&opened, &[update]).await, [Outcome::Written(id.clone())]);
        assert_eq!(opened.service.log().count(Kind::Update), 3);
    }
}

#[tokio::test]
async fn pages_of_others_are_not_taken_for_one_s_own() {
    let opened = open::<NotionService>(0).await;
    // Another integration makes the same page in the same minute.
    let token = opened.service.simulator.grant(Grant { name: "Other".to_owned(), ..Grant::default() });
    let other = connection(&opened.service, settings(&opened.service.database.id().to_string(), &token));
    let create = opened.create(&NotionService::sample(1));
    let outcomes = other.write(&opened.stream, std::slice::from_ref(&create)).await.expect("an outcome");
    let [Outcome::Written(theirs)] = &outcomes[..] else { panic!("{outcomes:?}") };
    opened.next(Kind::Create, Fault::Dropped);
    let outcomes = write(&opened, &[create]).await;
    let [Outcome::Written(ours)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_ne!(ours, theirs);
    assert_eq!(opened.service.stored().len(), 2);
}

#[tokio::test]
async fn a_block_is_not_tried_again() {
    let opened = open::<NotionService>(0).await;
    opened.script(Rule::new(Kind::Create, Fault::QuotaExceeded).always());
    let batch = [opened.create(&BTreeMap::from([("Name", text("X"))]))];
    let error = opened.connection.write(&opened.stream, &batch).await.expect_err("blocked");
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert_eq!(opened.service.log().count(Kind::Any), 1);
}

#[tokio::test]
async fn the_reason_names_the_property() {
    let opened = open::<NotionService>(0).await;
    let amount = opened.field("Amount").id.clone();
    let body = json!({"object": "error", "status": 400, "code": "validation_error",
        "message": format!("{amount} is expected to be rich_text.")});
    opened.next(Kind::Create, Fault::Answer(Answer::json(400, &body)));
    let reason = refused(&opened, "Amount", Value::Number(1.0)).await;
    assert_eq!(reason.fr, "Notion refuse cette page : Amount is expected to be rich_text.");
}

#[tokio::test]
async fn a_property_deleted_while_writing_is_named() {
    let opened = open::<NotionService>(0).await;
    assert!(opened.service.source.remove_property("Notes"));
    let batch = [opened.create(&BTreeMap::from([("Notes", text("X"))]))];
    let error = opened.connection.write(&opened.stream, &batch).await.expect_err("it cannot be written");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_eq!(error.message.fr, "La propriété « Notes » n'existe plus dans « Deals ».");
}

#[tokio::test]
async fn a_checkbox_is_ticked_and_cleared() {
    let service = NotionService::start(false).await;
    service.source.add_property(Property::new("Done", PropertyType::Checkbox));
    let settings = service.settings();
    let opened = reopened(service, settings).await;
    let outcomes = write(&opened, &[opened.create(&BTreeMap::from([("Done", Value::Bool(true))]))]).await;
    let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    let done = || opened.service.source.rows()[0].get("Done").clone();
    assert_eq!(done(), json!(true));
    write(&opened, &[opened.update(id, &BTreeMap::from([("Done", Value::Empty)]))]).await;
    assert_eq!(done(), json!(false));
}

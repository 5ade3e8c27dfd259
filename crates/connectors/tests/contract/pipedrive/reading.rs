//! Names in the place of numbers and hashes, links, stages, and what is gone.

use connectors::ErrorKind;
use connectors::http::{Http, Policy};
use futures_util::StreamExt;
use model::budget::Window;
use model::{Record, Status, Value, ValueKind};
use sandbox::pipedrive::{Entity, Options, Rights, Simulator};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::{PipedriveService, at, connection, text};
use crate::fixture::{Fixture, Opened, connect, open, stream_of};

async fn records(opened: &Opened<PipedriveService>) -> Vec<Record> {
    opened.pages().await.expect("pages").into_iter().flat_map(|page| page.records).collect()
}

fn value<'r>(opened: &Opened<PipedriveService>, record: &'r Record, name: &str) -> &'r Value {
    &record.fields[opened.field(name).id.as_str()]
}

#[tokio::test]
async fn custom_fields_keep_their_hash_and_bear_their_name() {
    let opened = open::<PipedriveService>(0).await;
    let level = opened.field("Niveau").clone();
    assert_eq!((level.id.len(), level.kind), (40, ValueKind::Choice));
    assert_eq!(level.options, ["Haut", "Bas"]);
    opened.service.deals().rename_field(&level.id, "Priorité");
    opened.service.deals().rename_option(&level.id, "Haut", "Très haut");
    let stream = stream_of(&*opened.connection, "Deals").await;
    let renamed = stream.find("Priorité").expect("the same field");
    assert_eq!((&renamed.id, &renamed.options[0]), (&level.id, &"Très haut".to_owned()));
}

#[tokio::test]
async fn a_page_s_links_are_named_a_hundred_at_a_time_and_once() {
    let service = PipedriveService::start(false).await;
    let persons = service
        .table(Entity::Persons)
        .make((0..250).map(|number| json!({"name": format!("Personne {number}")})));
    service
        .deals()
        .make((0..100).map(|number| json!({"title": "A", "person_id": persons[number % 50], "org_id": 1})));
    service.deals().make(persons.iter().map(|id| json!({"title": "B", "person_id": id})));
    let opened = at(service, "Deals").await;
    let records = records(&opened).await;
    assert_eq!(value(&opened, &records[3], "Contact person"), &text("Personne 3"));
    assert_eq!(value(&opened, &records[3], "Organization"), &text("Cave Saint-Martin"));
    assert_eq!(value(&opened, &records[349], "Contact person"), &text("Personne 249"));
    assert_eq!(value(&opened, &records[349], "Organization"), &Value::Empty);
    let asked = opened.service.log().of(Kind::Get);
    // One for the organization; persons by the first page, then as each page needs those not known yet.
    assert_eq!(asked.len(), 5, "{asked:?}");
}

#[tokio::test]
async fn a_link_that_cannot_be_named_is_never_taken_for_none() {
    let opened = open::<PipedriveService>(0).await;
    opened.service.deals().make([json!({"title": "A", "person_id": 1})]);
    // Hidden from the token's user: left out of the answer.
    let empty = sandbox::Answer::json(200, &json!({"success": true, "data": [], "additional_data": null}));
    opened.next(Kind::Get, Fault::Answer(empty));
    let records = records(&opened).await;
    assert_eq!(value(&opened, &records[0], "Contact person"), &Value::Unreadable("persons 1".to_owned()));
}

#[tokio::test]
async fn an_option_or_user_that_is_not_known_is_unreadable() {
    let service = PipedriveService::start(false).await;
    let level = service.code("Niveau");
    let option = service.deals().option(&level, "Bas");
    service.deals().make([json!({"title": "A", "custom_fields": {&*level: option}})]);
    service.deals().remove_option(&level, "Bas");
    let opened = at(service, "Deals").await;
    let records = records(&opened).await;
    assert_eq!(value(&opened, &records[0], "Niveau"), &Value::Unreadable("enum".to_owned()));
    assert_eq!(value(&opened, &records[0], "Owner"), &text("Camille Martin"));
}

#[tokio::test]
async fn stage_and_status_are_one_field() {
    let service = PipedriveService::start(false).await;
    let stage = service.simulator.stages()[2].0;
    service.deals().make(
        ["open", "won", "lost"].map(|status| json!({"title": "A", "stage_id": stage, "status": status})),
    );
    let opened = at(service, "Deals").await;
    let field = opened.field("Stage");
    let labels = ["Prospect", "Qualifié", "Proposition", "Négociation", "Gagné", "Perdu"];
    assert_eq!(field.options, labels);
    assert_eq!((field.kind, field.writable), (ValueKind::Choice, true));
    assert_eq!(field.stands_for.get("Gagné"), Some(&Status::Won));
    assert_eq!(field.stands_for.get("Perdu"), Some(&Status::Lost));
    let stages: Vec<Value> =
        records(&opened).await.iter().map(|record| value(&opened, record, "Stage").clone()).collect();
    assert_eq!(stages, ["Proposition", "Gagné", "Perdu"].map(text));
}

#[tokio::test]
async fn stages_of_several_pipelines_are_told_apart() {
    let service = PipedriveService::start(false).await;
    let pipeline = service.simulator.add_pipeline("Export");
    let stage = service.simulator.add_stage(pipeline, "Prospect");
    service.deals().make([json!({"title": "A", "stage_id": stage})]);
    let opened = at(service, "Deals").await;
    assert_eq!(opened.field("Stage").options[0], "Ventes › Prospect");
    let records = records(&opened).await;
    assert_eq!(value(&opened, &records[0], "Stage"), &text("Export › Prospect"));
    assert_eq!(value(&opened, &records[0], "Pipeline"), &text("Export"));
}

#[tokio::test]
async fn a_field_deleted_meanwhile_is_told_and_not_read_as_empty() {
    let opened = open::<PipedriveService>(3).await;
    opened.service.deals().remove_field(&opened.field("Niveau").id);
    let error = opened.pages().await.expect_err("a field is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("Niveau"), "{error}");
}

#[tokio::test]
async fn persons_and_organizations_are_streams_too() {
    let service = PipedriveService::start(false).await;
    service.table(Entity::Persons).make([json!({
        "name": "Ann Lee", "org_id": 1,
        "emails": [{"value": "a@example.com"}, {"value": "b@example.com", "label": "home"}],
    })]);
    let opened = at(service, "Persons").await;
    let people = records(&opened).await;
    let emails = Value::List(vec![text("a@example.com"), text("b@example.com")]);
    assert_eq!(value(&opened, &people[1], "Email"), &emails);
    assert_eq!(value(&opened, &people[1], "Organization"), &text("Cave Saint-Martin"));
    assert_eq!(value(&opened, &people[1], "Phone"), &Value::Empty);
    let opened = at(opened.service, "Organizations").await;
    assert_eq!(value(&opened, &records(&opened).await[0], "Name"), &text("Cave Saint-Martin"));
}

#[tokio::test]
async fn an_application_that_sees_only_deals_reads_them() {
    let service = PipedriveService::start(false).await;
    service.deals().make([json!({"title": "A", "person_id": 1})]);
    let token = service.simulator.access(Rights::scopes(&["base", "deals:read"]));
    let connection = connection(&service, super::refusals::granted(&service, &token));
    let streams = connection.discover().await.expect("streams");
    assert_eq!(streams.iter().map(|stream| stream.id.as_str()).collect::<Vec<_>>(), ["deals"]);
    let stream = &streams[0];
    let pages: Vec<_> = connection.read(stream, &stream.fields, None).collect().await;
    let record = &pages[0].as_ref().expect("a page").records[0];
    assert_eq!(record.fields["title"], text("A"));
    assert_eq!(record.fields["person_id"], Value::Unreadable("persons 1".to_owned()));
    assert_eq!(record.fields["owner_id"], Value::Unreadable("user".to_owned()));
}

#[tokio::test]
async fn pages_are_as_large_as_the_service_gives() {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a service");
    simulator.table(Entity::Deals).make((0..1_201).map(|_| json!({"title": "A"})));
    let service = PipedriveService { simulator };
    let opened = at(service, "Deals").await;
    assert_eq!(records(&opened).await.len(), 1_201);
    assert_eq!(opened.service.log().count(Kind::List), 3);
    assert_eq!(opened.service.log().count(Kind::Any), 4, "and the users, once");
}

#[tokio::test]
async fn what_is_left_is_told_as_the_service_told_it() {
    let service = PipedriveService::start(true).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let connection = connect(&service, &http, service.settings());
    assert_eq!(connection.budgets(), []);
    connection.check().await.expect("an account");
    let budgets = connection.budgets();
    let told: Vec<_> = budgets.iter().map(|budget| (budget.window, budget.limit, budget.left)).collect();
    assert_eq!(told, [(Window::Seconds(2), Some(20), 19), (Window::Day, Some(30_000), 29_998)]);
}

#[tokio::test]
async fn a_listing_that_leads_in_a_circle_ends() {
    let opened = open::<PipedriveService>(250).await;
    opened.script(Rule::new(Kind::List, Fault::DuplicatePage).always());
    let error = opened.pages().await.expect_err("it never ends");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
}

//! Reading: properties, stages, people, associations, and what is deleted meanwhile.

use connectors::{ErrorKind, Page};
use futures_util::StreamExt;
use model::{Status, Value, ValueKind};
use sandbox::hubspot::{Pipeline, Property, PropertyType};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::{HubspotService, text};
use crate::fixture::{Fixture, Opened, ids, open, stream_of};

async fn value(opened: &Opened<HubspotService>, field: &str) -> Value {
    let pages = opened.pages().await.expect("pages");
    let record = pages.iter().flat_map(|page| &page.records).next().expect("a record");
    record.fields[opened.field(field).id.as_str()].clone()
}

#[tokio::test]
async fn what_an_account_offers() {
    let service = HubspotService::start(false).await;
    let nom = Property::new("nom", "Nom", PropertyType::Text);
    let id = service.simulator.add_object("cuvees", "Cuvées", "nom", vec![nom]);
    service.simulator.records("cuvees").add([json!({"nom": "Sancerre"})]).expect("a record");
    let streams = service.connected(&[]).discover().await.expect("streams");
    let names: Vec<(&str, &str)> =
        streams.iter().map(|stream| (stream.id.as_str(), stream.name.as_str())).collect();
    let custom = (id.as_str(), "Cuvées");
    assert_eq!(names, [("deals", "Deals"), ("contacts", "Contacts"), ("companies", "Companies"), custom]);

    let field = |name: &str| streams[0].find(name).expect(name);
    assert_eq!((field("Deal Stage").kind, field("Deal Stage").options.len()), (ValueKind::Choice, 7));
    assert_eq!(field("Deal owner").kind, ValueKind::Choice);
    assert_eq!(field("Deal owner").options, ["Camille Martin"]);
    assert_eq!(
        (field("tags").kind, &field("tags").options),
        (ValueKind::List, &vec!["Rouge".to_owned(), "Blanc".into()])
    );
    let read_only = ["hs_object_id", "createdate", "pipeline", "hs_is_closed", "associations.companies"];
    assert!(read_only.iter().all(|name| !field(name).writable));
    assert!(["dealname", "dealstage", "closedate"].iter().all(|name| field(name).writable));
    assert!(streams[0].find("hs_was_imported").is_none(), "hidden");

    let connection = service.connected(&[("object_type", &id)]);
    let stream = stream_of(&*connection, "Cuvées").await;
    let pages: Vec<_> = connection.read(&stream, &stream.fields, None).collect().await;
    let page: &Page = pages[0].as_ref().expect("a page");
    assert_eq!(page.records[0].fields["nom"], text("Sancerre"));
}

#[tokio::test]
async fn stages_are_told_with_what_they_stand_for() {
    let opened = open::<HubspotService>(1).await;
    assert_eq!(value(&opened, "dealstage").await, text("Qualified To Buy"));
    let stage = opened.field("dealstage");
    let stands = |label: &str| stage.stands_for.get(label).copied();
    assert_eq!(stands("Closed Won"), Some(Status::Won));
    assert_eq!(stands("Closed Lost"), Some(Status::Lost));
    assert_eq!(stands("Appointment Scheduled"), Some(Status::Prospect));
    assert_eq!(stands("Contract Sent"), Some(Status::Negotiation));

    let export = Pipeline::new("p2", "Export", &[("s1", "Devis", 0.5), ("s2", "Closed Won", 1.0)]);
    opened.service.simulator.change_pipelines(|pipelines| pipelines.push(export));
    let streams = opened.connection.discover().await.expect("streams");
    let stage = streams[0].find("dealstage").expect("the stage");
    assert!(stage.options.contains(&"Sales Pipeline › Closed Won".to_owned()));
    assert!(stage.options.contains(&"Export › Closed Won".to_owned()));
    assert_eq!(value(&opened, "dealstage").await, text("Sales Pipeline › Qualified To Buy"));
}

#[tokio::test]
async fn labels_that_stand_twice_are_told_apart() {
    let service = HubspotService::start(false).await;
    service.deals().add_property(Property::new(
        "amount_2",
        "amount",
        PropertyType::choice(&[("x", "Oui"), ("y", "oui")]),
    ));
    for number in [1, 2] {
        service.simulator.add_owner("Inès", "Caron", &format!("ines{number}@example.com"));
    }
    let streams = service.connected(&[]).discover().await.expect("streams");
    let field = |id: &str| streams[0].fields.iter().find(|field| field.id == id).expect(id);
    assert_eq!(
        (field("amount").name.as_str(), field("amount_2").name.as_str()),
        ("Amount (amount)", "amount (amount_2)")
    );
    assert_eq!(field("amount_2").options, ["Oui (x)", "oui (y)"]);
    assert_eq!(field("hubspot_owner_id").options[1..], ["Inès Caron (70000002)", "Inès Caron (70000003)"]);
}

#[tokio::test]
async fn people_who_left_are_told_by_name_and_not_offered() {
    let opened = open::<HubspotService>(1).await;
    let simulator = &opened.service.simulator;
    let who = simulator.add_owner("Loïc", "Kermarrec", "loic@example.com");
    opened.service.deals().set(&opened.service.stored()[0], &json!({"hubspot_owner_id": who})).expect("set");
    simulator.archive_owner(&who);
    let streams = opened.connection.discover().await.expect("streams");
    assert_eq!(streams[0].find("hubspot_owner_id").expect("the owner").options, ["Camille Martin"]);
    assert_eq!(value(&opened, "hubspot_owner_id").await, text("Loïc Kermarrec"));
}

#[tokio::test]
async fn associated_records_are_told_by_name() {
    let opened = open::<HubspotService>(3).await;
    let (simulator, deals) = (&opened.service.simulator, opened.service.stored());
    let caves =
        simulator.records("companies").add([json!({"name": "Cave"}), json!({"domain": "vin.example"})]);
    let people = simulator.records("contacts").add([json!({"firstname": "Hélène", "lastname": "Roussel"})]);
    for company in &caves.expect("companies") {
        opened.service.deals().link(&deals[0], "companies", company).expect("a link");
    }
    opened.service.deals().link(&deals[2], "contacts", &people.expect("a contact")[0]).expect("a link");
    opened.service.log().clear();
    let pages = opened.pages().await.expect("pages");
    let told = |deal: usize, to: &str| &pages[0].records[deal].fields[format!("associations.{to}").as_str()];
    assert_eq!(told(0, "companies"), &Value::List(vec![text("Cave"), text("vin.example")]));
    assert_eq!(told(0, "contacts"), &Value::Empty);
    assert_eq!(told(2, "contacts"), &Value::List(vec![text("Hélène Roussel")]));
    assert_eq!(opened.service.log().count(Kind::Any), 3, "a page, and a batch for each type");
}

#[tokio::test]
async fn properties_too_many_for_an_address_are_read_in_batches() {
    let opened = open::<HubspotService>(0).await;
    for number in 0..300 {
        let name = format!("une_propriete_au_nom_interminable_{number}");
        opened.service.deals().add_property(Property::new(&name, &name, PropertyType::Number));
    }
    let last = "une_propriete_au_nom_interminable_299";
    opened.service.deals().add((0..150).map(|number| json!({ last: number }))).expect("deals");
    let company =
        opened.service.simulator.records("companies").add([json!({"name": "Cave"})]).expect("a company");
    let deals = opened.service.stored();
    opened.service.deals().link(&deals[120], "companies", &company[0]).expect("a link");
    let stream = stream_of(&*opened.connection, "Deals").await;
    let pages: Vec<_> = opened.connection.read(&stream, &stream.fields, None).collect().await;
    let pages: Vec<Page> = pages.into_iter().collect::<Result<_, _>>().expect("pages");
    assert_eq!(ids(&pages), deals);
    let records: Vec<_> = pages.iter().flat_map(|page| &page.records).collect();
    assert_eq!(records[149].fields[last], Value::Number(149.0));
    assert_eq!(records[120].fields["associations.companies"], Value::List(vec![text("Cave")]));
    assert!(opened.service.log().entries().iter().all(|entry| entry.status == Some(200)), "never 414");
}

#[tokio::test]
async fn only_the_properties_that_were_named() {
    let service = HubspotService::start(false).await;
    let streams = service
        .connected(&[("properties", "dealname, hs_was_imported\namount")])
        .discover()
        .await
        .expect("streams");
    let names: Vec<&str> = streams[0].fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(
        names,
        ["dealname", "amount", "hs_was_imported", "associations.companies", "associations.contacts"]
    );
    assert!(streams[1].find("email").is_some(), "other types are whole");
    let error =
        service.connected(&[("properties", "dealname, absente")]).discover().await.expect_err("a fault");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("absente") && !error.message.fr.contains("dealname"), "{error}");
}

#[tokio::test]
async fn a_property_deleted_meanwhile_is_not_taken_for_empty() {
    let opened = open::<HubspotService>(150).await;
    let deals = opened.service.deals();
    let gone = Fault::meanwhile(move || deals.remove_property("description"));
    opened.script(Rule::new(Kind::List, gone).nth(2));
    let error = opened.pages().await.expect_err("it is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("« Deal Description » n'existe plus"), "{error}");
    assert!(error.hint.is_some());
}

#[tokio::test]
async fn an_option_deleted_at_the_service_is_told_by_its_value() {
    let opened = open::<HubspotService>(1).await;
    opened
        .service
        .deals()
        .set(&opened.service.stored()[0], &json!({"dealtype": "newbusiness"}))
        .expect("set");
    assert_eq!(value(&opened, "dealtype").await, text("New Business"));
    opened.service.deals().remove_option("dealtype", "newbusiness");
    opened
        .service
        .simulator
        .change_pipelines(|pipelines| pipelines[0].stages.retain(|stage| stage.id != "qualifiedtobuy"));
    let streams = opened.connection.discover().await.expect("streams");
    assert_eq!(streams[0].find("dealtype").expect("the type").options, ["Existing Business"]);
    assert_eq!(value(&opened, "dealtype").await, text("newbusiness"));
    assert_eq!(value(&opened, "dealstage").await, text("qualifiedtobuy"));
}

#[tokio::test]
async fn a_renamed_property_is_the_same() {
    let opened = open::<HubspotService>(1).await;
    opened.service.deals().relabel_property("amount", "Montant");
    let stream = stream_of(&*opened.connection, "Deals").await;
    assert_eq!(stream.find("Montant").expect("by its new name").id, opened.field("Amount").id);
}

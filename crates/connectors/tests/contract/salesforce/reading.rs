//! What is particular to reading from Salesforce.

use connectors::{Count, ErrorKind};
use model::budget::Window;
use model::{Status, Value, ValueKind};
use sandbox::salesforce::{Field, FieldType};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{SalesforceService, connection, text, with};
use crate::fixture::{Fixture, ids, open, stream_of};

#[tokio::test]
async fn a_lost_cursor_costs_nothing() {
    let opened = open::<SalesforceService>(6_250).await;
    // The third listing is the first that goes by the service's cursor; so does the fifth.
    for listing in [3, 5] {
        opened.script(Rule::new(Kind::List, Fault::ExpiredOffset).nth(listing));
    }
    let pages = opened.pages().await.expect("all pages");
    assert_eq!(ids(&pages), opened.service.stored());
    assert!(pages.iter().all(|page| !page.restarted), "nothing comes again");
    assert_eq!(opened.service.faults().pending(), 0);

    // Days later, at another connection.
    let place = pages[1].next.clone();
    opened.service.simulator.forget_cursors();
    let rest = opened.pages_since(place).await.expect("the rest");
    assert_eq!(ids(&rest), ids(&pages[2..]));
}

#[tokio::test]
async fn a_page_that_leads_nowhere_is_not_the_end() {
    let opened = open::<SalesforceService>(1).await;
    let page = json!({"totalSize": 2, "done": false, "records": []});
    opened.script(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &page))));
    let error = opened.pages().await.expect_err("records are missing");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
}

#[tokio::test]
async fn an_object_that_no_address_holds_is_read_in_two_ways() {
    let service = SalesforceService::start(false).await;
    let deals = service.deals();
    let names: Vec<String> = (0..420).map(|n| format!("A_rather_long_name_of_a_field_{n:03}__c")).collect();
    for (number, name) in names.iter().enumerate() {
        deals.add_field(Field::new(name, &format!("Champ {number}"), FieldType::Text(40)));
    }
    let record = |n: usize| json!({"Name": format!("n° {n}"), (names[0].as_str()): "first", (names[419].as_str()): format!("last {n}")});
    deals.make((0..2_150).map(record));
    let connection = connection(&service, service.settings());
    let stream = stream_of(&*connection, SalesforceService::STREAM).await;
    service.log().clear();
    let mut reading = connection.read(&stream, &stream.fields, None);
    let mut read = Vec::new();
    while let Some(page) = futures_util::StreamExt::next(&mut reading).await {
        read.extend(page.expect("a page").records);
    }
    assert_eq!(read.len(), 2_150);
    for (n, record) in read.iter().enumerate() {
        assert_eq!(record.fields.len(), stream.fields.len());
        assert_eq!(record.fields[names[0].as_str()], text("first"));
        assert_eq!(record.fields[names[419].as_str()], Value::Text(format!("last {n}")));
    }
    assert_eq!(service.log().count(Kind::Get), 3, "once a page");
    assert!(service.log().entries().iter().all(|entry| entry.status == Some(200)));
}

#[tokio::test]
async fn fields_are_what_they_show() {
    let opened = open::<SalesforceService>(0).await;
    let simulator = &opened.service.simulator;
    let account = simulator.table("Account").ids()[0].clone();
    simulator.relabel_stage("Closed Won", "Gagnée");
    let deal = json!({
        "Name": "Acme", "StageName": "Closed Won", "AccountId": account, "Tags__c": "a;c", "LeadSource": "Web",
        "Description": "Une\r\ndeux", "CloseDate": "2027-03-28",
    });
    opened.service.deals().make([deal]);
    let reader = connection(&opened.service, opened.service.settings());
    let stream = stream_of(&*reader, SalesforceService::STREAM).await;
    let mut reading = reader.read(&stream, &stream.fields, None);
    let page = futures_util::StreamExt::next(&mut reading).await.expect("a page").expect("no fault");
    let fields = &page.records[0].fields;
    for (field, value) in [
        ("StageName", text("Gagnée")),
        ("AccountId", text("Cave Saint-Martin")),
        ("OwnerId", text("Passerelle Intégration")),
        ("Tags__c", Value::List(vec![text("Alpha"), text("Gamma")])),
        ("Description", text("Une\ndeux")),
        ("Amount", Value::Empty),
        ("IsWon", Value::Bool(true)),
    ] {
        assert_eq!(fields[field], value, "{field}");
    }
    assert!(page.records[0].modified_at.is_some());
    let kind = |name: &str| stream.find(name).map(|field| (field.kind, field.writable));
    assert_eq!(kind("OwnerId"), Some((ValueKind::Text, true)));
    assert_eq!(kind("IsWon"), Some((ValueKind::Bool, false)));
    let stage = stream.find("StageName").expect("the stage");
    assert_eq!((stage.stands_for["Gagnée"], stage.stands_for["Closed Lost"]), (Status::Won, Status::Lost));
    assert_eq!(stage.stands_for["Prospecting"], Status::Prospect);
    assert!(
        stage.options.contains(&"Gagnée".to_owned()) && !stage.options.contains(&"Closed Won".to_owned())
    );
}

#[tokio::test]
async fn any_object_can_be_the_one_and_four_others_are_offered() {
    let service = SalesforceService::start(false).await;
    let vines = service.simulator.add_object(
        "Vigne__c",
        "Vignes",
        [
            Field::new("Name", "Nom", FieldType::Text(80)).required(),
            Field::to("Compte__c", "Compte", "Account", "Compte__r"),
        ],
    );
    let account = service.simulator.table("Account").ids()[1].clone();
    vines.make([json!({"Name": "Clos", "Compte__c": account})]);
    service.simulator.table("Lead").show(false);
    let connection = connection(&service, with(service.settings(), "object_type", "vigne__C"));
    let streams = connection.discover().await.expect("streams");
    let names: Vec<&str> = streams.iter().map(|stream| stream.id.as_str()).collect();
    assert_eq!(names, ["Vigne__c", "Opportunity", "Account", "Contact"]);
    let mut reading = connection.read(&streams[0], &streams[0].fields, None);
    let page = futures_util::StreamExt::next(&mut reading).await.expect("a page").expect("no fault");
    assert_eq!(page.records[0].fields["Compte__c"], text("L'Île d'Yeu"));
    assert_eq!(connection.count(&streams[1], 10).await, Ok(Count::Exactly(0)));
}

#[tokio::test]
async fn a_field_that_went_away_is_named() {
    let opened = open::<SalesforceService>(3).await;
    opened.service.deals().remove_field("Tags__c");
    let error = opened.pages().await.expect_err("the field is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(
        error.message.fr.contains("« Tags »") && error.message.fr.contains("« Opportunities »"),
        "{error}"
    );
    let create = opened.create(&super::sample_with("Name", text("x")));
    let error = opened.connection.write(&opened.stream, &[create]).await.expect_err("the field is gone");
    assert!(error.message.fr.contains("« Tags »"), "{error}");
    opened.service.deals().show(false);
    let error = opened.connection.count(&opened.stream, 10).await.expect_err("the object is gone");
    assert!(error.message.fr.contains("Opportunity"), "{error}");
}

#[tokio::test]
async fn what_is_left_of_the_day_is_told_by_every_answer() {
    let opened = open::<SalesforceService>(3).await;
    let budgets = opened.connection.budgets();
    let used = opened.service.simulator.used();
    assert_eq!((budgets.len(), budgets[0].window), (1, Window::Day));
    assert_eq!(budgets[0].limit.expect("a limit") - budgets[0].left, used);
    opened.pages().await.expect("pages");
    let left = opened.connection.budgets()[0].left;
    assert_eq!(budgets[0].left - left, opened.service.simulator.used() - used);
}

//! A listing that is not whole does not pass for one, nor what is withheld for what is empty.

use connectors::{Connection, Error, ErrorKind, Page, Result};
use futures_util::StreamExt;
use model::Value;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::{Value as Json, json};

use super::{filled, open};
use crate::fixture::ids;

fn answer(body: &Json) -> Fault {
    Fault::Answer(Answer::json(200, body))
}

async fn read(connection: &dyn Connection) -> Result<Vec<Page>> {
    let stream = connection.discover().await?.remove(0);
    connection.read(&stream, &stream.fields, None).collect::<Vec<_>>().await.into_iter().collect()
}

/// What becomes of a reading of this many people whose page of that number comes so.
async fn refused(stream: &str, people: usize, page: u64, fault: Fault) -> Error {
    let simulator = filled(people).await;
    let connection = open(&simulator, stream);
    // The list shows its columns by its first page.
    let shown = u64::from(stream == "employees");
    simulator.fault(Rule::new(Kind::List, fault).nth(shown + page));
    let error = read(&*connection).await.expect_err("somebody is missing");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{stream}: {error}");
    assert!(error.hint.is_some() && !error.maybe_applied, "{stream}: {error}");
    error
}

#[tokio::test]
async fn a_listing_that_ends_before_its_total_is_refused() {
    let list = json!({"data": [{"employeeId": "101"}], "meta": {"total": 150, "page": {"nextCursor": null}}});
    let error = refused("employees", 150, 2, answer(&list)).await;
    assert!(error.message.fr.contains("150 lignes et en a envoyé 101"), "{error}");
    let rows =
        json!({"data": [{"employeeId": "1001"}], "pagination": {"total_records": 1200, "next_page": null}});
    let error = refused("dataset:employee", 1_200, 2, answer(&rows)).await;
    assert!(error.message.fr.contains("1200 lignes et en a envoyé 1001"), "{error}");
}

#[tokio::test]
async fn an_empty_page_that_names_another_is_not_the_end() {
    for (stream, people) in [("employees", 250), ("dataset:employee", 2_100)] {
        let error = refused(stream, people, 2, Fault::EmptyPage).await;
        assert!(error.message.fr.contains("page vide"), "{stream}: {error}");
    }
}

#[tokio::test]
async fn the_page_before_again_is_not_the_next_one() {
    for (stream, people) in [("employees", 250), ("dataset:employee", 2_100)] {
        let error = refused(stream, people, 2, Fault::DuplicatePage).await;
        assert!(error.message.fr.contains("les mêmes pages"), "{stream}: {error}");
    }
}

#[tokio::test]
async fn fields_of_a_dataset_that_do_not_come_whole_are_refused() {
    let more = json!({"fields": [{"name": "a"}], "pagination": {"total_records": 9, "next_page": "?page=2"}});
    let few = json!({"fields": [{"name": "a"}], "pagination": {"total_records": 9, "next_page": null}});
    let none = json!({"fields": [], "pagination": {"total_records": 9, "next_page": "?page=2"}});
    for (body, told) in [(more, "les mêmes pages"), (few, "9 lignes"), (none, "page vide")] {
        let simulator = filled(1).await;
        // The types of the company's fields are asked for first.
        simulator.fault(Rule::new(Kind::Schema, answer(&body)).from_nth(2));
        let error = open(&simulator, "dataset:employee").discover().await.expect_err("not all fields");
        assert_eq!(error.kind, ErrorKind::UnexpectedReply);
        assert!(error.message.fr.contains(told), "{error}");
    }
}

#[tokio::test]
async fn what_is_left_out_or_withheld_is_unreadable() {
    let simulator = filled(2).await;
    let connection = open(&simulator, "employees");
    let stream = connection.discover().await.expect("streams").remove(0);
    let page = json!({
        "data": [{
            "employeeId": "1", "firstName": "Ann", "preferredName": null, "status": null,
            "_restrictedFields": ["status"],
        }],
        "meta": {"total": 1, "page": {"nextCursor": null}},
    });
    simulator.fault(Rule::new(Kind::List, answer(&page)));
    let pages: Vec<_> = connection.read(&stream, &stream.fields, None).collect().await;
    let pages: Vec<Page> = pages.into_iter().collect::<Result<_>>().expect("pages");
    assert_eq!(ids(&pages), ["1"]);
    let fields = &pages[0].records[0].fields;
    assert_eq!(fields["preferredName"], Value::Empty, "it is there and holds nothing");
    assert_eq!(fields["lastName"], Value::Unreadable("text".to_owned()), "it is left out");
    assert_eq!(fields["status"], Value::Unreadable("status".to_owned()), "it is withheld");
}

//! What rows hold.

use connectors::ErrorKind;
use futures_util::StreamExt;
use model::{Value, ValueKind};
use sandbox::workday::TENANT;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{by_client, described, filled, open, open_report, read, report_url};
use crate::fixture::ids;

#[tokio::test]
async fn the_columns_of_a_report_are_those_of_its_schema() {
    let simulator = filled(5).await;
    simulator.add_column("Cost_Center");
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    let kinds: Vec<_> = stream.fields.iter().map(|field| (field.id.as_str(), field.kind)).collect();
    assert_eq!(kinds[0], ("Employee_ID", ValueKind::Text), "in the report's order");
    for expected in [
        ("Hire_Date", ValueKind::Date),
        ("Last_Functionally_Updated", ValueKind::DateTime),
        ("Salary", ValueKind::Number),
        ("Active", ValueKind::Bool),
        ("Skills_group", ValueKind::Text),
        // No row has a value in it.
        ("Cost_Center", ValueKind::Text),
    ] {
        assert!(kinds.contains(&expected), "{expected:?} in {kinds:?}");
    }
    let rows: Vec<_> = connection.rows(&stream, None).collect().await;
    let row = &rows[0].as_ref().expect("rows").rows[2];
    assert_eq!(row.id.as_deref(), Some("21003"));
    for part in [
        r#""Skills_group":"Level: 1, Skill: SQL ; Level: 2, Skill: Rust ; Level: 3, Skill: Œnologie""#,
        r#""Cost_Center":null"#,
        r#""Active":true"#,
        r#""Salary":"#,
        r#""Manager":"#,
    ] {
        assert!(row.content.contains(part), "{part} in {}", row.content);
    }
}

#[tokio::test]
async fn a_report_without_schema_shows_its_columns_itself() {
    let simulator = filled(5).await;
    simulator.fault(Rule::new(Kind::Schema, Fault::Status(404)).always());
    let connection = open_report(&simulator);
    connection.check().await.expect("an account");
    let stream = described(&*connection).await;
    let kind = |id: &str| stream.fields.iter().find(|field| field.id == id).map(|field| field.kind);
    assert_eq!(kind("Hire_Date"), Some(ValueKind::Date));
    assert_eq!(kind("Notes"), None, "it is empty in every row");
    assert_eq!(read(&*connection, &stream).await.map(|pages| ids(&pages).len()), Ok(5));
}

#[tokio::test]
async fn a_report_with_no_rows_may_be_an_empty_object() {
    let simulator = filled(5).await;
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    for body in [json!({}), json!({"Report_Entry": []}), json!({"Report_Entry": null})] {
        simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &body))));
        let pages = read(&*connection, &stream).await.expect("no rows");
        assert_eq!((pages.len(), pages[0].records.len()), (1, 0), "{body}");
    }
    let refusal = json!({"message": "nothing of the kind"});
    simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &refusal))));
    assert!(read(&*connection, &stream).await.is_err(), "another object is no empty report");
}

#[tokio::test]
async fn a_client_reads_reports_too_and_tokens_are_renewed() {
    let simulator = filled(5).await;
    let connection = open(&simulator, by_client(TENANT, &report_url(TENANT)));
    let stream = described(&*connection).await;
    simulator.end_tokens();
    assert_eq!(read(&*connection, &stream).await.map(|pages| ids(&pages).len()), Ok(5));
    let tokens = simulator.log().entries().iter().filter(|entry| entry.path.ends_with("/token")).count();
    assert_eq!(tokens, 2);
}

#[tokio::test]
async fn what_a_report_asks_for_is_answered_by_its_address() {
    let simulator = filled(2).await;
    simulator.require_prompt("Effective_as_of_Date");
    let url = format!("{}&Effective_as_of_Date=2026-05-01-07:00", report_url(TENANT));
    let connection = open(&simulator, by_client(TENANT, &url));
    let stream = described(&*connection).await;
    assert_eq!(read(&*connection, &stream).await.map(|pages| ids(&pages).len()), Ok(2));
}

#[tokio::test]
async fn workers_of_a_later_version_are_taken_apart() {
    let simulator = filled(7).await;
    let mut settings = by_client(TENANT, "");
    settings.values.insert("api_version".to_owned(), "v4".to_owned());
    let connection = open(&simulator, settings);
    let stream = described(&*connection).await;
    let pages = read(&*connection, &stream).await.expect("pages");
    let record = &pages[0].records[5];
    for (column, value) in [
        ("primaryJob.location.country", "France"),
        ("person.email", "p21006@example.com"),
        ("additionalJobs", "Sommelier, Formateur"),
    ] {
        assert_eq!(record.fields[column], Value::Text(value.to_owned()), "{column}");
    }
    assert_eq!(pages[0].records[4].fields["additionalJobs"], Value::Empty);
}

/// A page of the workers with these numbers.
fn workers(total: usize, numbers: std::ops::Range<usize>) -> Fault {
    let data: Vec<_> =
        numbers.map(|n| json!({"id": format!("w{n}"), "descriptor": format!("Worker {n}")})).collect();
    Fault::Answer(Answer::json(200, &json!({"total": total, "data": data})))
}

#[tokio::test]
async fn workers_end_with_a_page_that_stays_empty_whatever_the_total_says() {
    let simulator = filled(150).await;
    let connection = open(&simulator, by_client(TENANT, ""));
    let stream = described(&*connection).await;
    simulator.fault(Rule::new(Kind::List, workers(900, 0..100)));
    simulator.fault(Rule::new(Kind::List, workers(900, 0..0)).nth(2).times(2));
    assert_eq!(read(&*connection, &stream).await.map(|pages| ids(&pages).len()), Ok(100));
    simulator.fault(Rule::new(Kind::List, workers(150, 0..0)).nth(2));
    assert_eq!(read(&*connection, &stream).await.map(|pages| ids(&pages)), Ok(simulator.wids()));
}

#[tokio::test]
async fn a_short_page_of_workers_hides_nobody() {
    let simulator = filled(150).await;
    let connection = open(&simulator, by_client(TENANT, ""));
    let stream = described(&*connection).await;
    let wids = simulator.wids();
    let data: Vec<_> = wids[..60].iter().map(|wid| json!({"id": wid})).collect();
    let short = Answer::json(200, &json!({"total": 150, "data": data}));
    simulator.fault(Rule::new(Kind::List, Fault::Answer(short)));
    assert_eq!(read(&*connection, &stream).await.map(|pages| ids(&pages)), Ok(wids));
}

#[tokio::test]
async fn workers_who_come_or_leave_meanwhile_are_read_anew() {
    let simulator = filled(150).await;
    let connection = open(&simulator, by_client(TENANT, ""));
    let stream = described(&*connection).await;
    simulator.fault(Rule::new(Kind::List, workers(151, 100..151)).nth(2));
    let pages = read(&*connection, &stream).await.expect("pages");
    let anew = pages.iter().position(|page| page.restarted).expect("a page that says so");
    assert_eq!(ids(&pages[anew..]), simulator.wids());
    let since = pages[anew].next.clone();
    assert!(simulator.delete(21_001));
    let rest: Vec<_> = connection.read(&stream, &stream.fields, since).collect().await;
    assert!(rest[0].as_ref().expect("a page").restarted, "the places are others now");
    assert_eq!(rest.iter().flatten().map(|page| page.records.len()).sum::<usize>(), 149);
}

#[tokio::test]
async fn the_same_workers_again_are_no_next_page() {
    let simulator = filled(250).await;
    let connection = open(&simulator, by_client(TENANT, ""));
    let stream = described(&*connection).await;
    simulator.fault(Rule::new(Kind::List, Fault::DuplicatePage).nth(2));
    let error = read(&*connection, &stream).await.expect_err("a hundred are missing");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
}

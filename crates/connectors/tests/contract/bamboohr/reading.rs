//! What rows hold, and what becomes of them when the company changes something.

use chrono::NaiveDate;
use connectors::{Connection, ErrorKind, Page, Result};
use futures_util::StreamExt;
use model::{StreamSchema, Value, ValueKind};

use super::{filled, open};

async fn read(connection: &dyn Connection, stream: &StreamSchema) -> Result<Vec<Page>> {
    connection.read(stream, &stream.fields, None).collect::<Vec<_>>().await.into_iter().collect()
}

async fn described(connection: &dyn Connection) -> StreamSchema {
    connection.discover().await.expect("streams").remove(0)
}

#[tokio::test]
async fn the_values_of_a_report_have_their_types() {
    let simulator = filled(9).await;
    let connection = open(&simulator, "7");
    let stream = described(&*connection).await;
    let kinds: Vec<_> = stream.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    for expected in [
        ("First Name", ValueKind::Text),
        ("Hire Date", ValueKind::Date),
        ("Pay Rate", ValueKind::Text),
        ("Status", ValueKind::Choice),
        ("Jours de congé", ValueKind::Number),
        ("Badge remis", ValueKind::Bool),
    ] {
        assert!(kinds.contains(&expected), "{expected:?} in {kinds:?}");
    }
    let pages = read(&*connection, &stream).await.expect("pages");
    let (first, last) = (&pages[0].records[0], &pages[0].records[8]);
    assert_eq!(first.fields["terminationDate"], Value::Empty, "0000-00-00 is no day");
    let left = NaiveDate::from_ymd_opt(2026, 6, 30).map(Value::Date);
    assert_eq!(Some(&last.fields["terminationDate"]), left.as_ref());
    assert_eq!((&first.fields["4314"], &first.fields["4315"]), (&Value::Number(1.0), &Value::Bool(false)));
    assert_eq!(first.fields["payRate"], Value::Text("30137.00 EUR".to_owned()));
}

#[tokio::test]
async fn rows_bear_the_names_that_people_see() {
    let simulator = filled(3).await;
    assert!(simulator.rename_field("4314", "Congés restants"));
    let connection = open(&simulator, "7");
    let stream = described(&*connection).await;
    let pages: Vec<_> = connection.rows(&stream, None).collect().await;
    let row = &pages[0].as_ref().expect("rows").rows[1];
    assert_eq!(row.id.as_deref(), Some("2"));
    for part in [
        r#""Congés restants":2"#,
        r#""Badge remis":true"#,
        r#""Termination Date":null"#,
        r#""Status":"Active""#,
    ] {
        assert!(row.content.contains(part), "{part} in {}", row.content);
    }
}

#[tokio::test]
async fn one_employee_may_have_several_rows() {
    let simulator = filled(2).await;
    simulator.save_report("8", "Historique", &["hireDate", "payRate"], 2);
    let connection = open(&simulator, "8");
    let stream = described(&*connection).await;
    assert_eq!((stream.id.as_str(), stream.name.as_str()), ("8", "Historique"));
    let pages = read(&*connection, &stream).await.expect("pages");
    assert_eq!(crate::fixture::ids(&pages), ["1", "1#2", "2", "2#2"]);
}

#[tokio::test]
async fn a_report_that_changed_since_a_break_begins_anew() {
    let simulator = filled(450).await;
    let connection = open(&simulator, "7");
    let stream = described(&*connection).await;
    let first = read(&*connection, &stream).await.expect("pages").remove(0);
    assert!(simulator.set(3, "lastName", "Marié"));
    let pages: Vec<_> = connection.read(&stream, &stream.fields, first.next).collect().await;
    let pages: Vec<Page> = pages.into_iter().collect::<Result<_>>().expect("pages");
    assert!(pages[0].restarted);
    assert_eq!(crate::fixture::ids(&pages).len(), 450);
}

#[tokio::test]
async fn types_are_those_of_the_company_even_where_the_answer_tells_none() {
    let simulator = filled(3).await;
    for (word, date) in [("dataset:employee", Some(ValueKind::Date)), ("employees", None)] {
        let stream = described(&*open(&simulator, word)).await;
        let kind = |id: &str| stream.fields.iter().find(|field| field.id == id).map(|field| field.kind);
        assert_eq!(kind("hireDate"), date, "{word}");
        assert_eq!(kind("status"), Some(ValueKind::Choice), "{word}");
        assert_eq!(kind("_restrictedFields"), None, "a remark is no column");
    }
}

#[tokio::test]
async fn an_empty_directory_is_no_fault_and_a_deleted_report_is_one() {
    let simulator = filled(0).await;
    let connection = open(&simulator, "directory");
    let stream = described(&*connection).await;
    assert_eq!(read(&*connection, &stream).await.map(|pages| pages[0].records.len()), Ok(0));
    let connection = open(&simulator, "7");
    let stream = described(&*connection).await;
    assert!(simulator.delete_report("7"));
    let error = read(&*connection, &stream).await.expect_err("it was deleted");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("rapport n° 7"), "{error}");
}

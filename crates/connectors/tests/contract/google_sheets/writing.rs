//! What is written, and what is not written over.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use connectors::{ErrorKind, Outcome, Write};
use model::Value;
use sandbox::sheets::Cell;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::{BOOK, SheetsService, at};
use crate::fixture::{Fixture, open};

fn name(name: &str) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([("Nom", Value::Text(name.to_owned()))])
}

#[tokio::test]
async fn texts_are_never_formulas_and_dates_are_dates() {
    let opened = open::<SheetsService>(0).await;
    let mut record = SheetsService::sample(0);
    for text in
        ["=1+1", "+33 1 99 00 12 34", "-x", "@SUM(A1)", "'quoted", "0012", "1e5", "TRUE", "2024-05-01"]
    {
        record.insert("Notes", Value::Text(text.to_owned()));
        let outcomes =
            opened.connection.write(&opened.stream, &[opened.create(&record)]).await.expect("written");
        assert!(matches!(outcomes[..], [Outcome::Written(_)]), "{outcomes:?}");
        let row = opened.service.tab.rows().len() - 1;
        let cell = opened.service.tab.cell(row, 5);
        assert!(cell.is_text() && cell.formula_text().is_none(), "{cell:?}");
        assert_eq!(cell.value(), json!(text));
    }
    let (day, moment) = (opened.service.tab.cell(1, 3), opened.service.tab.cell(1, 4));
    assert_eq!((day.value(), day.format_kind()), (json!(46812), Some("DATE")));
    assert_eq!(moment.format_kind(), Some("DATE_TIME"));
    assert_eq!(opened.service.tab.cell(1, 2).value(), json!(0.25));
}

#[tokio::test]
async fn new_rows_go_below_the_last_one_and_the_grid_grows() {
    let opened = open::<SheetsService>(3).await;
    opened.service.tab.resize(4, 6);
    let batch = [opened.create(&name("a")), opened.create(&name("b"))];
    opened.connection.discover().await.expect("streams");
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("written");
    assert_eq!(outcomes.len(), 2);
    assert_eq!(opened.service.tab.size(), (6, 7), "two rows more, and a column for ids");
    let rows = opened.service.tab.rows();
    assert_eq!((&rows[4][0], &rows[5][0]), (&json!("a"), &json!("b")));
}

#[tokio::test]
async fn what_somebody_types_meanwhile_is_not_written_over() {
    let opened = open::<SheetsService>(3).await;
    let tab = opened.service.tab.clone();
    // Between the look and the write, in the very row that is written next.
    opened.next(Kind::Create, Fault::meanwhile(move || tab.set(4, 0, Cell::text("À la main"))));
    opened.connection.write(&opened.stream, &[opened.create(&name("Neuf"))]).await.expect("written");
    let names: Vec<_> = opened.service.tab.rows().iter().map(|row| row[0].clone()).collect();
    assert_eq!(names[4..], [json!("Neuf"), json!("À la main")]);
}

#[tokio::test]
async fn notes_beside_the_table_are_not_taken_for_a_free_column() {
    let service = SheetsService::start(false).await;
    service.fill(200);
    service.tab.set(150, 6, Cell::text("une remarque"));
    let opened = at(service, "Deals").await;
    opened.connection.write(&opened.stream, &[opened.create(&name("Neuf"))]).await.expect("written");
    assert_eq!(opened.service.tab.cell(150, 6).value(), json!("une remarque"));
    assert_eq!(opened.service.tab.cell(0, 7).value(), json!("Passerelle ID"));
}

#[tokio::test]
async fn most_answers_lost_and_every_row_written_once() {
    let opened = open::<SheetsService>(0).await;
    opened.script(Rule::new(Kind::Create, Fault::DoneThenDropped).always().chance(0.4, 7));
    opened.script(Rule::new(Kind::Create, Fault::Dropped).always().chance(0.2, 8));
    let mut all = HashSet::new();
    for batch in 0..12 {
        let writes: Vec<Write> =
            (0..20).map(|n| opened.create(&SheetsService::sample(batch * 20 + n))).collect();
        for outcome in opened.connection.write(&opened.stream, &writes).await.expect("outcomes") {
            let Outcome::Written(id) = outcome else { panic!("{outcome:?}") };
            all.insert(id);
        }
    }
    assert_eq!(all.len(), 240);
    assert_eq!(opened.service.stored().into_iter().collect::<HashSet<_>>(), all);
}

#[tokio::test]
async fn a_protected_row_does_not_sink_the_others() {
    let opened = open::<SheetsService>(40).await;
    opened.service.tab.protect(5, 6, 0, 6);
    let old = opened.service.stored();
    let status = BTreeMap::from([("Statut", Value::Text("Won".to_owned()))]);
    let batch: Vec<Write> = old.iter().map(|id| opened.update(id, &status)).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    for (place, outcome) in outcomes.iter().enumerate() {
        match (place, outcome) {
            (4, Outcome::Rejected(why)) => assert!(why.fr.contains("protégées"), "{why:?}"),
            (_, Outcome::Written(id)) => assert_eq!(id, &old[place]),
            other => panic!("{other:?}"),
        }
    }
    opened.service.tab.protect(0, 100, 0, 6);
    let error = opened.connection.write(&opened.stream, &[opened.create(&name("x"))]).await;
    let error = error.expect_err("nothing can be written");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.hint.expect("a hint").fr.contains("Protéger"));
}

#[tokio::test]
async fn merged_cells_are_not_written() {
    let opened = {
        let service = SheetsService::start(false).await;
        service.fill(4);
        service.tab.merge(2, 4, 1, 2);
        at(service, "Deals").await
    };
    let status = BTreeMap::from([("Statut", Value::Text("Won".to_owned()))]);
    let batch: Vec<Write> = (0..4).map(|n| opened.update(&format!("Société n° {n}"), &status)).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    let [Outcome::Written(_), Outcome::Rejected(one), Outcome::Rejected(_), Outcome::Written(_)] =
        &outcomes[..]
    else {
        panic!("{outcomes:?}")
    };
    assert!(one.fr.contains("B3:B4"), "{one:?}");
}

#[tokio::test]
async fn a_full_spreadsheet_is_told() {
    let opened = open::<SheetsService>(3).await;
    opened.service.simulator.limit_cells(BOOK, 26_000);
    let error =
        opened.connection.write(&opened.stream, &[opened.create(&name("x"))]).await.expect_err("full");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.fr.contains("10 millions de cellules"), "{error}");
}

#[tokio::test]
async fn a_thousand_rows_are_two_requests() {
    let opened = open::<SheetsService>(0).await;
    let batch: Vec<Write> = (0..1_000).map(|number| opened.create(&SheetsService::sample(number))).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Written(_))).count(), 1_000);
    assert_eq!(opened.service.log().count(Kind::Any), 2, "a look and a write");
}

#[tokio::test]
async fn a_first_export_writes_real_numbers_and_dates() {
    let service = SheetsService::start(false).await;
    let tab = service.simulator.tab(BOOK, 5, "Neuf");
    tab.add([["Client", "Montant brut", "Date d'échéance"].map(Cell::text).to_vec()]);
    let opened = at(service, "Neuf").await;
    let day = NaiveDate::from_ymd_opt(2028, 2, 29).expect("a day");
    let record = BTreeMap::from([
        ("Client", Value::Text("Acme".to_owned())),
        ("Montant brut", Value::Number(1234.5)),
        ("Date d'échéance", Value::Date(day)),
    ]);
    opened.connection.write(&opened.stream, &[opened.create(&record)]).await.expect("written");
    assert_eq!(json!(tab.rows()[1][1..3]), json!([1234.5, 46812]));
    assert_eq!(tab.cell(1, 2).format_kind(), Some("DATE"));
}

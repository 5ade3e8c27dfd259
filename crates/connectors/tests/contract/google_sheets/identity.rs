//! Which row is which, whatever people do to the tab between two readings.

use std::collections::BTreeMap;

use connectors::Outcome;
use model::Value;
use sandbox::sheets::Cell;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{SheetsService, at, row};
use crate::fixture::{Fixture, ids, open};

fn status(status: &str) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([("Statut", Value::Text(status.to_owned()))])
}

#[tokio::test]
async fn sorting_and_inserting_move_no_identity() {
    let opened = open::<SheetsService>(5).await;
    let create = [opened.create(&SheetsService::sample(1))];
    let outcomes = opened.connection.write(&opened.stream, &create).await.expect("written");
    let [Outcome::Written(created)] = &outcomes[..] else { panic!("{outcomes:?}") };
    let before = ids(&opened.pages().await.expect("pages"));
    opened.service.tab.sort(1, 0, true);
    opened.service.tab.insert_rows(1, 2);
    let mut after = ids(&opened.pages().await.expect("pages"));
    assert_ne!(after, before);
    after.sort();
    let mut before = before;
    before.sort();
    assert_eq!(after, before);
    assert!(after.contains(created));
}

#[tokio::test]
async fn a_row_is_found_again_when_rows_move_between_reading_and_writing() {
    let opened = open::<SheetsService>(5).await;
    let sort = {
        let tab = opened.service.tab.clone();
        move || tab.sort(1, 0, true)
    };
    // Between the reading and the write, and again while the write's answer is lost.
    sort();
    opened.next(Kind::Update, Fault::DoneThenDropped);
    let tab = opened.service.tab.clone();
    opened.script(Rule::new(Kind::List, Fault::meanwhile(move || tab.insert_rows(1, 3))).nth(2));
    let outcomes = opened
        .connection
        .write(&opened.stream, &[opened.update("Société n° 1", &status("Won"))])
        .await
        .expect("written");
    assert_eq!(outcomes, [Outcome::Written("Société n° 1".to_owned())]);
    let rows = opened.service.tab.rows();
    let won: Vec<_> =
        rows.iter().filter(|row| row.get(1) == Some(&json!("Won"))).map(|row| row[0].clone()).collect();
    assert_eq!(won, [json!("Société n° 1")], "this row and no other");
}

#[tokio::test]
async fn a_row_whose_name_is_written_keeps_what_it_was_known_by() {
    let opened = open::<SheetsService>(3).await;
    let name = BTreeMap::from([("Nom", Value::Text("Renommée".to_owned()))]);
    let outcomes = opened
        .connection
        .write(&opened.stream, &[opened.update("Société n° 1", &name)])
        .await
        .expect("written");
    assert_eq!(outcomes, [Outcome::Written("Société n° 1".to_owned())]);
    assert_eq!(ids(&opened.pages().await.expect("pages")), ["Société n° 0", "Société n° 1", "Société n° 2"]);
    let rows = opened.service.tab.rows();
    assert_eq!(
        (&rows[0][6], &rows[2][0], &rows[2][6]),
        (&json!("Passerelle ID"), &json!("Renommée"), &json!("Société n° 1"))
    );
    assert_eq!(opened.stream.fields.len(), 6, "ids are no column of the stream");
}

#[tokio::test]
async fn rows_that_begin_alike_are_told_apart_but_not_guessed_at() {
    let service = SheetsService::start(false).await;
    service.tab.add([row("Acme", 1.0), row("Acme", 2.0), row("Autre", 3.0), row("", 4.0)]);
    let opened = at(service, "Deals").await;
    assert_eq!(ids(&opened.pages().await.expect("pages")), ["Acme", "Acme (2)", "Autre", "#5"]);
    let batch = [
        opened.update("Acme", &status("Won")),
        opened.update("Autre", &status("Won")),
        opened.update("#5", &status("Won")),
    ];
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    let [Outcome::Rejected(alike), Outcome::Written(_), Outcome::Rejected(nameless)] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert!(alike.fr.contains("Passerelle ID"), "{alike:?}");
    assert!(nameless.fr.contains("première colonne"), "{nameless:?}");
}

#[tokio::test]
async fn people_may_give_ids_themselves_and_copies_are_other_rows() {
    let service = SheetsService::start(false).await;
    service.tab.set(0, 6, Cell::text("passerelle id"));
    service.tab.add([row("Acme", 1.0), row("Acme", 2.0)]);
    service.tab.set(1, 6, Cell::text("A-1"));
    service.tab.set(2, 6, Cell::number(17.0));
    service.tab.add([[row("Acme", 3.0), vec![Cell::text("A-1")]].concat()]);
    let opened = at(service, "Deals").await;
    assert_eq!(ids(&opened.pages().await.expect("pages")), ["A-1", "17", "Acme (3)"]);
    let outcomes = opened
        .connection
        .write(&opened.stream, &[opened.update("17", &status("Won"))])
        .await
        .expect("written");
    assert_eq!(outcomes, [Outcome::Written("17".to_owned())]);
    assert_eq!(opened.service.tab.rows()[2][1], json!("Won"));
}

#[tokio::test]
async fn a_reading_taken_up_again_names_rows_alike() {
    let service = SheetsService::start(false).await;
    service.tab.add((0..500).map(|number| row(&format!("N{}", number % 7), 1.0)));
    let opened = at(service, "Deals").await;
    let whole = opened.pages().await.expect("pages");
    let rest = opened.pages_since(whole[0].next.clone()).await.expect("the rest");
    assert_eq!(ids(&rest), ids(&whole[1..]));
    // Without a column for ids there is one column to look at: the service need not answer it twice.
    let names: Vec<_> = opened.service.tab.rows().iter().skip(1).map(|row| vec![row[0].clone()]).collect();
    let answer = json!({"valueRanges": [{"valueRange": {"values": names}}]});
    opened.next(Kind::List, Fault::Answer(Answer::json(200, &answer)));
    let rest = opened.pages_since(whole[0].next.clone()).await.expect("the rest");
    assert_eq!(ids(&rest), ids(&whole[1..]));
}

//! Spreadsheets as people make them.

use std::sync::Arc;

use chrono::NaiveDate;
use connectors::Count;
use futures_util::StreamExt;
use model::{Record, Value, ValueKind};
use sandbox::sheets::{Cell, Format};
use sandbox::{Fault, Kind, Rule};

use super::{BOOK, SheetsService, at, connection, row};
use crate::fixture::{Fixture, Opened, ids, open, stream_of};

async fn records(opened: &Opened<SheetsService>) -> Vec<Record> {
    opened.pages().await.expect("pages").into_iter().flat_map(|page| page.records).collect()
}

fn held<'a>(record: &'a Record, field: &str) -> &'a Value {
    &record.fields[field]
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[tokio::test]
async fn the_header_lies_below_empty_rows_and_a_merged_title() {
    let service = SheetsService::start(false).await;
    let tab = service.simulator.tab(BOOK, 5, "Titre");
    tab.set(1, 0, Cell::text("Affaires 2026"));
    tab.merge(1, 2, 0, 4);
    tab.set(3, 0, Cell::text("Client"));
    tab.set(3, 1, Cell::text(" Montant\n(HT) "));
    tab.set(4, 0, Cell::text("Acme"));
    tab.set(4, 1, Cell::number(12.5));
    let opened = at(service, "Titre").await;
    let names: Vec<&str> = opened.stream.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Client", "Montant (HT)"]);
    let records = records(&opened).await;
    assert_eq!(records.len(), 1);
    assert_eq!(held(&records[0], "Montant (HT)"), &Value::Number(12.5));
}

#[tokio::test]
async fn blank_and_doubled_headers_get_names() {
    let service = SheetsService::start(false).await;
    let tab = service.simulator.tab(BOOK, 5, "Noms");
    tab.add([["Nom", "Nom", "", "Nom (2)", ""].map(Cell::text).to_vec()]);
    tab.add([["a", "b", "c", "d"].map(Cell::text).to_vec()]);
    let opened = at(service, "Noms").await;
    let names: Vec<&str> = opened.stream.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Nom", "Nom (2)", "Colonne C", "Nom (2) (2)"], "the last column holds nothing");
    let records = records(&opened).await;
    for (field, value) in opened.stream.fields.iter().zip(["a", "b", "c", "d"]) {
        assert_eq!(held(&records[0], &field.id), &text(value));
    }
}

#[tokio::test]
async fn kinds_come_from_values_and_formats() {
    let service = SheetsService::start(false).await;
    let tab = service.simulator.tab(BOOK, 5, "Genres");
    let header = ["Texte", "Nombre", "Jour", "Moment", "Case", "Heure", "Mêlé", "Calcul", "Rempli"];
    tab.add([header.map(Cell::text).to_vec()]);
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).expect("a day");
    let noon = day.and_hms_opt(12, 0, 0).expect("a time");
    let last = ["Nom", "", "à définir"];
    tab.add((0..3).map(|number| {
        vec![
            Cell::text("0012"),
            Cell::number(1.5).shown_as(Format::of("CURRENCY")),
            if number == 2 { Cell::text(last[2]) } else { Cell::date(day) },
            Cell::date_time(noon),
            Cell::yes(number == 0),
            Cell::number(0.5).shown_as(Format::of("TIME")),
            if number == 0 { Cell::number(7.0) } else { Cell::text("sept") },
            Cell::formula("=B2*2", Cell::number(3.0)),
            Cell::number(4.0).spilled(),
        ]
    }));
    let opened = at(service, "Genres").await;
    let kinds: Vec<ValueKind> = opened.stream.fields.iter().map(|field| field.kind).collect();
    use ValueKind::{Bool, Date, DateTime, Number, Text};
    assert_eq!(kinds, [Text, Number, Date, DateTime, Bool, Text, Text, Number, Number]);
    let writable: Vec<bool> = opened.stream.fields.iter().map(|field| field.writable).collect();
    assert_eq!(
        writable,
        [true, true, true, true, true, true, true, false, false],
        "formulas are not written over"
    );
    let records = records(&opened).await;
    assert_eq!(held(&records[0], "Texte"), &text("0012"));
    assert_eq!(held(&records[0], "Jour"), &Value::Date(day));
    let Value::DateTime(moment) = held(&records[0], "Moment") else { panic!("{:?}", records[0]) };
    assert_eq!(moment.to_rfc3339(), "2024-05-01T12:00:00+02:00", "in the spreadsheet's time zone");
    assert_eq!(held(&records[0], "Heure"), &text("12:00:00"));
    assert_eq!(held(&records[0], "Mêlé"), &text("7"));
    assert_eq!(held(&records[2], "Jour"), &Value::Unreadable("à définir".to_owned()), "said, not dropped");
}

#[tokio::test]
async fn formulas_in_error_and_hidden_cells_are_not_empty() {
    let service = SheetsService::start(false).await;
    service.fill(3);
    service.tab.set(1, 2, Cell::error("=Z99/0", "#DIV/0!"));
    service.tab.set(2, 1, Cell::error("=VLOOKUP()", "#N/A"));
    service.tab.merge(2, 4, 5, 6);
    let opened = at(service, "Deals").await;
    let records = records(&opened).await;
    assert_eq!(held(&records[0], "Montant"), &Value::Unreadable("#DIV/0!".to_owned()));
    assert_eq!(held(&records[1], "Statut"), &Value::Unreadable("#N/A".to_owned()));
    assert_eq!(held(&records[1], "Notes"), &text("Ligne 1\nLigne 2"));
    assert_eq!(held(&records[2], "Notes"), &Value::Unreadable("F3:F4".to_owned()));
}

#[tokio::test]
async fn rows_without_content_are_no_records() {
    let service = SheetsService::start(false).await;
    let tab = service.simulator.tab(BOOK, 5, "Creux");
    tab.add([["Nom", "Fait", "Double"].map(Cell::text).to_vec()]);
    let prepared = || vec![Cell::empty(), Cell::yes(false), Cell::formula("=0", Cell::number(0.0))];
    let full = |name: &str| vec![Cell::text(name), Cell::yes(true), Cell::formula("=0", Cell::number(0.0))];
    tab.add([full("a"), prepared(), full("b")]);
    tab.add((0..600).map(|_| prepared()));
    tab.add([full("c")]);
    let opened = at(service, "Creux").await;
    assert_eq!(ids(&opened.pages().await.expect("pages")), ["a", "b", "c"]);
    assert_eq!(opened.connection.count(&opened.stream, 100).await, Ok(Count::Exactly(3)));
}

#[tokio::test]
async fn an_empty_tab_has_no_columns_and_no_records() {
    let service = SheetsService::start(false).await;
    let _empty = service.simulator.tab(BOOK, 5, "Vide");
    let opened = at(service, "Vide").await;
    assert!(opened.stream.fields.is_empty());
    let pages = opened.pages().await.expect("a page");
    assert!(pages.len() == 1 && pages[0].records.is_empty());
    assert_eq!(opened.connection.count(&opened.stream, 100).await, Ok(Count::Exactly(0)));
}

#[tokio::test]
async fn a_link_leads_to_its_tab() {
    let service = SheetsService::start(false).await;
    let _other = service.simulator.tab(BOOK, 5, "Autre");
    let link = |gid: i64| format!("https://docs.google.com/spreadsheets/d/{BOOK}/edit?usp=sharing#gid={gid}");
    for (tab, gid, titles) in
        [("", 5, vec!["Autre"]), ("Deals", 5, vec!["Deals", "Autre"]), ("", 99, vec!["Deals", "Autre"])]
    {
        let mut settings = service.settings();
        settings.values.insert("spreadsheet_id".to_owned(), link(gid));
        settings.values.insert("worksheet_name".to_owned(), tab.to_owned());
        let streams = connection(&service, settings).discover().await.expect("streams");
        let names: Vec<&str> = streams.iter().map(|stream| stream.name.as_str()).collect();
        assert_eq!(names, titles, "{tab} {gid}");
    }
}

#[tokio::test]
async fn a_renamed_tab_is_the_same_one_even_while_it_is_read() {
    let opened = open::<SheetsService>(400).await;
    let tab = opened.service.tab.clone();
    opened.script(Rule::new(Kind::List, Fault::meanwhile(move || tab.rename("Autrement"))).nth(2));
    assert_eq!(ids(&opened.pages().await.expect("pages")), opened.service.stored());
    let again = stream_of(&*opened.connection, "Autrement").await;
    assert_eq!(again.id, opened.stream.id);
}

#[tokio::test]
async fn columns_may_be_moved_while_they_are_read() {
    let opened = open::<SheetsService>(400).await;
    let tab = opened.service.tab.clone();
    opened.script(Rule::new(Kind::List, Fault::meanwhile(move || tab.insert_column(1))).nth(1));
    let records = records(&opened).await;
    assert_eq!(records.len(), 400);
    assert!(records.iter().all(|record| held(record, "Statut") == &text("Lead")));
}

#[tokio::test]
async fn rows_inserted_while_one_reads_begin_the_reading_anew() {
    let opened = open::<SheetsService>(600).await;
    let tab = opened.service.tab.clone();
    let insert = move || {
        tab.insert_rows(1, 1);
        tab.set(1, 0, Cell::text("Nouveau"));
    };
    opened.script(Rule::new(Kind::List, Fault::meanwhile(insert)).nth(2));
    let pages = opened.pages().await.expect("pages");
    let restart = pages.iter().position(|page| page.restarted).expect("the page says so");
    assert_eq!(ids(&pages[restart..]), opened.service.stored());
}

#[tokio::test]
async fn a_row_pushed_past_the_end_of_the_grid_is_read_too() {
    // Before the only page, and before the last one.
    for (records, page) in [(3, 1), (600, 2)] {
        let opened = open::<SheetsService>(records).await;
        opened.service.tab.resize(records + 1, 6);
        let tab = opened.service.tab.clone();
        let insert = move || {
            tab.insert_rows(records, 1);
            tab.set(records, 0, Cell::text("Nouveau"));
        };
        opened.script(Rule::new(Kind::List, Fault::meanwhile(insert)).nth(page));
        let read = ids(&opened.pages().await.expect("pages"));
        assert_eq!(read.len(), records + 1);
        assert_eq!(read, opened.service.stored());
    }
}

#[tokio::test]
async fn rows_that_always_move_end_the_reading() {
    let opened = open::<SheetsService>(600).await;
    let tab = Arc::new(opened.service.tab.clone());
    let insert = move || {
        tab.insert_rows(1, 1);
        tab.set(1, 0, Cell::text("Nouveau"));
    };
    opened.script(Rule::new(Kind::List, Fault::meanwhile(insert)).always());
    let mut pages = opened.connection.read(&opened.stream, &opened.stream.fields, None);
    let mut last = None;
    while let Some(page) = pages.next().await {
        last = Some(page);
    }
    let error = last.expect("something").expect_err("it never ends");
    assert!(error.message.fr.contains("perdu plusieurs fois le fil"), "{error}");
}

#[tokio::test]
async fn ten_thousand_rows_and_more_below_a_short_grid() {
    let service = SheetsService::start(false).await;
    service.tab.add((0..12_000).map(|number| row(&format!("R{number}"), 1.0)));
    let opened = at(service, "Deals").await;
    let read = ids(&opened.pages().await.expect("pages"));
    assert_eq!(read.len(), 12_000);
    assert!(opened.service.log().count(Kind::Any) <= 12, "{}", opened.service.log().count(Kind::Any));
}

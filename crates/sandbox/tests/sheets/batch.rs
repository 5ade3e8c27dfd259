//! `batchUpdate`: all of it or nothing.

use serde_json::{Value, json};

use crate::client::{BOOK, Bench, bench, said};

async fn batch(bench: &Bench, requests: Value) -> (u16, Value) {
    bench.post(":batchUpdate", json!({"requests": requests})).await
}

fn insert(start: usize, end: usize, before: bool) -> Value {
    let range = json!({"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end});
    json!({"insertDimension": {"range": range, "inheritFromBefore": before}})
}

fn cells(row: usize, values: Value) -> Value {
    json!({"updateCells": {
        "start": {"sheetId": 0, "rowIndex": row, "columnIndex": 0}, "rows": [{"values": values}],
        "fields": "userEnteredValue",
    }})
}

#[tokio::test]
async fn rows_are_inserted_and_filled_at_once() {
    let bench = bench().await;
    bench.fill(&[&["a"], &["1"], &["2"]]);
    let values =
        json!([{"userEnteredValue": {"stringValue": "=1+1"}}, {"userEnteredValue": {"numberValue": 3}}]);
    let format = json!({"repeatCell": {
        "range": {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2},
        "cell": {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}, "fields": "userEnteredFormat.numberFormat",
    }});
    let (status, answer) = batch(&bench, json!([insert(2, 3, true), cells(2, values), format])).await;
    assert_eq!((status, &answer["replies"]), (200, &json!([{}, {}, {}])), "{answer}");
    assert_eq!(json!(bench.tab.rows()), json!([["a"], ["1"], ["=1+1", 3], ["2"]]));
    assert_eq!(bench.tab.size().0, 1_001);
    assert!(bench.tab.cell(2, 0).is_text());
    assert_eq!(bench.tab.cell(2, 1).format_kind(), Some("DATE"));
}

#[tokio::test]
async fn one_bad_request_rejects_all() {
    let bench = bench().await;
    bench.fill(&[&["a"], &["1"]]);
    bench.tab.protect(1, 2, 0, 1);
    let good = cells(0, json!([{"userEnteredValue": {"stringValue": "b"}}]));
    let long = json!([{"userEnteredValue": {"stringValue": "x".repeat(50_001)}}]);
    for (bad, words) in [
        (cells(1, json!([{}])), "Invalid requests[1].updateCells: You are trying to edit a protected cell"),
        (
            cells(2, long),
            "Invalid requests[1].updateCells: Your input contains more than the maximum of 50000",
        ),
        (cells(1_000, json!([{}])), "Invalid requests[1].updateCells: Attempting to write row: 1000"),
        (
            insert(1_000, 1_001, false),
            "Invalid requests[1].insertDimension: range.startIndex[1000] must be less",
        ),
        (json!({"deleteSheet": {"sheetId": 9}}), "Invalid requests[1].deleteSheet: No grid with id: 9"),
        (
            json!({"makeCoffee": {}}),
            "Invalid JSON payload received. Unknown name \"makeCoffee\" at 'requests[1]'",
        ),
        (
            json!({"addSheet": {"properties": {"title": "Deals"}}}),
            "Invalid requests[1].addSheet: A sheet with the name",
        ),
    ] {
        let (status, refused) = batch(&bench, json!([good, bad])).await;
        assert_eq!(status, 400, "{refused}");
        assert!(said(&refused).starts_with(words), "{refused}");
        assert_eq!(json!(bench.tab.rows()), json!([["a"], ["1"]]));
    }
    assert_eq!(batch(&bench, json!([])).await.0, 400);
}

#[tokio::test]
async fn a_spreadsheet_has_an_end() {
    let bench = bench().await;
    bench.sim.limit_cells(BOOK, 26_000);
    let (status, refused) = batch(&bench, json!([insert(1, 2, false)])).await;
    assert_eq!(status, 400);
    assert!(said(&refused).contains("above the limit of 26000 cells"), "{refused}");
    assert_eq!(bench.tab.size().0, 1_000);
}

#[tokio::test]
async fn tabs_and_rows_come_and_go() {
    let bench = bench().await;
    bench.fill(&[&["b"], &["a"], &["c"]]);
    let grid = json!({"rowCount": 5, "columnCount": 2, "frozenRowCount": 1});
    let (_, answer) = batch(
        &bench,
        json!([
            {"addSheet": {"properties": {"title": "Autre", "gridProperties": grid}}},
            {"sortRange": {"range": {"sheetId": 0, "endRowIndex": 3}, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}},
            {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
            {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "Nouveau"}, "fields": "title"}},
        ]),
    )
    .await;
    assert_eq!(answer["replies"][0]["addSheet"]["properties"]["sheetId"], 1, "{answer}");
    assert_eq!(json!(bench.tab.rows()), json!([["b"], ["a"]]));
    let (_, tabs) = bench.get("?fields=sheets.properties(title,gridProperties.rowCount)").await;
    assert_eq!(
        tabs["sheets"],
        json!([
            {"properties": {"title": "Nouveau", "gridProperties": {"rowCount": 999}}},
            {"properties": {"title": "Autre", "gridProperties": {"rowCount": 5}}},
        ])
    );
    batch(&bench, json!([{"deleteSheet": {"sheetId": 1}}])).await;
    let (status, refused) = batch(&bench, json!([{"deleteSheet": {"sheetId": 0}}])).await;
    assert_eq!(status, 400, "{refused}");
}

//! A spreadsheet described: tabs, cells and formats, cut down by masks.

use chrono::NaiveDate;
use sandbox::sheets::Cell;
use serde_json::json;

use crate::client::bench;

#[tokio::test]
async fn cells_tell_what_was_entered_and_what_it_comes_to() {
    let bench = bench().await;
    let day = Cell::date(NaiveDate::from_ymd_opt(2024, 5, 1).unwrap());
    let missing = Cell::error("=Z99", "#REF!");
    bench.tab.add([vec![Cell::text("x"), day, missing, Cell::formula("=1+1", Cell::number(2.0)).spilled()]]);
    bench.tab.merge(4, 6, 0, 2);
    let fields =
        "sheets(merges,data.rowData.values(userEnteredValue,effectiveValue,effectiveFormat.numberFormat))";
    let (_, answer) = bench.get(&format!("?ranges=Deals!A1:D3&fields={fields}")).await;
    let cells = &answer["sheets"][0]["data"][0]["rowData"][0]["values"];
    assert_eq!(
        cells[0],
        json!({"userEnteredValue": {"stringValue": "x"}, "effectiveValue": {"stringValue": "x"}})
    );
    assert_eq!(cells[1]["effectiveFormat"]["numberFormat"]["type"], "DATE");
    assert_eq!(cells[1]["effectiveValue"], json!({"numberValue": 45413}));
    assert_eq!(cells[2]["effectiveValue"], json!({"errorValue": {"type": "REF", "message": "#REF!"}}));
    assert_eq!(cells[3]["userEnteredValue"], json!({"formulaValue": "=1+1"}));
    assert_eq!(answer["sheets"][0]["merges"][0]["startRowIndex"], 4);
}

#[tokio::test]
async fn cells_come_only_when_asked_for() {
    let bench = bench().await;
    bench.fill(&[&["x"]]);
    let (_, plain) = bench.get("").await;
    assert_eq!(plain["properties"]["locale"], "en_US");
    assert!(plain["sheets"][0].get("data").is_none());
    let (_, full) = bench.get("?includeGridData=true").await;
    assert_eq!(full["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"], "x");
    let (_, cut) = bench.get("?includeGridData=true&fields=sheets.properties.title").await;
    assert_eq!(cut, json!({"sheets": [{"properties": {"title": "Deals"}}]}));
    assert_eq!(bench.get("?fields=sheets.nope").await.0, 400);
    assert_eq!(bench.get("?nope=1").await.0, 400);
    let filters =
        json!({"dataFilters": [{"gridRange": {"sheetId": 0, "endRowIndex": 1}}], "includeGridData": true});
    let answer = bench.ok(":getByDataFilter", filters).await;
    assert_eq!(answer["sheets"][0]["data"][0]["rowData"].as_array().unwrap().len(), 1);
}

//! Values read and written by range.

use chrono::NaiveDate;
use sandbox::sheets::Cell;
use serde_json::json;

use crate::client::{bench, said};

#[tokio::test]
async fn ranges_are_clipped_trimmed_and_told() {
    let bench = bench().await;
    bench.fill(&[&["id", "name"], &["1"], &[], &["3", "Acme"]]);
    let (_, whole) = bench.get("/values/Deals").await;
    assert_eq!(whole["range"], "Deals!A1:Z1000");
    assert_eq!(whole["values"], json!([["id", "name"], ["1"], [], ["3", "Acme"]]));
    let (_, nothing) = bench.get("/values/Deals!C1:D9").await;
    assert!(nothing.get("values").is_none(), "{nothing}");
    let (_, columns) = bench.get("/values/Deals!A1:B2?majorDimension=COLUMNS").await;
    assert_eq!(columns["values"], json!([["id", "1"], ["name"]]));
    let (status, unknown) = bench.get("/values/Nope!A1").await;
    assert_eq!((status, said(&unknown)), (400, "Unable to parse range: Nope!A1"));
    let (status, outside) = bench.get("/values/Deals!A1001:B1001").await;
    assert_eq!(
        (status, said(&outside)),
        (400, "Range (Deals!A1001:B1001) exceeds grid limits. Max rows: 1000, max columns: 26")
    );
    let (_, several) = bench.get("/values:batchGet?ranges=Deals!A1&ranges=Deals!B4").await;
    assert_eq!(several["valueRanges"][1]["values"], json!([["Acme"]]));
}

#[tokio::test]
async fn a_value_is_shown_in_three_ways() {
    let bench = bench().await;
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).unwrap();
    let sum = Cell::formula("=1+1", Cell::number(2.0));
    bench.tab.add([vec![
        Cell::number(1234.5),
        Cell::date(day),
        Cell::yes(true),
        sum,
        Cell::error("=X", "#NAME?"),
    ]]);
    for (query, expected) in [
        ("", json!(["1234.5", "5/1/2024", "TRUE", "2", "#NAME?"])),
        ("?valueRenderOption=UNFORMATTED_VALUE", json!([1234.5, 45413, true, 2, "#NAME?"])),
        (
            "?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING",
            json!([1234.5, "5/1/2024", true, 2, "#NAME?"]),
        ),
        ("?valueRenderOption=FORMULA", json!([1234.5, 45413, true, "=1+1", "=X"])),
    ] {
        let (_, answer) = bench.get(&format!("/values/Deals!A1:E1{query}")).await;
        assert_eq!(answer["values"], json!([expected]), "{query}");
    }
    let (status, _) = bench.get("/values/Deals?valueRenderOption=PRETTY").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn what_is_typed_is_understood_and_what_is_raw_is_not() {
    let bench = bench().await;
    let values = json!({"values": [["=1+1", "2024-05-01", "1,234.5", "true", "'7", "-x"]]});
    bench.put("/values/Deals!A1:F1?valueInputOption=RAW", values.clone()).await;
    assert_eq!(bench.tab.rows()[0], ["=1+1", "2024-05-01", "1,234.5", "true", "'7", "-x"]);
    bench.put("/values/Deals!A1:F1?valueInputOption=USER_ENTERED", values).await;
    assert_eq!(json!(bench.tab.rows()[0]), json!([2, 45413, 1234.5, true, "7", "#NAME?"]));
    let (_, answer) =
        bench.put("/values/Deals!A1:B1?valueInputOption=RAW", json!({"values": [[null, ""]]})).await;
    assert_eq!(answer["updatedCells"], 1, "null leaves a cell, an empty text clears it");
    assert_eq!(json!(bench.tab.rows()[0][..2]), json!([2, ""]));
    let (status, refused) = bench.put("/values/Deals!A1", json!({"values": [["x"]]})).await;
    assert_eq!((status, said(&refused)), (400, "'valueInputOption' is required but not specified"));
    let (status, refused) =
        bench.put("/values/Deals!A1?valueInputOption=RAW", json!({"values": [[{}]]})).await;
    assert_eq!(status, 400, "{refused}");
}

#[tokio::test]
async fn an_update_stays_in_its_range_and_in_the_grid() {
    let bench = bench().await;
    for (range, values) in
        [("Deals!A1:A1", json!([["x", "y"]])), ("Deals!A1000:B1001", json!([["x"], ["y"]]))]
    {
        let (status, refused) =
            bench.put(&format!("/values/{range}?valueInputOption=RAW"), json!({"values": values})).await;
        assert_eq!(status, 400, "{range}: {refused}");
    }
    let data = json!([{"range": "Deals!A1", "values": [["x"]]}, {"range": "Nope!A1", "values": [["y"]]}]);
    let body = json!({"valueInputOption": "RAW", "data": data});
    assert_eq!(bench.post("/values:batchUpdate", body).await.0, 400);
    let long = "x".repeat(50_001);
    let body = json!({"valueInputOption": "RAW", "data": [{"range": "Deals!A1", "values": [["x", long]]}]});
    assert_eq!(bench.post("/values:batchUpdate", body).await.0, 400);
    assert!(bench.tab.rows().is_empty(), "a refused call changes nothing");
}

#[tokio::test]
async fn an_append_begins_where_the_last_row_begins() {
    let bench = bench().await;
    bench.fill(&[&["id", "name", "n"], &["1", "Acme", "12"]]);
    let append = "/values/Deals!A1:append?valueInputOption=RAW";
    let answer = bench.ok(append, json!({"values": [["2", "Bolt", "9"]]})).await;
    assert_eq!(answer["tableRange"], "Deals!A1:C2");
    assert_eq!(answer["updates"]["updatedRange"], "Deals!A3:C3");
    bench.ok(append, json!({"values": [["", "", "7"]]})).await;
    let drifted = bench.ok(append, json!({"values": [["3", "Cave", "1"]]})).await;
    assert_eq!(drifted["updates"]["updatedRange"], "Deals!C5:E5", "as the real one does");
    bench.tab.resize(5, 26);
    bench.ok(append, json!({"values": [["4"]]})).await;
    assert_eq!(bench.tab.size().0, 6, "the grid grows");
}

#[tokio::test]
async fn ranges_are_cleared_and_formats_stay() {
    let bench = bench().await;
    bench.tab.add([vec![Cell::date(NaiveDate::MIN), Cell::text("x")]]);
    let answer = bench.ok("/values/Deals!A1:A9:clear", json!({})).await;
    assert_eq!(answer["clearedRange"], "Deals!A1:A9");
    assert_eq!(bench.tab.cell(0, 0).format_kind(), Some("DATE"));
    bench.ok("/values:batchClear", json!({"ranges": ["Deals"]})).await;
    assert!(bench.tab.rows().is_empty());
}

#[tokio::test]
async fn ranges_by_the_tabs_number() {
    let bench = bench().await;
    bench.fill(&[&["a", "b"], &["1", "2"]]);
    bench.tab.rename("Autre");
    let filter = |id: i64| json!({"gridRange": {"sheetId": id, "startRowIndex": 1, "endRowIndex": 5}});
    let answer = bench.ok("/values:batchGetByDataFilter", json!({"dataFilters": [filter(0)]})).await;
    let range = &answer["valueRanges"][0]["valueRange"];
    assert_eq!((&range["range"], &range["values"]), (&json!("Autre!A2:Z5"), &json!([["1", "2"]])));
    let (status, refused) =
        bench.post("/values:batchGetByDataFilter", json!({"dataFilters": [filter(5)]})).await;
    assert_eq!((status, said(&refused)), (400, "Invalid dataFilters[0]: No grid with id: 5"));
    let (status, _) = bench.post("/values:batchGetByDataFilter", json!({"filters": []})).await;
    assert_eq!(status, 400, "unknown names are refused");
}

//! Versions taken away as files.

use futures_util::TryStreamExt;
use hub::{ExportFormat, Kind};
use model::Lang;
use model::dataset::{ColumnTest, Filter, Test};
use serde_json::{Value, json};

use crate::harness::Harness;
use crate::service::page;

async fn exported(
    at: &Harness,
    version: Option<i64>,
    format: ExportFormat,
    filter: &Filter,
) -> (String, Vec<u8>) {
    let id = at.dataset().await.id;
    let export = at.hub.dataset_export(id, version, format, filter, Lang::Fr).await.unwrap();
    let pieces: Vec<Vec<u8>> = export.bytes.try_collect().await.unwrap();
    (export.file_name, pieces.concat())
}

#[tokio::test]
async fn every_format_holds_the_rows() {
    let at = Harness::new().await;
    let row = |id: i64| json!({"id": id, "name": "=1+1", "price": 1.5, "day": "2026-11-21", "in": {"town": "Lyon"}});
    at.sync(vec![page((0..11_000).map(row))]).await;
    at.sync(vec![page((0..10_999).map(row))]).await;
    let all = Filter::default();

    let (name, csv) = exported(&at, None, ExportFormat::Csv, &all).await;
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(name, "api-v2.csv");
    let mut lines = csv.split("\r\n");
    assert_eq!(lines.next(), Some("\u{feff}day;id;in.town;name;price"));
    assert_eq!(lines.next(), Some("21/11/2026;0;Lyon;'=1+1;1,5"));
    assert_eq!(csv.split("\r\n").count(), 10_999 + 2);

    let (_, list) = exported(&at, Some(1), ExportFormat::Json, &all).await;
    let list: Vec<Value> = serde_json::from_slice(&list).unwrap();
    assert_eq!((list.len(), &list[10_999]), (11_000, &row(10_999)));

    let test = Test::Equals("7".to_owned());
    let one = Filter { search: None, tests: vec![ColumnTest { column: "id".to_owned(), test }] };
    let (_, lines) = exported(&at, None, ExportFormat::Ndjson, &one).await;
    assert_eq!(String::from_utf8(lines).unwrap(), format!("{}\n", row(7)));

    let (name, bytes) = exported(&at, None, ExportFormat::Parquet, &all).await;
    assert_eq!(
        (name.as_str(), &bytes[..4], &bytes[bytes.len() - 4..]),
        ("api-v2.parquet", &b"PAR1"[..], &b"PAR1"[..])
    );
}

#[tokio::test]
async fn a_dataset_without_rows() {
    let at = Harness::new().await;
    at.sync(Vec::new()).await;
    let all = Filter::default();
    assert_eq!(exported(&at, None, ExportFormat::Json, &all).await.1, b"[\n]\n");
    assert_eq!(exported(&at, None, ExportFormat::Ndjson, &all).await.1, b"");
    let id = at.dataset().await.id;
    let refused = at.hub.dataset_export(id, None, ExportFormat::Parquet, &all, Lang::Fr).await;
    assert_eq!(refused.err().map(|error| error.kind), Some(Kind::Invalid));
}

#[tokio::test]
async fn line_breaks_do_not_part_an_object() {
    let at = Harness::new().await;
    let content = "{\n  \"id\": 1,\r\n  \"text\": \"a\\nb\"\n}".to_owned();
    let row = model::dataset::Row { id: None, content };
    at.sync(vec![connectors::RowPage { rows: vec![row], ..connectors::RowPage::default() }]).await;
    let (_, lines) = exported(&at, None, ExportFormat::Ndjson, &Filter::default()).await;
    assert_eq!(String::from_utf8(lines).unwrap(), "{  \"id\": 1,  \"text\": \"a\\nb\"}\n");
}

//! Looks into a version: filters, orders, parts.

use hub::{DatasetQuery, Kind};
use model::dataset::{ColumnTest, Filter, Test};
use model::{Lang, Text};
use serde_json::json;

use crate::harness::{API, Harness};
use crate::service::page;

async fn filled() -> (Harness, i64) {
    let at = Harness::new().await;
    let row = |id: i64| json!({"id": id, "name": format!("Élan {}", id % 7), "price": (id * 37 % 101) as f64 / 2.0});
    at.sync(vec![page((0..6_000).map(row)), page([json!({"id": 6_000, "name": null})])]).await;
    let id = at.dataset().await.id;
    (at, id)
}

fn test(column: &str, test: Test) -> ColumnTest {
    ColumnTest { column: column.to_owned(), test }
}

#[tokio::test]
async fn parts_by_filter_and_order() {
    let (at, id) = filled().await;
    let filter = |tests| Filter { search: Some("ELAN".to_owned()), tests };
    let query = DatasetQuery {
        filter: filter(vec![
            test("name", Test::Contains("elan 3".to_owned())),
            test("price", Test::Min("50".to_owned())),
            test("id", Test::Max("5000".to_owned())),
        ]),
        sort: Some(("id".to_owned(), true)),
        limit: 3,
        offset: 1,
        ..DatasetQuery::default()
    };
    let fits = |id: &i64| id % 7 == 3 && (id * 37 % 101) >= 100 && *id <= 5_000;
    let expected: Vec<i64> = (0..6_000).rev().filter(fits).collect();
    let found = at.hub.dataset_rows(id, &query).await.unwrap();
    assert_eq!(found.total, expected.len() as u64);
    let keys: Vec<i64> = found.rows.iter().map(|row| row.key.parse().unwrap()).collect();
    assert_eq!(keys, expected[1..4]);

    // Without an order, that of the source; a part beyond the end is empty.
    let unsorted = DatasetQuery { sort: None, ..query.clone() };
    let found = at.hub.dataset_rows(id, &unsorted).await.unwrap();
    assert_eq!(found.rows[0].key, expected[expected.len() - 2].to_string());
    let beyond = DatasetQuery { offset: 1 << 40, ..query };
    assert_eq!(at.hub.dataset_rows(id, &beyond).await.unwrap().rows, []);

    // Rows without a value come last, whichever way.
    for descending in [true, false] {
        let sort = Some(("name".to_owned(), descending));
        let query = DatasetQuery { sort, limit: 1, offset: 6_000, ..DatasetQuery::default() };
        assert_eq!(at.hub.dataset_rows(id, &query).await.unwrap().rows[0].key, "6000");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_told() {
    let (at, id) = filled().await;
    let asked = |query: DatasetQuery| {
        let hub = at.hub.clone();
        async move { hub.dataset_rows(id, &query).await.unwrap_err() }
    };
    let filter = Filter { search: None, tests: vec![test("x", Test::Empty(true))] };
    let error = asked(DatasetQuery { filter, ..DatasetQuery::default() }).await;
    assert_eq!((error.kind, error.message.fr.contains("« x »")), (Kind::Invalid, true));
    let error = asked(DatasetQuery { sort: Some(("x".to_owned(), false)), ..DatasetQuery::default() }).await;
    assert_eq!(error.kind, Kind::Invalid);
    let error = asked(DatasetQuery { version: Some(9), ..DatasetQuery::default() }).await;
    assert_eq!(error.kind, Kind::NotFound);
    assert_eq!(at.hub.dataset_rows(99, &DatasetQuery::default()).await.unwrap_err().kind, Kind::NotFound);
    let text = Text::new("Le jeu de données n° 99 n'existe pas.", "There is no dataset 99.");
    assert_eq!(at.hub.dataset(99, Lang::Fr).await.unwrap_err().message, text);
}

#[tokio::test]
async fn a_connection_s_schema() {
    let (at, id) = filled().await;
    let schema = at.hub.schema(API, Lang::Fr).await.unwrap();
    assert_eq!((schema.dataset_id, schema.row_count), (Some(id), 6_001));
    let told: Vec<_> = schema.columns.iter().map(|c| (c.name.as_str(), c.kind.as_str(), c.filled)).collect();
    assert_eq!(told, [("id", "integer", 6_001), ("name", "text", 6_000), ("price", "number", 6_000)]);
    assert_eq!(schema.columns[1].examples, ["Élan 0", "Élan 1", "Élan 2"]);
    at.configure("other", |_| {}).await;
    assert_eq!(at.hub.schema("other", Lang::Fr).await.unwrap().columns, []);
}

//! What tells rows apart.

use connectors::RowPage;
use model::dataset::Row;
use serde_json::{Value, json};

use crate::harness::{API, Harness, counts};
use crate::service::page;

fn with_ids(rows: &[(Option<&str>, Value)]) -> Vec<RowPage> {
    let row = |(id, content): &(Option<&str>, Value)| Row {
        id: id.map(str::to_owned),
        content: content.to_string(),
    };
    vec![RowPage { rows: rows.iter().map(row).collect(), ..RowPage::default() }]
}

#[tokio::test]
async fn the_service_s_ids_come_first() {
    let at = Harness::new().await;
    at.sync(with_ids(&[(Some("r1"), json!({"id": 1})), (Some("r2"), json!({"id": 1}))])).await;
    assert_eq!((at.dataset().await.key_column, at.dataset().await.row_count), (None, 2));
    let run = at.sync(with_ids(&[(Some("r1"), json!({"id": 9})), (None, json!({"id": 1}))])).await;
    assert_eq!(counts(&run), [2, 0, 1, 0, 1]);
    assert_eq!(run.errors[0].code, "no_key");
}

#[tokio::test]
async fn a_column_that_a_person_chose() {
    let at = Harness::new().await;
    at.configure(API, |row| row.key_column = Some("ref.no".to_owned())).await;
    let row = |no: Value, n: i64| json!({"id": 1, "ref": {"no": no}, "n": n});
    at.sync(with_ids(&[(Some("x"), row(json!("A"), 1)), (Some("x"), row(json!("B"), 2))])).await;
    assert_eq!(at.dataset().await.key_column.as_deref(), Some("ref.no"));
    let run = at.sync(with_ids(&[(None, row(json!("B"), 3)), (None, row(json!(null), 4))])).await;
    assert_eq!((run.status.as_str(), counts(&run)), ("partial", [2, 0, 1, 0, 1]));
    assert_eq!(run.errors[0].field.as_deref(), Some("ref.no"));
    assert_eq!(run.errors[0].payload["n"], "4", "what was refused is kept");
}

#[tokio::test]
async fn rows_that_nothing_tells_apart_go_by_their_position() {
    let at = Harness::new().await;
    let rows = |names: &[&str]| vec![page(names.iter().map(|name| json!({"name": name})))];
    let first = at.sync(rows(&["a", "b", "c"])).await;
    assert!(first.warnings[0].starts_with("Aucune colonne ne distingue les lignes"), "{:?}", first.warnings);
    assert_eq!(counts(&at.sync(rows(&["a", "x", "c", "d"])).await), [4, 1, 1, 2, 0]);
    // Once a column is chosen, all rows are new; that is no reason for doubt.
    at.configure(API, |row| row.key_column = Some("name".to_owned())).await;
    let rekeyed = at.again(false).await;
    assert_eq!((rekeyed.status.as_str(), counts(&rekeyed)), ("success", [4, 4, 0, 0, 0]));
    assert_eq!(at.rows(None).await.len(), 4);
}

#[tokio::test]
async fn of_rows_with_one_key_the_last_counts() {
    let at = Harness::new().await;
    let row = |id: i64, n: Value| json!({"id": id, "n": n});
    let pages = || {
        vec![
            page([row(1, json!("text")), row(2, json!(2))]),
            page([row(2, json!(3)), row(1, json!(1)), row(1, json!(10))]),
        ]
    };
    let run = at.sync(pages()).await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [5, 2, 3, 0, 0]));
    assert_eq!(
        run.warnings,
        ["3 lignes ont la même clé (« id ») qu'une ligne précédente : la dernière compte."]
    );
    // The columns are those of the rows that count: the text is gone.
    assert_eq!(at.rows(None).await, [row(1, json!(10)), row(2, json!(3))]);
}

#[tokio::test]
async fn what_is_no_object_is_refused() {
    let at = Harness::new().await;
    let rows = [r#"{"id": 1}"#, "[1]", "{"].map(|content| Row { id: None, content: content.to_owned() });
    let run = at.sync(vec![RowPage { rows: rows.to_vec(), ..RowPage::default() }]).await;
    assert_eq!((run.status.as_str(), counts(&run)), ("partial", [3, 1, 0, 0, 2]));
    assert_eq!(run.errors[1].code, "not_an_object");
    assert_eq!(run.message.as_deref().map(|text| text.contains("ligne 2")), Some(true));
}

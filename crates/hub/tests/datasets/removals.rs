//! Rows that are not there any more, and answers that are not believed.

use serde_json::json;

use crate::harness::{Harness, counts};
use crate::service::page;

fn rows(range: std::ops::Range<i64>) -> Vec<connectors::RowPage> {
    vec![page(range.map(|id| json!({"id": id})))]
}

#[tokio::test]
async fn an_empty_answer_takes_nothing_out() {
    let at = Harness::new().await;
    let nothing = at.sync(Vec::new()).await;
    assert_eq!(nothing.warnings, ["La source est vide : il n'y avait rien à importer."]);
    at.sync(rows(0..3)).await;
    for pages in [Vec::new(), vec![page([])]] {
        let empty = at.sync(pages).await;
        assert_eq!((empty.status.as_str(), counts(&empty)), ("error", [0; 5]), "never green");
        assert!(
            empty
                .error
                .unwrap()
                .starts_with("La source n'a renvoyé aucune ligne alors que « api » en contient 3")
        );
        assert_eq!((at.dataset().await.version, at.rows(None).await.len()), (1, 3));
    }
    let meant = at.again(true).await;
    assert_eq!(meant.status, "success");
    assert_eq!((at.dataset().await.version, at.dataset().await.row_count), (2, 0));
    assert_eq!(at.rows(Some(1)).await.len(), 3);
}

#[tokio::test]
async fn most_of_many_rows_do_not_vanish_unasked() {
    let at = Harness::new().await;
    at.sync(rows(0..40)).await;
    let mut pages = rows(0..19);
    pages.push(page([json!({"id": 100, "note": "new"})]));
    let doubtful = at.sync(pages).await;
    assert_eq!((doubtful.status.as_str(), counts(&doubtful)), ("partial", [20, 1, 0, 19, 0]));
    let message = doubtful.message.unwrap();
    assert!(
        message.starts_with("21 des 40 lignes de « api » ne sont plus dans la source : rien n'a été retiré.")
    );
    assert_eq!(at.rows(None).await.len(), 41, "what is new is in, what was not shown stays");
    let meant = at.again(true).await;
    assert_eq!((meant.status.as_str(), counts(&meant)), ("success", [20, 0, 0, 20, 0]));
    assert_eq!(meant.warnings, ["21 lignes ne sont plus dans la source : la version 2 les garde."]);
    assert_eq!((at.rows(None).await.len(), at.rows(Some(2)).await.len()), (20, 41));
}

#[tokio::test]
async fn half_of_many_and_most_of_few_may_go() {
    let at = Harness::new().await;
    at.sync(rows(0..40)).await;
    assert_eq!(at.sync(rows(0..20)).await.status, "success");
    assert_eq!(at.sync(rows(0..19)).await.status, "success");
    assert_eq!(at.sync(rows(0..1)).await.status, "success");
    assert_eq!(at.rows(None).await, [json!({"id": 0})]);
}

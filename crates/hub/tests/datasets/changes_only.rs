//! Services that tell changes apart: marks, and what a reading does not show.

use connectors::RowPage;
use serde_json::{Value, json};

use crate::harness::{API, Harness, counts};
use crate::service::{End, page};

fn changes(rows: Vec<Value>, mark: &str) -> RowPage {
    RowPage { only_changes: true, mark: Some(mark.to_owned()), ..page(rows) }
}

fn whole(rows: Vec<Value>, mark: &str) -> RowPage {
    RowPage { mark: Some(mark.to_owned()), ..page(rows) }
}

#[tokio::test]
async fn what_is_not_shown_is_still_there() {
    let at = Harness::new().await;
    at.sync(vec![whole(vec![json!({"id": 1, "n": 1}), json!({"id": 2, "n": 2})], "m1")]).await;
    assert_eq!(at.service.last_mark(), None);
    let run = at.sync(vec![changes(vec![json!({"id": 2, "n": "deux"}), json!({"id": 3})], "m2")]).await;
    assert_eq!(at.service.last_mark().as_deref(), Some("m1"));
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [2, 1, 1, 0, 0]));
    assert_eq!(at.rows(None).await.len(), 3);

    // Nothing new: no version, and the mark moves on.
    let run = at.sync(vec![changes(Vec::new(), "m3")]).await;
    assert_eq!((run.status.as_str(), counts(&run), at.dataset().await.version), ("success", [0; 5], 2));
    at.again(false).await;
    assert_eq!(at.service.last_mark().as_deref(), Some("m3"));

    // A mark holds for the settings it was made with, and when removals are to be seen all is read.
    at.again(true).await;
    assert_eq!(at.service.last_mark(), None);
    at.configure(API, |row| row.table_name = Some("rows".to_owned())).await;
    at.again(false).await;
    assert_eq!(at.service.last_mark(), None);
}

#[tokio::test]
async fn a_mark_is_kept_with_the_version_only() {
    let at = Harness::new().await;
    at.sync(vec![whole(vec![json!({"id": 1})], "m1")]).await;
    at.service.ends(vec![changes(vec![json!({"id": 2})], "m2")], End::Fault);
    assert_eq!(at.again(false).await.status, "error");
    let run = at.sync(vec![changes(vec![json!({"id": 2})], "m2")]).await;
    assert_eq!(at.service.last_mark().as_deref(), Some("m1"), "what was broken off is read again");
    assert_eq!((counts(&run), at.rows(None).await.len()), ([1, 0, 0, 1, 0], 2));
}

#[tokio::test]
async fn changes_need_a_key() {
    let at = Harness::new().await;
    let run = at.sync(vec![changes(vec![json!({"name": "a"})], "m1")]).await;
    assert_eq!(run.status, "error");
    assert_eq!(run.hint.as_deref(), Some("Choisissez une colonne clé dans les règles de la connexion."));
}

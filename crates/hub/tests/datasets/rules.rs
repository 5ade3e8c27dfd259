//! Rules: what breaks one is refused, kept and tried again.

use model::Lang;
use model::rule::{Must, Rule};
use serde_json::json;

use crate::harness::{API, Harness, counts};
use crate::service::page;

fn at_least(min: f64) -> Vec<Rule> {
    vec![Rule { column: "n".to_owned(), must: Must::Range { min: Some(min), max: None } }]
}

#[tokio::test]
async fn a_refused_row_is_kept_and_tried_again() {
    let at = Harness::new().await;
    at.configure(API, |row| row.rules = at_least(0.0)).await;
    at.sync(vec![page([json!({"id": 1, "n": 1}), json!({"id": 2, "n": 2})])]).await;
    let rows = || page([json!({"id": 1, "n": -1}), json!({"id": 2, "n": 2}), json!({"id": 3, "n": -3})]);
    let run = at.sync(vec![rows()]).await;
    assert_eq!((run.status.as_str(), counts(&run)), ("partial", [3, 0, 0, 1, 2]));
    assert_eq!(
        run.message.as_deref(),
        Some("2 enregistrements refusés. Premier : 1 — « n » : « -1 » n'est pas un nombre d'au moins 0.")
    );
    let failures = at.hub.failures(run.run_id, 10, 0, Lang::En).await.unwrap();
    assert_eq!((failures[0].code.as_str(), failures[0].field.as_deref()), ("range", Some("n")));
    assert_eq!(failures[1].payload["n"], "-3");
    assert_eq!(at.rows(None).await[0], json!({"id": 1, "n": 1}), "the row stays as it was");

    // Still refused by the present rules.
    let replay = at.hub.replay(run.run_id).await.unwrap();
    assert_eq!(counts(&at.hub.wait_dataset(replay, Lang::Fr).await.unwrap()), [2, 0, 0, 0, 2]);

    at.configure(API, |row| row.rules = at_least(-2.0)).await;
    let replay = at.hub.replay(run.run_id).await.unwrap();
    let replay = at.hub.wait_dataset(replay, Lang::Fr).await.unwrap();
    assert_eq!((replay.status.as_str(), counts(&replay)), ("partial", [2, 0, 1, 0, 1]));
    assert_eq!(at.rows(None).await, [json!({"id": 1, "n": -1}), json!({"id": 2, "n": 2})]);
    let dataset = at.dataset().await;
    assert_eq!(dataset.version, 2);

    // What was read since is newer than what was refused then.
    at.configure(API, |row| row.rules = Vec::new()).await;
    at.sync(vec![page([json!({"id": 1, "n": 7}), json!({"id": 2, "n": 2})])]).await;
    let replay = at.hub.replay(run.run_id).await.unwrap();
    let replay = at.hub.wait_dataset(replay, Lang::Fr).await.unwrap();
    assert_eq!((replay.status.as_str(), counts(&replay)), ("success", [2, 1, 0, 1, 0]));
    assert_eq!(at.rows(None).await[0], json!({"id": 1, "n": 7}));
    assert!(at.hub.replay(replay.run_id).await.is_err(), "it refused nothing");
}

#[tokio::test]
async fn refused_rows_alone_are_an_error_and_take_nothing_out() {
    let at = Harness::new().await;
    let rows = || vec![page((0..30).map(|id| json!({"id": id, "n": 1})))];
    at.sync(rows()).await;
    at.configure(API, |row| row.rules = at_least(5.0)).await;
    let run = at.sync(rows()).await;
    assert_eq!((run.status.as_str(), counts(&run)), ("error", [30, 0, 0, 0, 30]));
    assert_eq!((at.dataset().await.version, at.rows(None).await.len()), (1, 30));
}

#[tokio::test]
async fn rules_that_cannot_be_applied_end_the_run() {
    let at = Harness::new().await;
    let must = Must::Pattern { regex: "(".to_owned() };
    at.configure(API, |row| row.rules = vec![Rule { column: "n".to_owned(), must }]).await;
    let run = at.sync(vec![page([json!({"id": 1})])]).await;
    assert_eq!(
        run.error.as_deref(),
        Some("Règle sur « n » : l'expression régulière « ( » ne peut pas être lue.")
    );
}

//! Versions: first load, nothing new, changes, drift, runs that do not come to their end.

use model::Lang;
use serde_json::json;

use crate::harness::{API, Harness, counts};
use crate::service::{End, page};

#[tokio::test]
async fn a_version_per_run_that_changes_something() {
    let at = Harness::new().await;
    let first = at
        .sync(vec![page([json!({"id": 1, "n": "a"}), json!({"id": 2, "n": "b"})]), page([json!({"id": 3})])]);
    let first = first.await;
    assert_eq!((first.status.as_str(), counts(&first)), ("success", [3, 3, 0, 0, 0]), "{first:?}");
    let dataset = at.dataset().await;
    assert_eq!((dataset.name.as_str(), dataset.version, dataset.row_count), (API, 1, 3));
    assert_eq!(dataset.key_column.as_deref(), Some("id"));

    let again = at.again(false).await;
    assert_eq!((again.status.as_str(), counts(&again)), ("success", [3, 0, 0, 3, 0]));
    assert_eq!(at.dataset().await.version, 1, "nothing changed, so there is no new version");

    let rows = page([json!({"id": 1, "n": "z"}), json!({"id": 2, "n": "b"}), json!({"id": 4, "n": "d"})]);
    let changed = at.sync(vec![rows]).await;
    assert_eq!((changed.status.as_str(), counts(&changed)), ("success", [3, 1, 1, 1, 0]));
    assert_eq!(changed.warnings, ["Une ligne n'est plus dans la source : la version 1 la garde."]);
    let dataset = at.dataset().await;
    assert_eq!((dataset.version, dataset.row_count), (2, 3));
    assert_eq!(
        at.rows(None).await,
        [json!({"id": 1, "n": "z"}), json!({"id": 2, "n": "b"}), json!({"id": 4, "n": "d"})],
        "a changed row keeps its place"
    );
    assert_eq!(at.rows(Some(1)).await[2], json!({"id": 3}));

    let versions = at.hub.dataset_versions(dataset.id, Lang::Fr).await.unwrap();
    let told: Vec<_> = versions.iter().map(|v| (v.version, v.created, v.updated, v.removed)).collect();
    assert_eq!(told, [(2, 1, 1, 1), (1, 3, 0, 0)]);
    assert_eq!(versions[0].run_id, changed.run_id);
    let differences = at.hub.dataset_differences(dataset.id, 2, 10, 0).await.unwrap();
    let told: Vec<_> = differences.iter().map(|row| (row.key.as_str(), row.change.as_str())).collect();
    assert_eq!(told, [("1", "updated"), ("3", "removed"), ("4", "created")]);
    assert_eq!(differences[0].before.as_ref().unwrap().get(), "{\"id\":1,\"n\":\"a\"}");
}

#[tokio::test]
async fn drift_is_told_and_kept() {
    let at = Harness::new().await;
    at.sync(vec![page([json!({"id": 1, "price": 5, "old": true})])]).await;
    let run = at.sync(vec![page([json!({"id": 1, "price": 5.5, "town": {"name": "Lyon"}})])]).await;
    let told = [
        "La colonne « old » n'est plus dans aucune ligne ; les versions précédentes la gardent.",
        "La colonne « price » était « nombre entier », elle est maintenant « nombre ».",
        "Nouvelle colonne « town.name » (texte).",
    ];
    assert_eq!((run.status.as_str(), run.warnings.as_slice()), ("success", &told.map(str::to_owned)[..]));
    let versions = at.hub.dataset_versions(at.dataset().await.id, Lang::Fr).await.unwrap();
    assert_eq!(versions[0].drift, told);
    assert_eq!(versions[1].columns.len(), 3, "the version before keeps its columns");
}

#[tokio::test]
async fn a_reading_that_breaks_off_leaves_the_version_as_it_was() {
    let at = Harness::new().await;
    let rows = |range: std::ops::Range<i64>, n: i64| page(range.map(|id| json!({"id": id, "n": n})));
    at.sync(vec![rows(0..20, 1)]).await;

    // The service fails after the first page.
    at.service.ends(vec![rows(0..10, 2)], End::Fault);
    let failed = at.again(false).await;
    assert_eq!((failed.status.as_str(), failed.error.as_deref()), ("error", Some("En panne.")));
    assert_eq!(counts(&failed), [10, 0, 10, 0, 0]);
    assert_eq!((at.dataset().await.version, &at.rows(None).await[0]), (1, &json!({"id": 0, "n": 1})));

    // A person stops it after the first page.
    at.service.ends(vec![rows(0..10, 2)], End::Hang);
    let run = at.hub.start_dataset_sync(API, None, false).await.unwrap();
    at.until(run, 10).await;
    at.hub.cancel(run).await.unwrap();
    let cancelled = at.hub.wait_dataset(run, Lang::Fr).await.unwrap();
    assert_eq!((cancelled.status.as_str(), counts(&cancelled)), ("cancelled", [10, 0, 0, 10, 0]));

    // The program ends under it.
    let run = at.hub.start_dataset_sync(API, None, false).await.unwrap();
    at.until(run, 10).await;
    let at = at.restart().await;
    assert_eq!(at.hub.run(run, Lang::Fr).await.unwrap().status, "interrupted");
    assert_eq!((at.dataset().await.version, at.rows(None).await.len()), (1, 20));

    // The next finds what they wrote, and the version tells of all of it.
    let whole = at.sync(vec![rows(0..10, 2), rows(10..21, 1)]).await;
    assert_eq!((whole.status.as_str(), counts(&whole)), ("success", [21, 1, 0, 20, 0]));
    let versions = at.hub.dataset_versions(at.dataset().await.id, Lang::Fr).await.unwrap();
    assert_eq!((versions[0].version, versions[0].created, versions[0].updated), (2, 1, 10));
    assert_eq!(at.rows(None).await.len(), 21);
}

#[tokio::test]
async fn what_was_sent_is_counted() {
    let at = Harness::new().await;
    let pages = vec![page([json!({"id": 1})]), page([json!({"id": 2})])];
    let bytes: u64 = pages.iter().map(|page| page.bytes).sum();
    let run = at.sync(pages).await;
    assert_eq!(at.bytes(run.run_id).await, bytes);
}

#[tokio::test]
async fn a_name_belongs_to_one_connection() {
    let at = Harness::new().await;
    at.configure(API, |row| row.title = Some("Commandes du site".to_owned())).await;
    at.configure("other", |_| {}).await;
    at.sync(vec![page([json!({"id": 1})])]).await;
    assert_eq!(at.dataset().await.name, "Commandes du site");
    let taken = at.hub.start_dataset_sync("other", Some(" Commandes du site ".to_owned()), false).await;
    assert_eq!(
        taken.unwrap_err().message.fr,
        "Le jeu de données « Commandes du site » appartient à la connexion api. Choisissez un autre nom."
    );
    for name in ["a\nb".to_owned(), "x".repeat(121)] {
        assert!(at.hub.start_dataset_sync("other", Some(name), false).await.is_err());
    }
    // Called otherwise later, the connection keeps its dataset.
    at.configure(API, |row| row.title = Some("Autre".to_owned())).await;
    assert_eq!(counts(&at.again(false).await), [1, 0, 0, 1, 0]);
}

#[tokio::test]
async fn a_dataset_is_deleted_when_nobody_reads() {
    let at = Harness::new().await;
    at.sync(vec![page([json!({"id": 1})])]).await;
    let id = at.dataset().await.id;
    at.service.ends(Vec::new(), End::Hang);
    let run_id = at.hub.start_dataset_sync(API, None, false).await.unwrap();
    assert_eq!(at.hub.delete_dataset(id).await.unwrap_err().kind, hub::Kind::AlreadyRunning { run_id });
    at.hub.cancel(run_id).await.unwrap();
    at.hub.wait_dataset(run_id, Lang::Fr).await.unwrap();
    at.hub.delete_dataset(id).await.unwrap();
    assert_eq!(at.hub.delete_dataset(id).await.unwrap_err().kind, hub::Kind::NotFound);
    let anew = at.sync(vec![page([json!({"id": 1})])]).await;
    assert_eq!(counts(&anew), [1, 1, 0, 0, 0]);
}

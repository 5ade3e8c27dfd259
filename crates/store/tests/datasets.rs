//! Datasets, told to both engines: rows in versions, what is gone, what was broken off, refusals.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::dataset::{Column, ColumnType, Drift, KeyBy, Row};
use model::run::Counts;
use model::{Cause, Direction, Subject, Text};
use store::{
    DatasetRow, Keys, NewRow, Publication, RefusedDatasetRow, Store, StoredRow, VersionChanges, Writing,
};

const NOW: &str = "2026-11-21T08:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let run = store
        .start_run("api", Subject::Dataset, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();
    let dataset = named(&store).await;
    let at = Story { store, run, id: dataset.id };
    at.first_version().await;
    at.second_version().await;
    at.broken_off().await;
    at.newer_rows_stay().await;
    at.refusals().await;
    at.marks_and_end().await;
}

async fn named(store: &Store) -> DatasetRow {
    let mut batch = store.begin().await.unwrap();
    let first = batch.dataset_for("Commandes", "api", NOW).await.unwrap();
    let again = batch.dataset_for("Commandes", "other", NOW).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!((first.id, first.provider.as_str(), first.version), (again.id, "api", 0));
    assert_eq!(again.provider, "api", "a name belongs to one connection");
    first
}

struct Story {
    store: Store,
    run: i64,
    id: i64,
}

fn row(key: &str, content: &str) -> NewRow {
    NewRow { key: key.into(), content: content.into(), hash: Row::fingerprint(content), read_for: None }
}

fn counts(created: u64, updated: u64, unchanged: u64) -> Counts {
    Counts { processed: created + updated + unchanged, created, updated, unchanged, failed: 0 }
}

impl Story {
    async fn put(&self, writing: &mut Writing, rows: &[NewRow]) -> Counts {
        let mut batch = self.store.begin().await.unwrap();
        let counts = batch.put_dataset_rows(writing, rows).await.unwrap();
        batch.commit().await.unwrap();
        counts
    }

    async fn publish(&self, writing: &Writing) -> (VersionChanges, u64) {
        let gone = self.store.dataset_rows_not_shown(writing).await.unwrap();
        let column = Column {
            name: "n".into(),
            kind: ColumnType::Integer,
            filled: 1,
            comma: false,
            examples: vec!["1".into()],
        };
        let drift = [Drift::Gone { column: "x".into() }];
        let mut batch = self.store.begin().await.unwrap();
        batch.remove_dataset_rows(writing, &gone).await.unwrap();
        let changes = batch.dataset_changes(writing).await.unwrap();
        let new = Publication {
            run_id: self.run,
            changes,
            columns: &[column],
            drift: &drift,
            key: &KeyBy::Column("id".into()),
            are_texts: true,
            now: NOW,
        };
        let rows = batch.publish_dataset(writing, &new).await.unwrap();
        batch.commit().await.unwrap();
        (changes, rows)
    }

    /// Keys and contents of a version, in their order.
    async fn version(&self, version: i64) -> Vec<(String, String)> {
        let rows = self.store.dataset_rows_after(self.id, version, 0, 1_000).await.unwrap();
        rows.into_iter().map(|StoredRow { key, content, .. }| (key, content)).collect()
    }

    async fn first_version(&self) {
        let mut writing = self.store.dataset_writing(self.id).await.unwrap();
        let many: Vec<NewRow> = (0..450).map(|i| row(&format!("k{i}"), &format!("{{\"n\":{i}}}"))).collect();
        assert_eq!(self.put(&mut writing, &many).await, counts(450, 0, 0));
        // The same key twice in a page, and one of an earlier page.
        let page = [row("a", "{}"), row("a", "{\"n\":1}"), row("k0", "{\"n\":0}")];
        assert_eq!(self.put(&mut writing, &page).await, counts(1, 1, 1));
        assert_eq!((writing.repeated, writing.shown()), (2, 451));
        assert_eq!(self.version(0).await, [], "nobody sees it before it is whole");
        assert_eq!(self.store.dataset_current_count(&writing).await.unwrap(), 451);
        let (changes, rows) = self.publish(&writing).await;
        assert_eq!((changes, rows), (VersionChanges { created: 451, updated: 0, removed: 0 }, 451));
        assert_eq!(self.version(1).await[450], ("a".into(), "{\"n\":1}".into()));
    }

    async fn second_version(&self) {
        let mut writing = self.store.dataset_writing(self.id).await.unwrap();
        let page = [row("k1", "{\"n\":\"één\"}"), row("k2", "{\"n\":2}"), row("new", "{}")];
        assert_eq!(self.put(&mut writing, &page).await, counts(1, 1, 1));
        // Changed again before the version is whole.
        assert_eq!(self.put(&mut writing, &[row("k1", "{\"n\":11}")]).await, counts(0, 1, 0));
        let mut batch = self.store.begin().await.unwrap();
        batch.keep_dataset_rows(&mut writing, &["k3", "nobody"]).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(writing.kept, 1);
        let (changes, rows) = self.publish(&writing).await;
        assert_eq!((changes, rows), (VersionChanges { created: 1, updated: 1, removed: 448 }, 4));
        let keys = |rows: Vec<(String, String)>| rows.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(self.version(2).await), ["k1", "k2", "k3", "new"]);
        assert_eq!(self.version(1).await.len(), 451, "the version before keeps what is gone");
        assert_eq!(self.version(1).await[1].1, "{\"n\":1}");

        let part = self.store.dataset_rows_part(self.id, 2, 2, 1).await.unwrap();
        let at = self.store.dataset_rows_at(self.id, 2, &[part[0].place]).await.unwrap();
        assert_eq!((part.len(), part[0].key.as_str(), &at), (2, "k2", &part[..1].to_vec()));

        let differences = self.store.dataset_differences(self.id, 2, 3, 0).await.unwrap();
        let told: Vec<_> = differences
            .iter()
            .map(|row| (row.key.as_str(), row.before.as_deref(), row.after.as_deref()))
            .collect();
        let expected = [
            ("k0", Some("{\"n\":0}"), None),
            ("k1", Some("{\"n\":1}"), Some("{\"n\":11}")),
            ("k4", Some("{\"n\":4}"), None),
        ];
        assert_eq!(told, expected);
        assert_eq!(self.store.dataset_differences(self.id, 2, 1_000, 3).await.unwrap().len(), 447);
    }

    /// A run that did not come to its end leaves the version as it was, and the next takes its rows over.
    async fn broken_off(&self) {
        let mut writing = self.store.dataset_writing(self.id).await.unwrap();
        let page = [row("k1", "{\"n\":12}"), row("never", "{}"), row("late", "{}")];
        self.put(&mut writing, &page).await;
        assert_eq!(self.version(2).await[0].1, "{\"n\":11}");
        let mut writing = self.store.dataset_writing(self.id).await.unwrap();
        let page = ["k1", "k2", "k3", "new", "late"];
        let page: Vec<NewRow> = page
            .iter()
            .map(|key| match *key {
                "k1" => row("k1", "{\"n\":12}"),
                "k2" => row("k2", "{\"n\":2}"),
                "k3" => row("k3", "{\"n\":3}"),
                key => row(key, "{}"),
            })
            .collect();
        assert_eq!(self.put(&mut writing, &page).await, counts(0, 0, 5), "what it wrote is found");
        let (changes, rows) = self.publish(&writing).await;
        assert_eq!((changes, rows), (VersionChanges { created: 1, updated: 1, removed: 0 }, 5));
        let keys: Vec<String> = self.version(3).await.into_iter().map(|(key, _)| key).collect();
        assert_eq!(
            keys,
            ["k1", "k2", "k3", "new", "late"],
            "what is not there any more was never part of one"
        );
    }

    async fn newer_rows_stay(&self) {
        let mut writing = self.store.dataset_writing(self.id).await.unwrap();
        let read_for = |key: &str, version| NewRow { read_for: Some(version), ..row(key, "{\"old\":1}") };
        let page = [read_for("k1", 3), read_for("k2", 3), read_for("other", 3)];
        assert_eq!(self.put(&mut writing, &page).await, counts(1, 1, 1), "k1 was read again in version 3");
        let mut batch = self.store.begin().await.unwrap();
        let changes = batch.dataset_changes(&writing).await.unwrap();
        assert_eq!(changes, VersionChanges { created: 1, updated: 1, removed: 0 });
    }

    async fn refusals(&self) {
        let writing = self.store.dataset_writing(self.id).await.unwrap();
        let refused: Vec<RefusedDatasetRow> = (1..=300)
            .map(|position| RefusedDatasetRow {
                key: (position > 1).then(|| format!("r{position}")),
                position,
                column: Some("n".into()),
                code: "required".into(),
                reason: Text::fixed("vide", "empty"),
                content: "{\"a\":\"é\"}".into(),
                version: 4,
            })
            .collect();
        let mut batch = self.store.begin().await.unwrap();
        batch.add_dataset_refusals(self.run, &writing, &refused).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(self.store.dataset_refusals(self.run, 2, 298).await.unwrap(), refused[298..]);
        let first = self.store.dataset_refusals_after(self.run, 0, 100).await.unwrap();
        let next = self.store.dataset_refusals_after(self.run, first[99].0, 100).await.unwrap();
        assert_eq!((&first[0].1, next[0].1.position), (&refused[0], 101));
        assert_eq!(self.store.dataset_refused_by(self.run).await.unwrap(), Some(self.id));
        assert_eq!(self.store.dataset_refused_by(self.run + 1).await.unwrap(), None);
    }

    async fn marks_and_end(&self) {
        let mut batch = self.store.begin().await.unwrap();
        batch.mark_dataset(self.id, Some(("after", "settings"))).await.unwrap();
        batch.commit().await.unwrap();
        let row = self.store.dataset(self.id).await.unwrap().unwrap();
        assert_eq!(self.store.dataset_named("Commandes").await.unwrap(), Some(row.clone()));
        assert_eq!((row.mark.as_ref().unwrap().0.as_str(), row.version, row.row_count), ("after", 3, 5));
        assert_eq!((row.key, row.are_texts), (Some(KeyBy::Column("id".into())), true));
        assert_eq!(row.columns[0].examples, ["1"]);
        let versions = self.store.dataset_versions(self.id).await.unwrap();
        assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!((versions[1].removed, versions[1].drift.len()), (448, 1));
        assert_eq!(self.store.dataset_version(self.id, 2).await.unwrap(), Some(versions[1].clone()));
        assert_eq!(self.store.datasets_of("api").await.unwrap().len(), 1);

        let mut batch = self.store.begin().await.unwrap();
        batch.delete_dataset(self.id).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(self.store.datasets().await.unwrap(), []);
        assert_eq!(self.version(3).await, []);
        assert_eq!(self.store.dataset_refusals(self.run, 10, 0).await.unwrap(), []);
    }
}

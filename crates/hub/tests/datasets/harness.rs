//! A hub on a database of its own, with connections to a scripted service.

use std::sync::Arc;

use connectors::{Connector, RowPage};
use futures_util::StreamExt;
use hub::{DatasetQuery, Hub, HubOptions, Keys};
use model::Lang;
use model::api::{DatasetBody, SyncBody};
use model::dataset::{Shape, cells};
use secrecy::SecretString;
use serde_json::Value;
use store::{ConfigRow, Store};
use tempfile::TempDir;

use crate::service::{KIND, Service};

/// The connection of most tests.
pub(crate) const API: &str = "api";

pub(crate) struct Harness {
    pub(crate) hub: Hub,
    pub(crate) service: Service,
    url: String,
    key: SecretString,
    _folder: TempDir,
}

impl Harness {
    pub(crate) async fn new() -> Harness {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let (service, key) = (Service::default(), Keys::generate());
        let hub = open(&url, &key, &service).await;
        let harness = Harness { hub, service, url, key, _folder: folder };
        harness.configure(API, |_| {}).await;
        harness
    }

    /// Ends the program as a stop of the server does, and begins it anew on the same database.
    pub(crate) async fn restart(self) -> Harness {
        self.hub.shut_down(std::time::Duration::from_millis(20)).await;
        let hub = open(&self.url, &self.key, &self.service).await;
        Harness { hub, ..self }
    }

    /// Saves a connection to the service.
    pub(crate) async fn configure(&self, name: &str, change: impl FnOnce(&mut ConfigRow)) {
        let store = Store::open(&self.url, Keys::parse(&self.key).unwrap()).await.unwrap();
        let mut row = ConfigRow {
            provider: name.to_owned(),
            connector_type: Some(KIND.to_owned()),
            is_active: true,
            updated_at: "2026-11-21T08:00:00.000Z".to_owned(),
            ..ConfigRow::default()
        };
        change(&mut row);
        let mut batch = store.begin().await.unwrap();
        batch.put_config(&row).await.unwrap();
        batch.commit().await.unwrap();
        store.close().await;
    }

    /// A sync of what the service gives from now on.
    pub(crate) async fn sync(&self, pages: Vec<RowPage>) -> SyncBody {
        self.service.gives(pages);
        self.again(false).await
    }

    pub(crate) async fn again(&self, accept_removals: bool) -> SyncBody {
        let run = self.hub.start_dataset_sync(API, None, accept_removals).await.unwrap();
        self.hub.wait_dataset(run, Lang::Fr).await.unwrap()
    }

    /// The only dataset.
    pub(crate) async fn dataset(&self) -> DatasetBody {
        self.hub.datasets(Lang::Fr).await.unwrap().pop().unwrap()
    }

    /// The contents of a version in their order; of the present one when `None`. Its columns must be those
    /// that its rows show.
    pub(crate) async fn rows(&self, version: Option<i64>) -> Vec<Value> {
        let query = DatasetQuery { version, limit: 10_000, ..DatasetQuery::default() };
        let page = self.hub.dataset_rows(self.dataset().await.id, &query).await.unwrap();
        let mut shape = Shape::default();
        for row in &page.rows {
            shape.take(&cells(&row.content).unwrap(), false);
        }
        let told = |columns: &[model::dataset::Column]| {
            let mut told: Vec<_> = columns.iter().map(|c| (c.name.clone(), c.kind, c.filled)).collect();
            told.sort_by(|a, b| a.0.cmp(&b.0));
            told
        };
        assert_eq!(told(&page.columns), told(&shape.columns()), "the columns are those of the rows");
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| serde_json::from_str(&row.content).unwrap()).collect()
    }

    /// Waits until a run has dealt with so many rows.
    pub(crate) async fn until(&self, run: i64, rows: u64) {
        let mut progress = self.hub.progress(run, Lang::Fr).await.unwrap();
        while let Some(step) = progress.next().await {
            if step.run.records_processed >= rows {
                return;
            }
        }
    }

    /// How many bytes a run was sent.
    pub(crate) async fn bytes(&self, run: i64) -> u64 {
        let store = Store::open(&self.url, Keys::parse(&self.key).unwrap()).await.unwrap();
        store.run(run).await.unwrap().unwrap().bytes
    }
}

async fn open(url: &str, key: &SecretString, service: &Service) -> Hub {
    let connectors: Vec<Arc<dyn Connector>> = vec![Arc::new(service.clone())];
    let options = HubOptions { connectors, ..HubOptions::new(url.to_owned(), Keys::parse(key).unwrap()) };
    Hub::open(options).await.unwrap()
}

pub(crate) fn counts(run: &SyncBody) -> [u64; 5] {
    [
        run.records_processed,
        run.records_created,
        run.records_updated,
        run.records_unchanged,
        run.records_failed,
    ]
}

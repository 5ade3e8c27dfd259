//! The use cases of Passerelle, called alike by pages, JSON API, command line and tests.
//!
//! The hub knows what has to be done and in which order. It does not know HTTP, HTML or SQL.

mod access;
mod accounts;
mod ahead;
mod allowance;
mod backups;
mod clock;
mod config_file;
mod connections;
mod crm_settings;
mod dashboard;
mod data;
mod datasets;
mod deals;
mod deals_csv;
mod deals_mapping;
mod digest;
mod doctor;
mod error;
mod events;
mod fault_point;
mod forms;
mod hints;
mod history;
mod measures;
mod oauth;
mod options;
mod playground;
mod recipes;
mod retention;
mod rotation;
mod schedule;
mod sealing;
mod sources;
mod store_words;
mod sync;
mod wakers;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use connectors::http::Http;
use connectors::{Connector, Context, SourceConnector, SourceContext};
use model::ConnectorSpec;
use store::Store;
use tokio::sync::Mutex;
use url::Url;

pub use access::{Caller, LIFETIME, Member, Origin, Visitor};
pub use accounts::{
    AccountDraft, AccountKind, AccountSync, AccountTest, AccountUpdate, AccountView, Exchange, Synced,
};
pub use backups::restore;
pub use clock::Clock;
pub use config_file::Applied;
pub use connectors::csv_file::{Letters, Said};
pub use connectors::http::{AllowedHost, Policy};
pub use dashboard::{Board, BoardColumn, Moment, Overview};
pub use data::{Choices, DataPage, DataQuery, FieldMapping, NotMapped, TableMapping};
pub use datasets::{DatasetExport, DatasetPage, DatasetQuery, DatasetRequest, ExportFormat};
pub use deals::{BulkChange, CreatedDeals, DealSelection, Deletion, NotRestored, SavedView, Undone};
pub use deals_csv::{
    CSV, CsvChoices, CsvColumnView, CsvRowView, CsvView, DealExport, KeptCsv, NewUpload, SheetFormat, Upload,
    line_of,
};
pub use deals_mapping::{DealsMapping, Stage};
pub use doctor::{Finding, examine};
pub use error::{Error, Kind, OpenError, Result};
pub use hints::HintMessage;
pub use oauth::{Consent, GrantView, LostGrant};
pub use options::{HubOptions, ServiceOptions};
pub use recipes::RecipesView;
pub use sources::{Checked, LoadRequest, NotSaved, SourceDraft, SourceSettings, SourceView};
pub use store::deals::{DealFilter, DealSort};
pub use store::{Check, DataRow, DataValue, RowSort, StoredRow, checks, date_field, filter_fields};
pub use store::{Keys, Rotation, Serving};

/// Everything the program can do, over one database. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    database_url: String,
    connectors: BTreeMap<String, Arc<dyn Connector>>,
    sources: BTreeMap<String, Arc<dyn SourceConnector>>,
    services: BTreeMap<String, ServiceOptions>,
    data_dirs: Vec<PathBuf>,
    watch_every: Duration,
    keep_run_details: Option<NonZeroU32>,
    http: Http,
    runs: sync::Running,
    wakers: wakers::Wakers,
    playground: Mutex<playground::Playground>,
    clock: Clock,
    access: access::Access,
    public_url: Option<Url>,
    measures: measures::Measures,
    uploads: deals_csv::Uploads,
}

impl Hub {
    /// Opens the database, and marks the runs that an earlier process left unfinished.
    ///
    /// # Errors
    /// The database cannot be opened or brought up to date, or the system lets no client be made.
    pub async fn open(options: HubOptions) -> std::result::Result<Hub, OpenError> {
        let store = Store::open(&options.database_url, options.keys).await?;
        let interrupted = store.mark_interrupted(&sync::interrupted(), &options.clock.at()).await?;
        if !interrupted.is_empty() {
            tracing::warn!(runs = ?interrupted, "runs of an earlier process were interrupted");
        }
        let connectors = options.connectors.into_iter().map(|c| (c.spec().id, c)).collect();
        let sources = connectors::sources().into_iter().map(|s| (s.spec().id, s)).collect();
        let hub = Hub {
            inner: Arc::new(Inner {
                store,
                database_url: options.database_url,
                connectors,
                sources,
                services: options.services,
                data_dirs: options.data_dirs,
                watch_every: options.watch_every,
                keep_run_details: options.keep_run_details,
                http: Http::new(options.policy)?,
                runs: sync::Running::default(),
                wakers: wakers::Wakers::default(),
                playground: Mutex::default(),
                clock: options.clock,
                access: access::Access::new(),
                public_url: options.public_url,
                measures: measures::Measures::default(),
                uploads: deals_csv::Uploads::new(options.uploads, options.upload_limit),
            }),
        };
        hub.after_interrupted(&interrupted).await;
        Ok(hub)
    }

    /// The kinds of services there are.
    pub fn connectors(&self) -> Vec<ConnectorSpec> {
        self.inner.connectors.values().map(|c| c.spec()).collect()
    }

    /// The address people reach the server at, where an operator says it: behind a proxy it is another one
    /// than the server's own.
    pub fn public_url(&self) -> Option<&Url> {
        self.inner.public_url.as_ref()
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        self.inner.store.ready().await
    }

    /// Stops taking work, gives running syncs half of `grace` to end, then stops them after the page
    /// they are at and marks them interrupted. What is still asked is answered.
    pub async fn stop_runs(&self, grace: Duration) {
        self.inner.runs.shut_down(grace).await;
    }

    /// Closes the database. Whoever still asks is told that it does not answer.
    pub async fn close(&self) {
        self.inner.store.close().await;
    }

    /// Stops the runs and closes the database, see [`Hub::stop_runs`] and [`Hub::close`].
    pub async fn shut_down(&self, grace: Duration) {
        self.stop_runs(grace).await;
        self.close().await;
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn context(&self, base_url: Option<String>) -> Context {
        Context { http: self.inner.http.clone(), base_url, tokens: None }
    }

    fn source_context(&self, base_url: Option<String>) -> SourceContext {
        SourceContext { service: self.context(base_url), data_dirs: self.inner.data_dirs.clone() }
    }
}

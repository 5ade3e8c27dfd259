//! A hub on a database of its own, with one connection.

use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use hub::{AccountDraft, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::SyncBody;
use model::{Direction, Lang};
use tempfile::TempDir;

/// What a run did, and how long it took.
pub(crate) type Timed = (SyncBody, Duration);

/// A hub with its connection.
pub(crate) struct Connected {
    pub(crate) hub: Hub,
    /// The kind of the connection.
    pub(crate) kind: String,
    /// The connection's name.
    provider: String,
    _folder: TempDir,
}

impl Connected {
    /// Connects to the service of that kind at `url`; `form` is what a person would fill in.
    pub(crate) async fn open(
        kind: &str,
        url: &str,
        form: &[(&str, &str)],
        policy: Policy,
    ) -> anyhow::Result<Connected> {
        let folder = tempfile::tempdir()?;
        let service = ServiceOptions { base_url: Some(url.to_owned()), token: None };
        let database = format!("sqlite://{}", folder.path().join("bench.db").display());
        let hub = Hub::open(HubOptions {
            services: [(kind.to_owned(), service)].into(),
            policy,
            ..HubOptions::new(database, Keys::parse(&Keys::generate())?)
        })
        .await?;
        let draft = AccountDraft {
            title: kind.to_owned(),
            kind: kind.to_owned(),
            values: form.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            ..AccountDraft::default()
        };
        let id = match hub.create_account(draft).await {
            Ok(id) => id,
            Err(error) => bail!("{error:?}"),
        };
        let provider = hub.account(id, Lang::En).await?.provider;
        Ok(Connected { hub, kind: kind.to_owned(), provider, _folder: folder })
    }

    /// Syncs deals.
    pub(crate) async fn deals(&self, direction: Direction) -> anyhow::Result<Timed> {
        let begin = Instant::now();
        let run = self.hub.sync(&self.provider, direction, Lang::En).await?;
        let took = begin.elapsed();
        ensure!(run.status == "success", "{run:?}");
        Ok((run, took))
    }

    /// Reads the stream into its dataset.
    pub(crate) async fn dataset(&self) -> anyhow::Result<Timed> {
        let begin = Instant::now();
        let run = self.hub.start_dataset_sync(&self.provider, None, false).await?;
        let run = self.hub.wait_dataset(run, Lang::En).await?;
        let took = begin.elapsed();
        ensure!(run.status == "success", "{run:?}");
        Ok((run, took))
    }
}

//! Loads of a source, as the program carries them out.

use std::path::Path;
use std::time::Instant;

use anyhow::ensure;
use futures_util::StreamExt;
use hub::{Hub, HubOptions, Keys, LoadRequest, Policy, ServiceOptions, SourceDraft};
use model::Lang;
use model::api::LoadBody;
use model::run::Counts;

/// A hub on that database, with one source.
pub(crate) struct Bench {
    pub(crate) hub: Hub,
    name: String,
}

/// A load that went through.
pub(crate) struct Loaded {
    /// What became of its rows, of all tables together.
    pub(crate) counts: Counts,
    /// Seconds until the last row was written.
    pub(crate) rows: f64,
    /// Seconds of what followed: totals, the quality report.
    pub(crate) rest: f64,
}

impl Bench {
    /// `folder` is the one it may read; `service` is where the kind's service is.
    pub(crate) async fn open(
        database: &str,
        folder: Option<&Path>,
        service: Option<String>,
        draft: SourceDraft,
    ) -> anyhow::Result<Bench> {
        let service = service.map(|url| ServiceOptions { base_url: Some(url), token: None });
        let options = HubOptions {
            data_dirs: folder.into_iter().map(Path::to_owned).collect(),
            services: service.into_iter().map(|service| (draft.kind.clone(), service)).collect(),
            policy: Policy::without_waiting(),
            ..HubOptions::new(database.to_owned(), Keys::parse(&Keys::generate())?)
        };
        let hub = Hub::open(options).await?;
        let name = draft.name.clone();
        hub.create_source(draft).await.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
        Ok(Bench { hub, name })
    }

    /// Loads whatever is new.
    pub(crate) async fn load(&self) -> anyhow::Result<Loaded> {
        let begun = Instant::now();
        let run = self.hub.start_load(&self.name, LoadRequest::default()).await?;
        let mut progress = self.hub.progress(run, Lang::En).await?;
        let mut rows = None;
        while let Some(now) = progress.next().await {
            if now.phase != "reading" {
                rows.get_or_insert_with(|| begun.elapsed().as_secs_f64());
            }
        }
        let told = self.hub.wait_load(run, Lang::En).await?;
        let all = begun.elapsed().as_secs_f64();
        ensure!(told.status == "success", "{told:?}");
        let rows = rows.unwrap_or(all);
        Ok(Loaded { counts: counts(&told), rows, rest: all - rows })
    }
}

fn counts(told: &LoadBody) -> Counts {
    let mut all = Counts::default();
    for table in &told.tables {
        all.add(Counts {
            processed: table.processed,
            created: table.created,
            updated: table.updated,
            unchanged: table.unchanged,
            failed: table.failed,
        });
    }
    all
}

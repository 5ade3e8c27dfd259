//! What the hub is told when it is opened.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use connectors::Connector;
use connectors::http::Policy;
use secrecy::SecretString;
use store::Keys;
use url::Url;

use crate::Clock;

/// Where the data is, which keys open its secrets, and what the operator set per service.
pub struct HubOptions {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// The keys that seal tokens.
    pub keys: Keys,
    /// The kinds of services there are.
    pub connectors: Vec<Arc<dyn Connector>>,
    /// What the environment says of a connector, by its id.
    pub services: BTreeMap<String, ServiceOptions>,
    /// Time-outs, retries and pacing of outgoing requests.
    pub policy: Policy,
    /// The folders that sources made of files may read.
    pub data_dirs: Vec<PathBuf>,
    /// How often folders that are watched are looked at.
    pub watch_every: Duration,
    /// Where people and services reach the server (`PASSERELLE_PUBLIC_URL`), where that is not its own address.
    pub public_url: Option<Url>,
    /// What everything goes by that begins, ends or is kept for a time.
    pub clock: Clock,
    /// For how many days the details of runs are kept; for ever when `None`.
    pub keep_run_details: Option<NonZeroU32>,
    /// The folder where files that people hand in stay while they are looked at: beside the database.
    pub uploads: PathBuf,
    /// The largest such file, in bytes.
    pub upload_limit: u64,
}

impl HubOptions {
    /// The usual options: every kind of service, where it is; no folder to read from.
    pub fn new(database_url: String, keys: Keys) -> HubOptions {
        HubOptions {
            uploads: uploads_beside(&database_url),
            upload_limit: 200 * 1024 * 1024,
            database_url,
            keys,
            connectors: connectors::all(),
            services: BTreeMap::new(),
            policy: Policy::default(),
            data_dirs: Vec::new(),
            watch_every: Duration::from_secs(30),
            public_url: None,
            clock: Clock::system(),
            keep_run_details: None,
        }
    }
}

/// The folder of uploads of a database: beside its file, or below `data` where it has none.
fn uploads_beside(database_url: &str) -> PathBuf {
    let path = database_url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    let path = path.and_then(|path| Path::new(path.split('?').next()?).parent());
    path.unwrap_or_else(|| Path::new("data")).join("uploads")
}

/// What the operator set for one kind of service.
#[derive(Clone, Default)]
pub struct ServiceOptions {
    /// Base URL of the service, without version path (`AIRTABLE_API_URL`); the real one by default.
    pub base_url: Option<String>,
    /// The token used when the connection holds none of its own (`AIRTABLE_TOKEN`).
    pub token: Option<SecretString>,
}

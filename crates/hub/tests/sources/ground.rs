//! A hub over an empty database, and a folder of exports it may read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::time::{Duration, SystemTime};

use hub::{Hub, HubOptions, Keys, LoadRequest, Policy, ServiceOptions, SourceDraft};
use model::Lang;
use model::api::LoadBody;
use sandbox::odoo;
use store::{Scope, Store};
use tempfile::TempDir;

const KEY: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

/// Everything a test stands on; gone with it.
pub(crate) struct Ground {
    pub(crate) hub: Hub,
    pub(crate) exports: TempDir,
    url: String,
    _data: TempDir,
}

impl Ground {
    pub(crate) async fn new() -> Ground {
        Ground::beside(BTreeMap::new()).await
    }

    /// With a source named `erp`, the simulator's demonstration database.
    pub(crate) async fn with_odoo() -> (Ground, odoo::Simulator) {
        let simulator = odoo::Simulator::start(odoo::Options::default()).await.unwrap();
        sandbox::demo::odoo(&simulator);
        let service = ServiceOptions { base_url: Some(simulator.url().to_owned()), token: None };
        let ground = Ground::beside([("odoo".to_owned(), service)].into()).await;
        let values = [
            ("odoo_url", "https://cave.example"),
            ("odoo_db", &simulator.database()),
            ("odoo_user", simulator.login()),
            ("odoo_api_key", simulator.key()),
        ];
        let values = values.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let draft = SourceDraft { name: "erp".to_owned(), kind: "odoo".to_owned(), values };
        ground.hub.create_source(draft).await.unwrap();
        (ground, simulator)
    }

    async fn beside(services: BTreeMap<String, ServiceOptions>) -> Ground {
        let (data, exports) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let url = format!("sqlite://{}", data.path().join("hub.db").display());
        let options = HubOptions {
            data_dirs: vec![exports.path().to_owned()],
            watch_every: Duration::from_millis(10),
            policy: Policy::without_waiting(),
            services,
            ..HubOptions::new(url.clone(), keys())
        };
        Ground { hub: Hub::open(options).await.unwrap(), exports, url, _data: data }
    }

    /// With a source named `cave` that reads the folder.
    pub(crate) async fn with_cave() -> Ground {
        let ground = Ground::new().await;
        ground.hub.create_source(ground.draft("cave", &[])).await.unwrap();
        ground
    }

    pub(crate) fn draft(&self, name: &str, more: &[(&str, &str)]) -> SourceDraft {
        let folder = self.exports.path().display().to_string();
        let mut values = BTreeMap::from([("isavigne_export_path".to_owned(), folder)]);
        values.extend(more.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        SourceDraft { name: name.to_owned(), kind: "isavigne".to_owned(), values }
    }

    /// A file that nobody has touched for an hour; later ones count as later.
    pub(crate) fn file(&self, name: &str, lines: &[&str]) {
        let age = Duration::from_secs(3_600)
            - Duration::from_millis(self.exports.path().read_dir().unwrap().count() as u64);
        let mut file = File::create(self.exports.path().join(name)).unwrap();
        file.write_all(lines.join("\n").as_bytes()).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }

    pub(crate) async fn load(&self) -> LoadBody {
        self.load_only(LoadRequest::default()).await
    }

    pub(crate) async fn load_only(&self, request: LoadRequest) -> LoadBody {
        self.load_of("cave", request).await
    }

    pub(crate) async fn load_of(&self, name: &str, request: LoadRequest) -> LoadBody {
        let run_id = self.hub.start_load(name, request).await.unwrap();
        self.hub.wait_load(run_id, Lang::Fr).await.unwrap()
    }

    /// The database itself, to look at what arrived.
    pub(crate) async fn store(&self) -> (Store, Scope) {
        let store = Store::open(&self.url, keys()).await.unwrap();
        let scope = store.scope("cave").await.unwrap();
        (store, scope)
    }
}

fn keys() -> Keys {
    Keys::parse(&KEY.to_owned().into()).unwrap()
}

/// The counts of one table, in the order processed, created, updated, unchanged, failed.
pub(crate) fn counts(load: &LoadBody, table: &str) -> [u64; 5] {
    let found = load.tables.iter().find(|counts| counts.table == table);
    found.map_or([0; 5], |t| [t.processed, t.created, t.updated, t.unchanged, t.failed])
}

//! A hub on a database of its own, connected to a simulated base of deals.

use std::collections::BTreeMap;

use hub::{AccountDraft, Caller, DealFilter, DealSort, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::{ConfigUpdate, DealBody, SyncBody};
use model::{Destination, Direction, Lang};
use sandbox::airtable::{Field, FieldType, Options, Simulator, Table};
use tempfile::TempDir;

pub(crate) const BASE: &str = "appPasserelleTest";

pub(crate) struct Harness {
    pub(crate) hub: Hub,
    pub(crate) simulator: Simulator,
    pub(crate) table: Table,
    _folder: Option<TempDir>,
}

impl Harness {
    /// On SQLite, with the connection configured.
    pub(crate) async fn new() -> Harness {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let harness = Harness::on(&url, Some(folder)).await;
        harness.configure(ConfigUpdate::default()).await;
        harness
    }

    /// On a database of the caller's, not configured yet.
    pub(crate) async fn on(url: &str, folder: Option<TempDir>) -> Harness {
        let simulator = Simulator::start(Options::unlimited()).await.unwrap();
        let base = simulator.base(BASE, "CRM").unwrap();
        let table = base.table("Deals", fields());
        let hub = open(url, simulator.url()).await;
        Harness { hub, simulator, table, _folder: folder }
    }

    /// Saves the settings of the simulated base, with these changes.
    pub(crate) async fn configure(&self, update: ConfigUpdate) {
        let settings = ConfigUpdate {
            api_token: update.api_token.or_else(|| Some(self.simulator.token().to_owned())),
            base_id: update.base_id.or_else(|| Some(BASE.to_owned())),
            table_name: update.table_name.or_else(|| Some("Deals".to_owned())),
            ..update
        };
        self.hub.save_config("airtable", settings).await.unwrap();
    }

    pub(crate) async fn map(&self, entries: &[(&str, &str)]) {
        let field_mapping =
            Some(entries.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<BTreeMap<_, _>>());
        self.configure(ConfigUpdate { field_mapping, ..ConfigUpdate::default() }).await;
    }

    pub(crate) async fn import(&self) -> SyncBody {
        self.hub.sync("airtable", Direction::Import, Lang::Fr).await.unwrap()
    }

    pub(crate) async fn export(&self) -> SyncBody {
        self.hub.sync("airtable", Direction::Export, Lang::Fr).await.unwrap()
    }

    /// Every deal, by id.
    pub(crate) async fn deals(&self) -> Vec<DealBody> {
        let filter = DealFilter { sort: DealSort::Id, limit: Some(1_000), ..DealFilter::default() };
        self.hub.deals(&filter).await.unwrap().deals
    }

    /// Puts a deal into the CRM.
    pub(crate) async fn deal(&self, json: serde_json::Value) -> DealBody {
        self.hub.create_deal(&Caller::Local, serde_json::from_value(json).unwrap()).await.unwrap()
    }
}

/// What opens the secrets of every database here.
pub(crate) fn keys() -> Keys {
    let key = secrecy::SecretString::from("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");
    Keys::parse(&key).unwrap()
}

pub(crate) async fn open(url: &str, service: &str) -> Hub {
    open_with(url, "airtable", service).await
}

/// A hub that finds this kind of service at that address.
pub(crate) async fn open_with(url: &str, kind: &str, service: &str) -> Hub {
    Hub::open(options(url, kind, service)).await.unwrap()
}

/// What such a hub is opened with.
pub(crate) fn options(url: &str, kind: &str, service: &str) -> HubOptions {
    let service = ServiceOptions { base_url: Some(service.to_owned()), token: None };
    HubOptions {
        services: [(kind.to_owned(), service)].into(),
        policy: Policy::without_waiting(),
        ..HubOptions::new(url.to_owned(), keys())
    }
}

/// A hub on that database, and the name of its connection for deals to the service at that address.
pub(crate) async fn connected(
    url: &str,
    kind: &str,
    service: &str,
    values: &[(&str, String)],
) -> (Hub, String) {
    let hub = open_with(url, kind, service).await;
    let draft = AccountDraft {
        title: kind.to_owned(),
        kind: kind.to_owned(),
        values: values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        destination: Some(Destination::Deals),
        schedule: None,
    };
    let id = hub.create_account(draft).await.unwrap();
    let provider = hub.account(id, Lang::Fr).await.unwrap().provider;
    (hub, provider)
}

fn fields() -> Vec<Field> {
    let statuses = ["Lead", "Qualified", "Negotiation", "Won", "In progress", "Lost"];
    vec![
        Field::text("Name"),
        Field::new("Status", FieldType::single_select(&statuses)),
        Field::new("Amount", FieldType::currency(2, "€")),
        Field::text("Sector"),
        Field::new("Due Date", FieldType::date()),
        Field::text("Assignee"),
        Field::new("Notes", FieldType::MultilineText),
        Field::new("Last Modified", FieldType::last_modified_time()),
    ]
}

/// processed, created, updated, unchanged, failed
pub(crate) fn counts(body: &SyncBody) -> [u64; 5] {
    [
        body.records_processed,
        body.records_created,
        body.records_updated,
        body.records_unchanged,
        body.records_failed,
    ]
}

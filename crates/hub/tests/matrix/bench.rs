//! What a cell is played on: a CRM and a service that have met before, with changes waiting on both sides.

use std::sync::Arc;

use hub::{Caller, DealFilter, DealSort, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::{ConfigUpdate, DealBody, SyncBody};
use model::{Direction, Lang};
use sandbox::Clock;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::service::Service;

/// A service and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) provider: &'static str,
    pub(crate) direction: Direction,
}

/// The columns of the matrix.
pub(crate) const COLUMNS: [Column; 4] = [
    Column { provider: "airtable", direction: Direction::Import },
    Column { provider: "airtable", direction: Direction::Export },
    Column { provider: "notion", direction: Direction::Import },
    Column { provider: "notion", direction: Direction::Export },
];

/// Both sides of a sync.
pub(crate) struct Bench {
    pub(crate) column: Column,
    pub(crate) hub: Hub,
    pub(crate) service: Arc<Service>,
    _folder: TempDir,
}

/// What both sides hold: one sorted line per deal, one per record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    pub(crate) here: Vec<String>,
    pub(crate) there: Vec<String>,
}

/// Records of the service before the run: two pages.
const THERE: usize = 120;

impl Bench {
    /// A configured connection between an empty CRM and an empty table.
    pub(crate) async fn empty(column: Column, policy: Policy) -> Bench {
        let clock = Clock::system();
        let service = match column.provider {
            "airtable" => Service::airtable(clock).await,
            _ => Service::notion(clock).await,
        };
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let reached = ServiceOptions { base_url: Some(service.url().to_owned()), token: None };
        let key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=".to_owned();
        let services = [(column.provider.to_owned(), reached)].into();
        let options = HubOptions::new(url, Keys::parse(&key.into()).unwrap());
        let options = HubOptions { services, policy, ..options };
        let hub = Hub::open(options).await.unwrap();
        let [api_token, base_id, table_name] = service.settings().map(Some);
        let settings = ConfigUpdate { api_token, base_id, table_name, ..ConfigUpdate::default() };
        hub.save_config(column.provider, settings).await.unwrap();
        Bench { column, hub, service: Arc::new(service), _folder: folder }
    }

    /// Two pages of records. An import finds half of them linked, of which five have changed there and
    /// three here; an export finds all of them linked, of which five have changed here and three there,
    /// and 25 deals that are new.
    pub(crate) async fn new(column: Column, policy: Policy) -> Bench {
        let at = Bench::empty(column, policy).await;
        let (linked, new) = match column.direction {
            Direction::Import => (0..THERE / 2, THERE / 2..THERE),
            Direction::Export => (0..THERE, 0..0),
        };
        at.service.insert(linked.map(record));
        at.sync(Direction::Import).await;
        for number in 0..8 {
            let there = (number < 5) == (column.direction == Direction::Import);
            if there {
                at.service.edit(&client(number), &json!({"Sector": "de là"}));
            } else {
                at.change(&client(number), json!({"notes": "d'ici"})).await;
            }
        }
        at.service.insert(new.map(record));
        if column.direction == Direction::Export {
            for number in 0..25 {
                at.deal(json!({"client": format!("N{number:03}"), "montant_brut": number + 1,
                    "statut": "négociation", "date_echeance": "2027-03-01"}))
                    .await;
            }
        }
        at.service.controls().log().clear();
        at
    }

    /// Runs the column's direction.
    pub(crate) async fn run(&self) -> SyncBody {
        self.sync(self.column.direction).await
    }

    pub(crate) async fn sync(&self, direction: Direction) -> SyncBody {
        self.hub.sync(self.column.provider, direction, Lang::Fr).await.unwrap()
    }

    /// Every deal, by id.
    pub(crate) async fn deals(&self) -> Vec<DealBody> {
        let filter = DealFilter { sort: DealSort::Id, limit: Some(1_000), ..DealFilter::default() };
        self.hub.deals(&filter).await.unwrap().deals
    }

    /// The deal of that client.
    pub(crate) async fn deal_of(&self, client: &str) -> DealBody {
        self.deals().await.into_iter().find(|deal| deal.client == client).unwrap()
    }

    /// Puts a deal into the CRM.
    pub(crate) async fn deal(&self, json: Value) {
        self.hub.create_deal(&Caller::Local, serde_json::from_value(json).unwrap()).await.unwrap();
    }

    /// Somebody edits the deal of that client in the CRM.
    pub(crate) async fn change(&self, client: &str, fields: Value) {
        let id = self.deal_of(client).await.id;
        self.hub
            .update_deal(&Caller::Local, id, serde_json::from_value(fields).unwrap(), None)
            .await
            .unwrap();
    }

    pub(crate) async fn held(&self) -> Held {
        let here = |deal: &DealBody| {
            let DealBody { client, statut, montant_brut, secteur, date_echeance, assignee, notes, .. } = deal;
            json!([client, statut, montant_brut, secteur, date_echeance, assignee, notes]).to_string()
        };
        let mut held = Held {
            here: self.deals().await.iter().map(here).collect(),
            // Objects are printed by key.
            there: self
                .service
                .rows()
                .into_iter()
                .map(|row| json!([row.get("Name"), row.fields]).to_string())
                .collect(),
        };
        held.here.sort_unstable();
        held.there.sort_unstable();
        held
    }
}

/// The client of a record of the bench.
pub(crate) fn client(number: usize) -> String {
    format!("C{number:03}")
}

/// A record of the bench.
pub(crate) fn record(number: usize) -> Value {
    json!({"Name": client(number), "Amount": number as f64 + 0.25, "Status": "Won", "Sector": "Vin",
        "Due Date": "2027-01-05", "Notes": "é"})
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

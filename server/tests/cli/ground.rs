//! A simulated service with some records, and a program whose CRM is connected to it.

use std::collections::BTreeMap;
use std::time::Duration;

use hub::{DealFilter, DealSort, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::{ConfigUpdate, RunBody};
use model::{Direction, Lang};
use sandbox::airtable::{self, Field, FieldType};
use sandbox::notion::{self, Property, PropertyType};
use sandbox::{Controls, Kind};
use serde_json::{Value, json};

use crate::program::Program;

/// Opens the secrets of every database here.
pub(crate) const KEY: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
const BASE: &str = "appPasserelleTest";

/// Which service.
#[derive(Clone, Copy)]
pub(crate) enum Service {
    Airtable,
    Notion,
}

enum Table {
    Airtable(airtable::Simulator, airtable::Table),
    Notion(notion::Simulator, notion::DataSource),
}

/// Both sides, and the program between them.
pub(crate) struct Ground {
    pub(crate) program: Program,
    pub(crate) provider: &'static str,
    table: Table,
}

/// What one side holds: client and cents, sorted.
pub(crate) type Held = Vec<(String, i64)>;

impl Ground {
    /// A configured connection between an empty CRM and these records.
    pub(crate) async fn new(service: Service, records: &[(String, i64)]) -> Ground {
        let rows =
            records.iter().map(|(client, cents)| json!({"Name": client, "Amount": *cents as f64 / 100.0}));
        let (table, provider, variable, url, base_id) = match service {
            Service::Airtable => {
                let simulator = airtable::Simulator::start(airtable::Options::unlimited()).await.unwrap();
                let fields = [Field::text("Name"), Field::new("Amount", FieldType::currency(2, "€"))];
                let table = simulator.base(BASE, "CRM").unwrap().table("Deals", fields);
                table.insert(rows).unwrap();
                let url = simulator.url().to_owned();
                (Table::Airtable(simulator, table), "airtable", "AIRTABLE_API_URL", url, BASE.to_owned())
            }
            Service::Notion => {
                let simulator = notion::Simulator::start(notion::Options::unlimited()).await.unwrap();
                let properties = [Property::title("Name"), Property::new("Amount", PropertyType::euro())];
                let database = simulator.database("Deals");
                let source = database.data_source("Deals", properties);
                source.insert(rows).unwrap();
                let url = simulator.url().to_owned();
                (Table::Notion(simulator, source), "notion", "NOTION_API_URL", url, database.id().to_string())
            }
        };
        let program = Program::new().with(variable, &url).with("ENCRYPTION_KEY", KEY);
        let ground = Ground { program, provider, table };
        let api_token = match &ground.table {
            Table::Airtable(simulator, _) => simulator.token(),
            Table::Notion(simulator, _) => simulator.token(),
        };
        let settings = ConfigUpdate {
            api_token: Some(api_token.to_owned()),
            base_id: Some(base_id),
            table_name: Some("Deals".to_owned()),
            field_mapping: Some(
                [("client", "Name"), ("montant_brut", "Amount")].map(|(a, b)| (a.into(), b.into())).into(),
            ),
            ..ConfigUpdate::default()
        };
        let hub = ground.hub(&url).await;
        hub.save_config(provider, settings).await.unwrap();
        hub.shut_down(Duration::ZERO).await;
        ground
    }

    async fn hub(&self, url: &str) -> Hub {
        let service = ServiceOptions { base_url: Some(url.to_owned()), token: None };
        open(&self.program, [(self.provider.to_owned(), service)].into()).await
    }

    /// The program's database opened anew, as by its next start.
    pub(crate) async fn opened(&self) -> Hub {
        let url = match &self.table {
            Table::Airtable(simulator, _) => simulator.url(),
            Table::Notion(simulator, _) => simulator.url(),
        };
        self.hub(url).await
    }

    /// Runs `passerelle sync` until this place and kills it there; what is there afterwards: the deals,
    /// and the run as the next start tells of it.
    pub(crate) async fn kill_at(&self, direction: Direction, place: &str) -> (Held, RunBody) {
        self.program.kill_at(&["sync", self.provider, direction.word()], place);
        let hub = self.opened().await;
        let run = hub.runs(None, 1, Lang::Fr).await.unwrap().remove(0);
        let deals = deals(&hub).await;
        hub.shut_down(Duration::ZERO).await;
        (deals, run)
    }

    /// Runs `passerelle sync` to its end.
    pub(crate) fn sync(&self, direction: Direction) {
        let ended = self.program.run(&["sync", self.provider, direction.word()]);
        assert_eq!(ended.code, 0, "{ended:?}");
    }

    pub(crate) fn controls(&self) -> &Controls {
        match &self.table {
            Table::Airtable(simulator, _) => simulator,
            Table::Notion(simulator, _) => simulator,
        }
    }

    /// How many pages of records were asked for.
    pub(crate) fn pages_read(&self) -> usize {
        self.controls().log().count(Kind::List)
    }

    /// The service's records.
    pub(crate) fn records(&self) -> Held {
        let held = |name: &Value, amount: &Value| {
            (name.as_str().unwrap().to_owned(), (amount.as_f64().unwrap() * 100.0).round() as i64)
        };
        let mut records: Held = match &self.table {
            Table::Airtable(_, table) => {
                table.records().iter().map(|row| held(row.get("Name"), row.get("Amount"))).collect()
            }
            Table::Notion(_, source) => {
                source.rows().iter().map(|row| held(row.get("Name"), row.get("Amount"))).collect()
            }
        };
        records.sort_unstable();
        records
    }
}

/// A program's database, opened as by itself.
pub(crate) async fn open(program: &Program, services: BTreeMap<String, ServiceOptions>) -> Hub {
    let folder = program.folder.path().join("data");
    std::fs::create_dir_all(&folder).unwrap();
    let database = format!("sqlite://{}", folder.join("passerelle.db").display());
    let options = HubOptions {
        services,
        policy: Policy::without_waiting(),
        ..HubOptions::new(database, Keys::parse(&KEY.to_owned().into()).unwrap())
    };
    Hub::open(options).await.unwrap()
}

/// The CRM's deals.
pub(crate) async fn deals(hub: &Hub) -> Held {
    let filter = DealFilter { sort: DealSort::Id, limit: Some(1_000), ..DealFilter::default() };
    let deals = hub.deals(&filter).await.unwrap().deals;
    let mut held: Held = deals.into_iter().map(|deal| (deal.client, deal.montant_brut.cents())).collect();
    held.sort_unstable();
    held
}

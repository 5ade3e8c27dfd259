//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use serde_json::json;

use super::field::Field;
use super::grants::USERNAME;
use super::handles::Table;
use super::objects::{STAGE, USER};
use super::options::Options;
use super::state::{Object, World};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// The stages every organisation begins with: label, probability, whether it is closed, whether it is won.
const STAGES: [(&str, u8, bool, bool); 10] = [
    ("Prospecting", 10, false, false),
    ("Qualification", 10, false, false),
    ("Needs Analysis", 20, false, false),
    ("Value Proposition", 50, false, false),
    ("Id. Decision Makers", 60, false, false),
    ("Perception Analysis", 70, false, false),
    ("Proposal/Price Quote", 75, false, false),
    ("Negotiation/Review", 90, false, false),
    ("Closed Won", 100, true, true),
    ("Closed Lost", 0, true, false),
];

/// A running organisation. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
    token: String,
}

impl Simulator {
    /// Starts an organisation with its technical user and ten stages of opportunities.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let controls = Controls::new(options.clock.clone(), options.latency);
        let service = Arc::new(Service::new(World::new(options.limits), controls));
        let shared = Arc::clone(&service);
        let server = Server::start(options.addr, |url, stopped| router(shared, url, stopped)).await?;
        let token = service.world().grants.new_session(service.now());
        let simulator = Self { server, service, token };
        let user = json!({
            "Username": USERNAME, "FirstName": "Passerelle", "LastName": "Intégration", "Email": USERNAME,
            "IsActive": true,
        });
        simulator.table(USER).make([user]);
        for (label, probability, closed, won) in STAGES {
            simulator.add_stage(label, probability, closed, won);
        }
        Ok(simulator)
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// A session that lasts two hours from the start.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A refresh token, as somebody types it who got it elsewhere.
    #[must_use]
    pub fn grant(&self) -> String {
        self.service.world().grants.new_refresh()
    }

    /// The records of an object.
    #[must_use]
    pub fn table(&self, object: &str) -> Table {
        Table::new(Arc::clone(&self.service), object)
    }

    /// Makes an object of a customisation, whose name ends with `__c`, with these fields.
    #[must_use]
    pub fn add_object(&self, name: &str, label: &str, fields: impl IntoIterator<Item = Field>) -> Table {
        let mut world = self.service.world();
        let prefix = format!("a{:02}", world.objects.len());
        let object = Object::new(name, label, label, &prefix).with(fields);
        world.objects.insert(name.to_owned(), object);
        drop(world);
        self.table(name)
    }

    /// Adds a stage behind the others; its id.
    pub fn add_stage(&self, label: &str, probability: u8, closed: bool, won: bool) -> String {
        let stages = self.table(STAGE);
        let place = stages.ids().len() + 1;
        let stage = json!({
            "MasterLabel": label, "ApiName": label, "IsActive": true, "SortOrder": place, "IsClosed": closed,
            "IsWon": won, "DefaultProbability": probability,
        });
        stages.make([stage]).remove(0)
    }

    /// Deletes a stage; opportunities go on holding its name.
    pub fn remove_stage(&self, label: &str) {
        let stages = self.table(STAGE);
        let ids = stages.ids();
        let found = ids.iter().find(|id| stages.get(id, "MasterLabel") == json!(label));
        found.map(|id| stages.purge(id));
    }

    /// Shows a stage by another label; what is stored stays.
    pub fn relabel_stage(&self, label: &str, other: &str) {
        let stages = self.table(STAGE);
        let ids = stages.ids();
        let found = ids.iter().find(|id| stages.get(id, "MasterLabel") == json!(label));
        found.map(|id| stages.set(id, &json!({"MasterLabel": other})));
    }

    /// Says whether the user has let the application in.
    pub fn approve(&self, approved: bool) {
        self.service.world().grants.approved = approved;
    }

    /// Says whether a user is named for whom the application speaks by itself.
    pub fn set_run_as(&self, named: bool) {
        self.service.world().grants.has_run_as = named;
    }

    /// Says whether a new refresh token comes with each answer, and the old one is void.
    pub fn rotate(&self, rotates: bool) {
        self.service.world().grants.rotates = rotates;
    }

    /// Ends all sessions; refresh tokens stay good.
    pub fn end_sessions(&self) {
        self.service.world().grants.end_sessions();
    }

    /// Takes everything back that was given: sessions and refresh tokens.
    pub fn revoke(&self) {
        self.service.world().grants.revoke_all();
    }

    /// Says whether the organisation's edition has the API.
    pub fn set_api(&self, has_api: bool) {
        self.service.world().has_api = has_api;
    }

    /// Forgets every cursor, as when the user has opened too many.
    pub fn forget_cursors(&self) {
        self.service.world().cursors.forget();
    }

    /// Counts requests that other programs made today.
    pub fn use_up(&self, requests: u64) {
        let now = self.service.now();
        self.service.world().usage.use_up(requests, now);
    }

    /// How many requests were counted in the last 24 hours.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.service.world().usage.used()
    }

    /// Every secret that ever left: sessions, refresh tokens, codes. For tests that look for them where they
    /// must not be.
    #[must_use]
    pub fn issued(&self) -> Vec<String> {
        self.service.world().grants.issued.clone()
    }
}

running!(Simulator);

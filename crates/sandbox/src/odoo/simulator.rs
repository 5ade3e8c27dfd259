//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use serde_json::json;

use super::handles::Table;
use super::options::Options;
use super::state::{Right, World};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// The key every simulator accepts from the start. It opens nothing but simulators.
const KEY: &str = "5a0dbb0c0ffee5a0dbb0c0ffee5a0dbb0c0ffee0";
/// The user it belongs to.
const LOGIN: &str = "passerelle@example.com";
const USER: i64 = 2;

/// A running Odoo. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts a database with one company, its technical user and four stages of opportunities.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let (addr, clock, latency) = (options.addr, options.clock.clone(), options.latency);
        let mut world = World::new(options);
        world.keys.insert(KEY.to_owned(), USER);
        let service = Arc::new(Service::new(world, Controls::new(clock, latency)));
        let shared = Arc::clone(&service);
        let server = Server::start(addr, |url, stopped| router(shared, url, stopped)).await?;
        let simulator = Self { server, service };
        simulator.table("res.company").make([json!({"name": "Cave du Port"})]);
        simulator.table("res.users").make([
            json!({"name": "OdooBot", "login": "__system__", "active": false}),
            json!({"name": "Passerelle", "login": LOGIN, "lang": "fr_FR", "tz": "Europe/Paris", "company_ids": [1],
                "company_id": 1}),
        ]);
        simulator.table("crm.stage").make([
            json!({"name": "Nouveau", "sequence": 0}),
            json!({"name": "Qualifié", "sequence": 1}),
            json!({"name": "Proposition", "sequence": 2}),
            json!({"name": "Gagné", "sequence": 3, "is_won": true}),
        ]);
        Ok(simulator)
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The name of the database.
    #[must_use]
    pub fn database(&self) -> String {
        self.service.world().options.database.clone()
    }

    /// The login of the technical user.
    #[must_use]
    pub fn login(&self) -> &'static str {
        LOGIN
    }

    /// The technical user's key.
    #[must_use]
    pub fn key(&self) -> &'static str {
        KEY
    }

    /// Makes a key invalid from now on.
    pub fn revoke(&self, key: &str) {
        self.service.world().keys.remove(key);
    }

    /// The records of a model.
    #[must_use]
    pub fn table(&self, model: &str) -> Table {
        Table::new(Arc::clone(&self.service), model)
    }

    /// Takes a right on a model away from everybody.
    pub fn deny(&self, model: &str, right: Right) {
        self.service.world().denied.insert((model.to_owned(), right));
    }

    /// Gives a right back.
    pub fn allow(&self, model: &str, right: Right) {
        self.service.world().denied.remove(&(model.to_owned(), right));
    }

    /// Removes a model, as if its application were not installed.
    pub fn uninstall(&self, model: &str) {
        self.service.world().models.remove(model);
    }

    /// Adds a company, which the technical user may see; its id.
    pub fn add_company(&self, name: &str) -> i64 {
        let id = self.table("res.company").make([json!({"name": name})]).first().copied().unwrap_or_default();
        let users = self.table("res.users");
        let mut all = users.get(USER, "company_ids").as_array().cloned().unwrap_or_default();
        all.push(json!(id));
        users.set(USER, &json!({"company_ids": [[6, 0, all]]}));
        id
    }
}

running!(Simulator);

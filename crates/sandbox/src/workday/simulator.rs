//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use serde_json::Value;

use super::options::Options;
use super::worker::{Worker, wid};
use super::world::{OWNER, TENANT, World};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// A running service with one tenant. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts a service whose tenant has no workers, and a report of them.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let common = &options.service;
        let (addr, controls) = (common.addr, Controls::new(common.clock.clone(), common.latency));
        let service = Arc::new(Service::new(World::new(options), controls));
        let shared = Arc::clone(&service);
        let server = Server::start(addr, |url, stopped| router(shared, url, stopped)).await?;
        Ok(Self { server, service })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The address of the report, as Workday shows it.
    #[must_use]
    pub fn report_url(&self) -> String {
        let report = self.service.world().report.clone();
        format!("{}/ccx/service/customreport2/{TENANT}/{OWNER}/{report}?format=json", self.url())
    }

    /// Takes everything back: user, refresh token, access tokens.
    pub fn revoke(&self) {
        self.service.world().is_revoked = true;
    }

    /// Ends the access tokens that were given so far.
    pub fn end_tokens(&self) {
        self.service.world().tokens.clear();
    }

    /// Takes the right to see report and workers, or gives it back.
    pub fn allow(&self, may_see: bool) {
        self.service.world().may_see = may_see;
    }

    /// Renames the report.
    pub fn rename_report(&self, name: &str) {
        name.clone_into(&mut self.service.world().report);
    }

    /// From now on the report asks for this.
    pub fn require_prompt(&self, name: &str) {
        self.service.world().prompt = Some(name.to_owned());
    }

    /// Adds a column of texts to the report, empty in every row.
    pub fn add_column(&self, name: &str) {
        self.service.world().columns.push(name.to_owned());
    }

    /// Hires this many people, the next ones in the order that is the same at every start.
    pub fn hire(&self, people: usize) {
        let mut world = self.service.world();
        for _ in 0..people {
            let worker = Worker::new(world.next_id);
            world.workers.push(worker);
            world.next_id += 1;
        }
    }

    /// Deletes a worker by employee number; whether there was one.
    pub fn delete(&self, id: u64) -> bool {
        let mut world = self.service.world();
        let before = world.workers.len();
        world.workers.retain(|worker| worker.id != id);
        world.workers.len() < before
    }

    /// Writes a column of a worker's row in the report; null empties it. Whether there is such a worker.
    pub fn set(&self, id: u64, column: &str, value: Value) -> bool {
        let mut world = self.service.world();
        let worker = world.workers.iter_mut().find(|worker| worker.id == id);
        worker.map(|worker| worker.written.insert(column.to_owned(), value)).is_some()
    }

    /// The employee numbers, in the order they are listed.
    #[must_use]
    pub fn ids(&self) -> Vec<u64> {
        self.service.world().workers.iter().map(|worker| worker.id).collect()
    }

    /// Workday's own ids, in the same order.
    #[must_use]
    pub fn wids(&self) -> Vec<String> {
        self.ids().into_iter().map(wid).collect()
    }
}

running!(Simulator);

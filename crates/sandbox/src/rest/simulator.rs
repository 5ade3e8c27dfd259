//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use chrono::TimeDelta;

use super::Access;
use super::customer::{Customer, first_day};
use super::options::Options;
use super::world::World;
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// A running API. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts an API without customers.
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

    /// What requests must bring.
    #[must_use]
    pub fn access(&self) -> Access {
        self.service.world().options.access.clone()
    }

    /// Lets nobody in from now on.
    pub fn revoke(&self) {
        self.service.world().is_revoked = true;
    }

    /// Adds this many customers, the next ones in the order that is the same at every start. Each was
    /// modified a minute after the one before.
    pub fn add(&self, customers: usize) {
        let mut world = self.service.world();
        for _ in 0..customers {
            let id = world.next_id;
            let updated_at = first_day() + TimeDelta::minutes(i64::try_from(id).unwrap_or_default());
            world.customers.push(Customer::new(id, 0, updated_at));
            world.next_id += 1;
        }
    }

    /// Changes the name of a customer, now; whether it is there.
    pub fn update(&self, id: u64, edition: u32) -> bool {
        let now = self.service.now();
        let mut world = self.service.world();
        let Some(row) = world.customers.iter_mut().find(|row| row.id == id) else { return false };
        *row = Customer::new(id, edition, now);
        true
    }

    /// Deletes a customer; whether it was there.
    pub fn delete(&self, id: u64) -> bool {
        let mut world = self.service.world();
        let before = world.customers.len();
        world.customers.retain(|row| row.id != id);
        world.customers.len() < before
    }

    /// The ids of the customers, in the order they are listed.
    #[must_use]
    pub fn ids(&self) -> Vec<u64> {
        self.service.world().customers.iter().map(|row| row.id).collect()
    }

    /// The customers as JSON, letter by letter as they are answered.
    #[must_use]
    pub fn rows(&self) -> Vec<String> {
        self.service.world().customers.iter().map(|row| row.json.clone()).collect()
    }
}

running!(Simulator);

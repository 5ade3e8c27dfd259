//! The handle of a running simulator.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::handles::{Base, Row};
use super::iterators::Iterators;
use super::limiter::Limiter;
use super::options::{Limits, Options};
use super::service::{Service, router};
use super::state::{BaseState, People, World};
use super::{Grant, Id, InvalidId};
use crate::Controls;
use crate::running::running;
use crate::server::Server;

/// The token every simulator accepts from the start. It opens nothing but simulators.
const TOKEN: &str = "patSandboxSandbox.0000000000000000000000000000000000000000000000000000000000000000";

/// A running Airtable. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service>,
}

impl Simulator {
    /// Starts an empty service.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let controls = Controls::new(options.clock, options.latency);
        let mut world = World {
            bases: Vec::new(),
            people: People::default(),
            tokens: HashMap::new(),
            limiter: Limiter::new(options.limits),
            iterators: Iterators::default(),
            files: HashMap::new(),
            rng: fastrand::Rng::with_seed(0),
            courier: controls.courier().clone(),
        };
        let owner = Grant::default();
        world.people.add(&owner.email, &owner.name);
        world.tokens.insert(TOKEN.to_owned(), owner);
        let service = Arc::new(Service::new(world, controls));
        let shared = Arc::clone(&service);
        let server = Server::start(options.addr, |url, stopped| router(shared, url, stopped)).await?;
        Ok(Self { server, service })
    }

    /// `http://127.0.0.1:PORT`, without `/v0`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// A token that may do everything.
    #[must_use]
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// Makes a token with these rights.
    #[must_use]
    pub fn grant(&self, grant: Grant) -> String {
        let mut world = self.service.world();
        world.people.add(&grant.email, &grant.name);
        let head = Id::random(*b"pat", &mut world.rng);
        let tail: String = (0..64).map(|_| world.rng.digit(16)).collect();
        let token = format!("{head}.{tail}");
        world.tokens.insert(token.clone(), grant);
        token
    }

    /// Makes a token invalid from now on.
    pub fn revoke(&self, token: &str) {
        self.service.world().tokens.remove(token);
    }

    /// A user of the service, as collaborator cells name them.
    pub fn person(&self, email: &str, name: &str) -> Id {
        self.service.world().people.add(email, name)
    }

    /// The base of this id; made if there is none.
    ///
    /// # Errors
    /// When the id is not `app` and fourteen letters or digits.
    pub fn base(&self, id: &str, name: &str) -> Result<Base, InvalidId> {
        let id = Id::parse(id).filter(|id| id.has_prefix(*b"app")).ok_or_else(|| InvalidId(id.to_owned()))?;
        let mut world = self.service.world();
        if world.base(id).is_none() {
            world.bases.push(BaseState::new(id, name));
        }
        Ok(Base::new(Arc::clone(&self.service), id))
    }

    /// Removes a base and all it holds.
    pub fn remove_base(&self, id: Id) {
        self.service.world().bases.retain(|base| base.id != id);
    }

    /// The records of a table (by name or id) as the API would show them; empty if it does not exist.
    #[must_use]
    pub fn records(&self, base: &str, table: &str) -> Vec<Row> {
        let base = Id::parse(base).map(|id| Base::new(Arc::clone(&self.service), id));
        base.and_then(|base| base.find(table)).map(|table| table.records()).unwrap_or_default()
    }

    /// Replaces the limits; penalties under way end.
    pub fn set_limits(&self, limits: Limits) {
        self.service.world().limiter = Limiter::new(limits);
    }

    /// Starts a base's penalty now, as if another client had broken the limit.
    pub fn lock_out(&self, base: Id) {
        let now = self.service.now();
        self.service.world().limiter.lock_out(base, now);
    }

    /// Makes every paging token given so far unknown.
    pub fn expire_offsets(&self) {
        self.service.world().iterators.expire_all();
    }
}

running!(Simulator);

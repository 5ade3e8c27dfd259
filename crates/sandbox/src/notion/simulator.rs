//! The handle of a running simulator.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::cursors::Cursors;
use super::handles::{DataSource, Database, Row};
use super::limits::Limiter;
use super::state::{DatabaseState, Stamp, User, World};
use super::webhooks::Webhooks;
use super::{Grant, Id, Limits};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// Settings of a [`Simulator`].
pub type Options = crate::Options<Limits>;

/// The token every simulator accepts from the start. It opens nothing but simulators.
const TOKEN: &str = "ntn_SandboxSandboxSandboxSandboxSandboxSandbox0000";

/// A running Notion. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts an empty workspace.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let controls = Controls::new(options.clock, options.latency);
        let mut world = World {
            workspace: "Bac à sable".into(),
            databases: Vec::new(),
            sources: Vec::new(),
            users: Vec::new(),
            tokens: HashMap::new(),
            limiter: Limiter::new(options.limits),
            cursors: Cursors::default(),
            webhooks: Webhooks::new(controls.courier().clone()),
            rng: fastrand::Rng::with_seed(0),
        };
        let owner = Grant::default();
        world.add_user(User::bot(&owner));
        world.tokens.insert(TOKEN.to_owned(), owner);
        let service = Arc::new(Service::new(world, controls));
        let shared = Arc::clone(&service);
        let server = Server::start(options.addr, |url, stopped| router(shared, url, stopped)).await?;
        Ok(Self { server, service })
    }

    /// `http://127.0.0.1:PORT`, without `/v1`.
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
        world.add_user(User::bot(&grant));
        let tail: String = (0..46).map(|_| world.rng.alphanumeric()).collect();
        let token = format!("ntn_{tail}");
        world.tokens.insert(token.clone(), grant);
        token
    }

    /// Makes a token invalid from now on.
    pub fn revoke(&self, token: &str) {
        self.service.world().tokens.remove(token);
    }

    /// Plays the person who creates a subscription on the integration's tab “Webhooks”, in the place of any other:
    /// a token is sent to the address.
    pub fn subscribe(&self, url: &str) {
        let mut world = self.service.world();
        let tail: String = (0..43).map(|_| world.rng.alphanumeric()).collect();
        world.webhooks.subscribe(url, format!("secret_{tail}"));
    }

    /// Plays the person who types the token that was sent under “Verify subscription”; whether it was that. From
    /// then on, what changes is told.
    pub fn verify(&self, token: &str) -> bool {
        self.service.world().webhooks.verify(token)
    }

    /// A person of the workspace, as people cells name them.
    pub fn person(&self, email: &str, name: &str) -> Id {
        self.service.world().add_user(User::person(email, name))
    }

    /// The database of this name; made if there is none. Its id follows from the name.
    pub fn database(&self, name: &str) -> Database {
        self.database_as(Id::named(&format!("database/{name}")), name)
    }

    /// The database of this id; made if there is none.
    pub fn database_as(&self, id: Id, name: &str) -> Database {
        let now = self.service.now();
        let mut world = self.service.world();
        if world.database(id).is_none() {
            let stamp = Stamp { at: now, by: Grant::default().bot() };
            let name = name.to_owned();
            world.databases.push(DatabaseState { id, name, stamp, in_trash: false, shared: true });
        }
        Database::new(Arc::clone(&self.service), id)
    }

    /// Removes a database and all it holds.
    pub fn remove_database(&self, id: Id) {
        let mut world = self.service.world();
        world.databases.retain(|database| database.id != id);
        world.sources.retain(|source| source.database != id);
    }

    /// The data source of this id.
    #[must_use]
    pub fn data_source(&self, id: Id) -> Option<DataSource> {
        let known = self.service.world().source(id).is_some();
        known.then(|| DataSource::new(Arc::clone(&self.service), id))
    }

    /// The pages of a data source that are not in the trash; none if it does not exist.
    #[must_use]
    pub fn rows(&self, source: Id) -> Vec<Row> {
        self.data_source(source).map(|source| source.rows()).unwrap_or_default()
    }

    /// Replaces the limits; waits under way end.
    pub fn set_limits(&self, limits: Limits) {
        self.service.world().limiter = Limiter::new(limits);
    }

    /// Uses up the limit of a token, as if another client had done it.
    pub fn exhaust(&self, token: &str) {
        let now = self.service.now();
        self.service.world().limiter.exhaust(token, now);
    }

    /// Makes every cursor given so far unknown.
    pub fn expire_cursors(&self) {
        self.service.world().cursors.expire_all();
    }
}

running!(Simulator);

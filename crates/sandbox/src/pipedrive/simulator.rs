//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use super::grant::Access;
use super::handles::Table;
use super::limits::{Limiter, Limits};
use super::oauth::{CLIENT, SECRET};
use super::pipeline::{Pipeline, Stage, User};
use super::state::World;
use super::{Entity, Rights};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// Settings of a [`Simulator`].
pub type Options = crate::Options<Limits>;

/// The API token every simulator accepts from the start. It opens nothing but simulators.
const TOKEN: &str = "5a0db0c5a0db0c5a0db0c5a0db0c5a0db0c5a0db";
/// The word of the company in its address.
const DOMAIN: &str = "acme";
/// The user to whom the tokens belong.
pub(super) const USER: i64 = 1;

/// A running Pipedrive. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts a company with one user and one pipeline of four stages.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let controls = Controls::new(options.clock, options.latency);
        let mut world = World::new(DOMAIN, options.limits, controls.courier().clone());
        let access = Access { rights: Rights::full(), is_granted: false };
        world.tokens.insert(TOKEN.to_owned(), access);
        world.users.push(User {
            id: USER,
            name: "Camille Martin".into(),
            email: "camille@example.com".into(),
        });
        let service = Arc::new(Service::new(world, controls));
        let shared = Arc::clone(&service);
        let server = Server::start(options.addr, |url, stopped| router(shared, url, stopped)).await?;
        let simulator = Self { server, service };
        let pipeline = simulator.add_pipeline("Ventes");
        for stage in ["Prospect", "Qualifié", "Proposition", "Négociation"] {
            simulator.add_stage(pipeline, stage);
        }
        Ok(simulator)
    }

    /// `http://127.0.0.1:PORT`, without `/api`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The word of the company in its address.
    #[must_use]
    pub fn domain(&self) -> &'static str {
        DOMAIN
    }

    /// An API token that may do everything.
    #[must_use]
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// The application that people install, and its secret.
    #[must_use]
    pub fn client(&self) -> (&'static str, &'static str) {
        (CLIENT, SECRET)
    }

    /// A refresh token of that application, as somebody got it elsewhere.
    #[must_use]
    pub fn grant(&self) -> String {
        self.service.world().new_refresh()
    }

    /// An access token with these rights.
    #[must_use]
    pub fn access(&self, rights: Rights) -> String {
        self.service.world().new_access(rights)
    }

    /// Lets every access token of the application come to its end; refresh tokens stay good.
    pub fn end_access(&self) {
        self.service.world().end_grants();
    }

    /// Uninstalls the application: neither its access tokens nor its refresh tokens are good any more.
    pub fn uninstall(&self) {
        self.service.world().uninstall();
    }

    /// Makes a token invalid from now on.
    pub fn revoke(&self, token: &str) {
        self.service.world().tokens.remove(token);
    }

    /// The records of an entity.
    #[must_use]
    pub fn table(&self, entity: Entity) -> Table {
        Table::new(Arc::clone(&self.service), entity)
    }

    /// A colleague; the id.
    pub fn add_user(&self, name: &str, email: &str) -> i64 {
        let mut world = self.service.world();
        let id = world.next_id();
        world.users.push(User { id, name: name.to_owned(), email: email.to_owned() });
        id
    }

    /// A pipeline without stages; its id.
    pub fn add_pipeline(&self, name: &str) -> i64 {
        let mut world = self.service.world();
        let id = world.next_id();
        world.pipelines.push(Pipeline { id, name: name.to_owned() });
        id
    }

    /// The last stage of a pipeline; its id.
    pub fn add_stage(&self, pipeline: i64, name: &str) -> i64 {
        let mut world = self.service.world();
        let id = world.next_id();
        world.stages.push(Stage { id, name: name.to_owned(), pipeline });
        id
    }

    /// The stages: id and name, in their order.
    #[must_use]
    pub fn stages(&self) -> Vec<(i64, String)> {
        self.service.world().stages.iter().map(|stage| (stage.id, stage.name.clone())).collect()
    }

    /// Gives a stage another name.
    pub fn rename_stage(&self, id: i64, name: &str) {
        if let Some(stage) = self.service.world().stages.iter_mut().find(|stage| stage.id == id) {
            name.clone_into(&mut stage.name);
        }
    }

    /// Deletes a stage. Its deals move to the first one that is left, as the service asks people to do.
    pub fn remove_stage(&self, id: i64) {
        let mut world = self.service.world();
        world.stages.retain(|stage| stage.id != id);
        let Some(first) = world.stages.first().map(|stage| stage.id) else { return };
        for record in world.set_mut(Entity::Deals).records.values_mut() {
            if let Some(held) = record.values.get_mut("stage_id").filter(|held| held.as_i64() == Some(id)) {
                *held = first.into();
            }
        }
    }

    /// From now on nobody has paid, or somebody has again.
    pub fn set_unpaid(&self, is_unpaid: bool) {
        self.service.world().is_unpaid = is_unpaid;
    }

    /// Replaces the limits and forgets what was counted.
    pub fn set_limits(&self, limits: Limits) {
        self.service.world().limiter = Limiter::new(limits);
    }

    /// Uses up a token's burst, as if another client had done it.
    pub fn exhaust(&self, token: &str) {
        let now = self.service.now();
        self.service.world().limiter.exhaust(token, now);
    }

    /// Uses up the company's budget of the day.
    pub fn use_up_day(&self) {
        let now = self.service.now();
        self.service.world().limiter.use_up_day(now);
    }

    /// How many webhooks there are, active or not.
    #[must_use]
    pub fn webhooks(&self) -> usize {
        self.service.world().webhooks.len()
    }

    /// Deactivates every webhook, as the service does with those nobody answers.
    pub fn deactivate_webhooks(&self) {
        self.service.world().webhooks.deactivate();
    }

    /// Makes every cursor given so far unknown.
    pub fn expire_cursors(&self) {
        self.service.world().generation += 1;
    }
}

running!(Simulator);

//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use super::grant::Grant;
use super::handles::Records;
use super::limiter::Limiter;
use super::options::{Limits, Options};
use super::owner::Owner;
use super::pipeline::Pipeline;
use super::property::Property;
use super::state::{Object, World};
use super::token::{CLIENT, SECRET};
use super::webhooks;
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// The token every simulator accepts from the start. It opens nothing but simulators.
const TOKEN: &str = "pat-eu1-0f1e2d3c-4b5a-4697-8877-665544332211";

/// A running HubSpot. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts an account with deals, contacts and companies, none of which has records, and one pipeline.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let controls = Controls::new(options.clock.clone(), options.latency);
        let mut world = World::new(options.limits, controls.courier().clone());
        world.grants.insert(TOKEN.to_owned(), Grant::default());
        let service = Arc::new(Service::new(world, controls));
        let shared = Arc::clone(&service);
        let server = Server::start(options.addr, |url, stopped| router(shared, url, stopped)).await?;
        Ok(Self { server, service })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The token of a private app that may do everything.
    #[must_use]
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// The id of the client of OAuth 2.0.
    #[must_use]
    pub fn client_id(&self) -> &'static str {
        CLIENT
    }

    /// Its secret.
    #[must_use]
    pub fn client_secret(&self) -> &'static str {
        SECRET
    }

    /// The client secret of the private app, which its webhooks are signed with.
    #[must_use]
    pub fn app_secret(&self) -> &'static str {
        webhooks::SECRET
    }

    /// Plays the person who enters this address on the private app's tab “Webhooks”, in the place of any other, and
    /// subscribes to everything that happens to records of a type: their creation, deletion, association, and
    /// changes to each property that they have now. A type that does not exist does nothing.
    pub fn subscribe(&self, url: &str, object: &str) {
        let world = &mut *self.service.world();
        if let Some(name) = world.resolve(object).map(str::to_owned) {
            let known = world.objects.iter().find(|known| known.name == name);
            known.into_iter().for_each(|known| world.webhooks.subscribe(url, known));
        }
    }

    /// A token with these rights.
    #[must_use]
    pub fn grant(&self, grant: Grant) -> String {
        let mut world = self.service.world();
        let token = format!("pat-eu1-00000000-0000-4000-8000-{:012}", world.grants.len());
        world.grants.insert(token.clone(), grant);
        token
    }

    /// A refresh token, as a person's consent gives one.
    #[must_use]
    pub fn consent(&self) -> String {
        let mut world = self.service.world();
        let token = format!("refresh-{:032}", world.consents.refresh.len());
        world.consents.refresh.push(token.clone());
        token
    }

    /// Makes a token unknown from now on: that of a private app, or a refresh token with all that came of it.
    pub fn revoke(&self, token: &str) {
        let mut world = self.service.world();
        world.grants.remove(token);
        if let Some(place) = world.consents.refresh.iter().position(|known| known == token) {
            world.consents.refresh.remove(place);
            world.grants.retain(|_, grant| !grant.is_oauth);
        }
    }

    /// Makes a token expire now.
    pub fn expire(&self, token: &str) {
        let now = self.service.now();
        if let Some(grant) = self.service.world().grants.get_mut(token) {
            grant.until = Some(now);
        }
    }

    /// The records of a type of object.
    #[must_use]
    pub fn records(&self, object: &str) -> Records {
        Records::new(Arc::clone(&self.service), object)
    }

    /// Adds a type of object of the account's own; its id.
    pub fn add_object(&self, name: &str, label: &str, primary: &str, properties: Vec<Property>) -> String {
        let mut world = self.service.world();
        let id = format!("2-{}", 1_000_000 + world.objects.len());
        world.objects.push(Object::new(&id, name, label, primary, properties));
        id
    }

    /// The pipelines of deals, to be changed.
    pub fn change_pipelines(&self, change: impl FnOnce(&mut Vec<Pipeline>)) {
        change(&mut self.service.world().pipelines);
    }

    /// Adds a person to whom records can belong; the id.
    pub fn add_owner(&self, first_name: &str, last_name: &str, email: &str) -> String {
        let mut world = self.service.world();
        let id = 70_000_001 + world.owners.len() as u64;
        let (first_name, last_name) = (first_name.to_owned(), last_name.to_owned());
        world.owners.push(Owner { id, first_name, last_name, email: email.to_owned(), is_archived: false });
        id.to_string()
    }

    /// Lets a person leave the account; records keep who they belonged to.
    pub fn archive_owner(&self, id: &str) {
        let mut world = self.service.world();
        if let Some(owner) = world.owners.iter_mut().find(|owner| owner.id.to_string() == id) {
            owner.is_archived = true;
        }
    }

    /// Replaces the limits; the windows begin anew.
    pub fn set_limits(&self, limits: Limits) {
        self.service.world().limiter = Limiter::new(limits);
    }
}

running!(Simulator);

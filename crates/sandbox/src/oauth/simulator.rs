//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use super::options::{Lifetime, Options};
use super::state::{TokenRequest, World};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// The client every simulator knows from the start, and its secret. It opens nothing but simulators.
const CLIENT: &str = "passerelle";
/// With characters that change when they are encoded.
const SECRET: &str = "CANARY-secret+of/the:client=7f3a1B2";
/// A client that cannot keep a secret.
const PUBLIC: &str = "passerelle-public";

/// A running authorization server. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts a server that knows a client with a secret and one without.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let (addr, clock, latency) = (options.addr, options.clock.clone(), options.latency);
        let mut world = World::new(options);
        world.clients.insert(CLIENT.to_owned(), Some(SECRET.to_owned()));
        world.clients.insert(PUBLIC.to_owned(), None);
        let service = Arc::new(Service::new(world, Controls::new(clock, latency)));
        let shared = Arc::clone(&service);
        let server = Server::start(addr, |url, stopped| router(shared, url, stopped)).await?;
        Ok(Self { server, service })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Where a person agrees.
    #[must_use]
    pub fn authorize_url(&self) -> String {
        format!("{}/oauth/authorize", self.url())
    }

    /// Where tokens are given.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/oauth/token", self.url())
    }

    /// What is protected.
    #[must_use]
    pub fn me_url(&self) -> String {
        format!("{}/api/me", self.url())
    }

    /// The client that keeps a secret.
    #[must_use]
    pub fn client_id(&self) -> &'static str {
        CLIENT
    }

    /// Its secret.
    #[must_use]
    pub fn client_secret(&self) -> &'static str {
        SECRET
    }

    /// The client without a secret.
    #[must_use]
    pub fn public_client_id(&self) -> &'static str {
        PUBLIC
    }

    /// A refresh token for the client with a secret, as somebody typed into a form who got it elsewhere.
    #[must_use]
    pub fn grant(&self) -> String {
        let mut world = self.service.world();
        let family = world.new_family();
        world.new_refresh(family, CLIENT, "")
    }

    /// Takes everything back that was given so far: access tokens and refresh tokens.
    pub fn revoke_all(&self) {
        self.service.world().revoke_all();
    }

    /// Says no, or yes again, in the place of the person at the page.
    pub fn refuse_consent(&self, refuses: bool) {
        self.service.world().refuses_consent = refuses;
    }

    /// From now on access tokens live so long.
    pub fn set_lifetime(&self, lifetime: Lifetime) {
        self.service.world().options.lifetime = lifetime;
    }

    /// The requests for tokens that were understood, granted or not, oldest first.
    #[must_use]
    pub fn token_requests(&self) -> Vec<TokenRequest> {
        self.service.world().requests.clone()
    }

    /// Every secret that ever left: codes, access and refresh tokens. For tests that look for them where they
    /// must not be.
    #[must_use]
    pub fn issued(&self) -> Vec<String> {
        self.service.world().issued.clone()
    }
}

running!(Simulator);

//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use super::access::{Access, READ, READ_WRITE, Token};
use super::grid::Sheet;
use super::handles::Tab;
use super::key;
use super::options::Limits;
use super::world::{Role, Spreadsheet, World};
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};
use crate::{Controls, Options};

/// A client of Google's, and its secret. It opens nothing but simulators.
const CLIENT: &str = "100000000001-passerelle.apps.googleusercontent.com";
const SECRET: &str = "GOCSPX-CANARYsecretOfTheClient01";
/// The person who agrees at the page and to whom refresh tokens belong.
const PERSON: &str = "camille@example.com";

/// A running Google Sheets. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
}

impl Simulator {
    /// Starts a service without spreadsheets.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options<Limits>) -> io::Result<Self> {
        let controls = Controls::new(options.clock.clone(), options.latency);
        let world = World::new(options.limits, Access::new(CLIENT, SECRET, PERSON));
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

    /// Where tokens are given.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/token", self.url())
    }

    /// The service account's key file, as Google gives it.
    #[must_use]
    pub fn key_file(&self) -> String {
        key::file(&self.token_url())
    }

    /// The service account's address.
    #[must_use]
    pub fn account(&self) -> &'static str {
        key::EMAIL
    }

    /// The person's address.
    #[must_use]
    pub fn person(&self) -> &'static str {
        PERSON
    }

    /// The client that people agree to.
    #[must_use]
    pub fn client_id(&self) -> &'static str {
        CLIENT
    }

    /// Its secret.
    #[must_use]
    pub fn client_secret(&self) -> &'static str {
        SECRET
    }

    /// A refresh token of the person, for reading and writing.
    #[must_use]
    pub fn refresh_token(&self) -> String {
        self.service.world().access.new_refresh(PERSON, READ_WRITE)
    }

    /// The same, for reading alone.
    #[must_use]
    pub fn read_only_refresh_token(&self) -> String {
        self.service.world().access.new_refresh(PERSON, READ)
    }

    /// An access token of the person.
    #[must_use]
    pub fn access_token(&self) -> String {
        let ends = self.service.now() + chrono::TimeDelta::hours(1);
        let token = Token { user: PERSON.to_owned(), scope: READ_WRITE.to_owned(), ends };
        self.service.world().access.new_token(token)
    }

    /// Takes everything back that was granted, and deletes the service account's key.
    pub fn revoke_all(&self) {
        self.service.world().access.revoke_all();
    }

    /// Lets all access tokens end at once; what they were given for stays good.
    pub fn end_tokens(&self) {
        self.service.world().access.tokens.clear();
    }

    /// Switches the API off, or on, in the project of the client.
    pub fn disable(&self, is_disabled: bool) {
        self.service.world().is_disabled = is_disabled;
    }

    /// Makes a spreadsheet without tabs, which the person and the service account may change. One of that id
    /// is replaced.
    pub fn spreadsheet(&self, id: &str, title: &str, locale: &str, time_zone: &str) {
        let mut made = Spreadsheet::new(title, locale, time_zone);
        made.shared = [PERSON, key::EMAIL].map(|who| (who.to_owned(), Role::Writer)).into();
        self.service.world().spreadsheets.insert(id.to_owned(), made);
    }

    /// Adds a tab of 1,000 rows and 26 columns to a spreadsheet. `sheet_id` must be a new one.
    #[must_use]
    pub fn tab(&self, spreadsheet: &str, sheet_id: i64, title: &str) -> Tab {
        if let Some(found) = self.service.world().spreadsheets.get_mut(spreadsheet) {
            found.sheets.push(Sheet::new(sheet_id, title));
        }
        Tab::new(Arc::clone(&self.service), spreadsheet, sheet_id)
    }

    /// Shares a spreadsheet with somebody; `None` takes it back.
    pub fn share(&self, spreadsheet: &str, who: &str, role: Option<Role>) {
        if let Some(found) = self.service.world().spreadsheets.get_mut(spreadsheet) {
            match role {
                Some(role) => found.shared.insert(who.to_owned(), role),
                None => found.shared.remove(who),
            };
        }
    }

    /// Lets a spreadsheet have no more than this many cells in place of 10 million.
    pub fn limit_cells(&self, spreadsheet: &str, cells: usize) {
        if let Some(found) = self.service.world().spreadsheets.get_mut(spreadsheet) {
            found.most_cells = cells;
        }
    }
}

running!(Simulator);

//! The handle of a running simulator.

use std::io;
use std::sync::Arc;

use super::employee::Employee;
use super::field::{Field, FieldType};
use super::options::Options;
use super::world::{Report, World};
use crate::Controls;
use crate::running::running;
use crate::server::Server;
use crate::service::{Service, router};

/// A running service with one company. Dropping it stops the server.
pub struct Simulator {
    server: Server,
    service: Arc<Service<World>>,
    key: String,
}

impl Simulator {
    /// Starts a service whose company, [`super::COMPANY`], has no employees and one report.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let common = &options.service;
        let (addr, controls) = (common.addr, Controls::new(common.clock.clone(), common.latency));
        let world = World::new(options);
        let key = world.key.clone();
        let service = Arc::new(Service::new(world, controls));
        let shared = Arc::clone(&service);
        let server = Server::start(addr, |url, stopped| router(shared, url, stopped)).await?;
        Ok(Self { server, service, key })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The key that is let in.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Deletes the key.
    pub fn revoke(&self) {
        self.service.world().is_revoked = true;
    }

    /// Takes from the key's user, or gives back, the right to see employees.
    pub fn allow(&self, may_see: bool) {
        self.service.world().may_see = may_see;
    }

    /// Whether the company shares its directory.
    pub fn share_directory(&self, shares: bool) {
        self.service.world().shares_directory = shares;
    }

    /// From now on an unknown company is led to the login page.
    pub fn lead_to_login(&self) {
        self.service.world().leads_to_login = true;
    }

    /// Hires this many people, the next ones in the order that is the same at every start. Every ninth has left
    /// the company.
    pub fn hire(&self, people: usize) {
        let mut world = self.service.world();
        for _ in 0..people {
            let employee = Employee::new(world.next_id);
            world.employees.push(employee);
            world.next_id += 1;
        }
    }

    /// Deletes an employee; whether there was one.
    pub fn delete(&self, id: u64) -> bool {
        let mut world = self.service.world();
        let before = world.employees.len();
        world.employees.retain(|person| person.id != id);
        world.employees.len() < before
    }

    /// Changes a field of an employee, addressed as reports do; whether there is such an employee.
    pub fn set(&self, id: u64, key: &str, value: &str) -> bool {
        let mut world = self.service.world();
        let person = world.employees.iter_mut().find(|person| person.id == id);
        person.map(|person| person.values.insert(key.to_owned(), value.to_owned())).is_some()
    }

    /// The ids of the employees, in the order they are listed.
    #[must_use]
    pub fn ids(&self) -> Vec<u64> {
        self.service.world().employees.iter().map(|person| person.id).collect()
    }

    /// The ids of those who work there.
    #[must_use]
    pub fn active(&self) -> Vec<u64> {
        self.service.world().employees.iter().filter(|person| person.is_active()).map(|p| p.id).collect()
    }

    /// Adds a field of the company's own.
    pub fn add_field(&self, number: u64, name: &str, field_type: FieldType) {
        self.service.world().fields.push(Field::custom(number, name, field_type));
    }

    /// Renames a field; whether there is one.
    pub fn rename_field(&self, key: &str, name: &str) -> bool {
        let mut world = self.service.world();
        let field = world.fields.iter_mut().find(|field| field.key == key);
        field.map(|field| name.clone_into(&mut field.name)).is_some()
    }

    /// Saves a report with these columns, in which everybody comes so many times.
    pub fn save_report(&self, id: &str, title: &str, keys: &[&str], times: usize) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        self.service.world().reports.insert(id.to_owned(), Report { title: title.to_owned(), keys, times });
    }

    /// Deletes a report; whether there was one.
    pub fn delete_report(&self, id: &str) -> bool {
        self.service.world().reports.remove(id).is_some()
    }
}

running!(Simulator);

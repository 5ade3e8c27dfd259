//! Local simulators of outside services, with faults on demand.
//!
//! They are the counterpart of the connector tests, of the benches and of the demonstration: a real
//! HTTP server on this machine that speaks as the service does, keeps its limits as strictly, fails
//! when a test asks for it, and remembers every request so that a test can prove what was sent.
//!
//! The crate knows the services' public behaviour and nothing of Passerelle: no mapping, no deals, no
//! connector.

pub mod airtable;
pub mod assertion;
pub mod bamboohr;
pub mod clock;
mod controls;
mod courier;
pub mod demo;
pub mod faults;
pub mod hubspot;
mod limiter;
pub mod log;
pub mod notion;
pub mod oauth;
pub mod odoo;
mod options;
mod path;
mod people;
pub mod pipedrive;
pub mod rest;
mod running;
pub mod salesforce;
mod seed;
mod server;
mod service;
pub mod sheets;
mod signature;
pub mod workday;

pub use clock::Clock;
pub use controls::Controls;
pub use courier::{Courier, Sent};
pub use faults::{Answer, Fault, Faults, Kind, RetryAfter, Rule};
pub use log::{Entry, Log};
pub use options::{Limited, Options};

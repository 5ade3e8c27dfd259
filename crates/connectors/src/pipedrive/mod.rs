//! Pipedrive: deals, persons and organizations of one company, read and written through its API, version 2.
//!
//! What the service does, and what this connector makes of it (developers read it at developers.pipedrive.com
//! and pipedrive.readme.io):
//!
//! - Custom fields are kept under hashes that differ from company to company. A hash is a field's id here, its
//!   name is what people see.
//! - Options are numbers. They are read and written by their labels; one that does not exist is never made.
//! - Where a deal stands is two things there, a stage and a status. Here it is one field: the stage of an open
//!   deal, or won, or lost.
//! - Links are numbers too. They are read as names, a hundred at a time, and written by name where exactly one
//!   record bears it.
//! - There are no batches: one record a request, several requests in flight.
//! - Creating has no key that would make it repeatable. After an unclear answer the latest records are looked
//!   at before anything is sent again.
//! - Every request costs tokens of a daily budget that the company's tools share: lists are cheap, single
//!   records are not. What is left is told with every answer.
//! - A webhook names the record that changed. Its messages are not signed, but bear a password of ours.
//! - Deleted records vanish from lists without a word, archived deals too.

mod answers;
mod api;
mod budgets;
mod connection;
mod create;
mod decode;
mod directory;
mod discovery;
mod encode;
mod entity;
mod hints;
mod holds;
mod keep;
mod links;
mod listing;
mod people;
mod read;
mod refusal;
mod schema;
mod settings;
mod spec;
mod stages;
mod subscriber;
#[cfg(test)]
mod tests;
mod texts;
mod values;
mod webhooks;
mod write;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::common::web_page;
use crate::connector::{Connection, Connector, Context, DealsHome, Settings};
use crate::error::Result;
use crate::hint::Hints;
use crate::http::oauth2;

/// The connector for Pipedrive.
pub struct Pipedrive;

impl Connector for Pipedrive {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn deals(&self) -> Option<DealsHome> {
        Some(DealsHome { stream: entity::Entity::Deals.id(), fields: schema::DEAL_FIELDS })
    }

    fn stream_setting(&self) -> Option<&'static str> {
        Some(settings::OBJECT_TYPE)
    }

    fn oauth2(&self, context: &Context, settings: &Settings) -> Option<Result<oauth2::Client>> {
        settings::client(context, settings)
    }

    fn hints(&self) -> Option<&dyn Hints> {
        Some(self)
    }

    fn record_url(&self, settings: &Settings, stream: &str, external_id: &str) -> Option<String> {
        let company = settings::company(settings.values.get(settings::COMPANY_DOMAIN)?)?;
        let entity = entity::Entity::of(stream)?;
        web_page::of(&format!("https://{company}.pipedrive.com"), &[entity.word(), external_id])
            .map(String::from)
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::PipedriveCompany::new(context, &settings)?))
    }
}

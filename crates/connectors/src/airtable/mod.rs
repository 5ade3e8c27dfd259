//! Airtable: the tables of one base, read and written through the Web API.
//!
//! What the service does, and what this connector makes of it (developers read it at
//! airtable.com/developers/web/api; facts as of 2026):
//!
//! - An unknown base or table answers 403, like a missing right. The scopes of the token, where the
//!   service tells them, decide which of the two people are told.
//! - Empty cells are left out of an answer. A field that was asked for and is not there is
//!   [`model::Value::Empty`]; a checkbox left out is unticked.
//! - Names change, ids do not: everything is asked for and written by id.
//! - Paging tokens expire. The listing is begun anew, three times at most, and the page says so.
//! - An instant is shown in the time zone of its field, and read in it, so that its day does not move.
//! - Linked records are ids; they are read as the linked records' names. They are not written.
//! - A batch is written whole or not at all. A refused batch is halved until the guilty record is
//!   alone.
//! - Creating has no key that would make it repeatable. After an unclear answer the records created
//!   since are listed and compared before anything is sent again.
//! - A webhook says that something changed, never what; it ends after a week unless it is renewed.
//! - Five requests a second and base; one more, and everything is refused for 30 s.

mod api;
mod cell;
mod connection;
mod create;
mod decode;
mod encode;
mod hints;
mod links;
mod listing;
mod moment;
mod query;
mod read;
mod refusal;
mod schema;
mod spec;
mod subscriber;
#[cfg(test)]
mod tests;
mod texts;
mod webhooks;
mod write;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::common::web_page;
use crate::connector::{Connection, Connector, Context, Settings};
use crate::error::Result;
use crate::hint::Hints;

/// The connector for Airtable.
pub struct Airtable;

impl Connector for Airtable {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn hints(&self) -> Option<&dyn Hints> {
        Some(self)
    }

    fn record_url(&self, settings: &Settings, stream: &str, external_id: &str) -> Option<String> {
        let base = spec::base(settings)?;
        web_page::of("https://airtable.com", &[&base, stream, external_id]).map(String::from)
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::AirtableBase::new(context, &settings)?))
    }
}

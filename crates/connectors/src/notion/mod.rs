//! Notion: the data sources of one database, read and written through its API.
//!
//! What the service does, and what this connector makes of it (developers read it at
//! developers.notion.com; facts as of API version 2026-03-11):
//!
//! - A database holds one or several data sources; each is a stream. Rows are pages.
//! - What is not shared with the integration answers 404, like what does not exist. People are told
//!   how to share it.
//! - Property names change, ids do not: everything is asked for and written by id.
//! - An answer holds 25 references at most of a text, a relation, people or a rollup. Where there may
//!   be more, the rest is asked for; what cannot be had whole is [`model::Value::Unreadable`], so that
//!   it is never written back.
//! - A query gives 10,000 rows at most. Rows are read in the order they were created, and the next
//!   query begins where the last one was cut.
//! - Times of creation and change are rounded down to the minute.
//! - Texts are written in pieces of 2,000 characters.
//! - There are no batches: one page a request, several requests in flight.
//! - Creating has no key that would make it repeatable. After an unclear answer the pages this
//!   integration created since are looked at before anything is sent again.

mod answers;
mod api;
mod connection;
mod create;
mod dates;
mod decode;
mod directory;
mod encode;
mod fetched;
mod hints;
mod holds;
mod items;
mod listing;
mod moment;
mod names;
mod options;
mod page;
mod people;
mod read;
mod refusal;
mod resolve;
mod rolled;
mod schema;
mod spans;
mod spec;
mod split;
#[cfg(test)]
mod tests;
mod texts;
mod write;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::common::web_page;
use crate::connector::{Connection, Connector, Context, Settings};
use crate::error::Result;
use crate::hint::Hints;

/// The connector for Notion.
pub struct Notion;

impl Connector for Notion {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn hints(&self) -> Option<&dyn Hints> {
        Some(&hints::NotionHints)
    }

    fn record_url(&self, _: &Settings, _: &str, external_id: &str) -> Option<String> {
        web_page::of("https://www.notion.so", &[&external_id.replace('-', "")]).map(String::from)
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::NotionDatabase::new(context, &settings)?))
    }
}

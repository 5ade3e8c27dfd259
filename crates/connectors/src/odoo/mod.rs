//! Odoo: opportunities, contacts, products, order lines and stock of one database, record by record and
//! both ways as a connector, as tables that are read only as a source.
//!
//! What the service does, and what this connector makes of it (Odoo's documentation, “External API”):
//!
//! - JSON-2 is spoken where the server has it (19 and later), else JSON-RPC, which hides refusals in
//!   HTTP 200. Which one it is, the account's name tells.
//! - Nothing says which address is right: the version is asked for without the key first, so that a
//!   wrong address or a redirect never sees the key.
//! - Empty is `false` whatever the type, and numbers are never empty: 0 stands for nothing too.
//! - Times of writing are kept to the microsecond and told to the second. A listing that took the second
//!   for the whole truth would lose or repeat records; `listing` tells how it is done.
//! - Archived records are hidden unless asked for. They are read like the others.
//! - Fields are named by their technical names, which do not change with the language.
//! - What links to another record is read as its name, and written by name.
//! - Creating has no key that would make it repeatable. After an unclear answer the opportunities this
//!   user created since are looked at before anything is sent again.
//! - No limit on requests is documented: some at once, and not more than a small server bears.

mod api;
mod columns;
mod connection;
mod create;
mod decode;
mod directory;
mod encode;
mod holds;
mod html;
mod links;
mod listing;
mod mark;
mod moment;
mod orders;
mod place;
mod read;
mod reading;
mod refusal;
mod schema;
mod session;
mod source;
mod spec;
mod streams;
mod tables;
#[cfg(test)]
mod tests;
mod texts;
mod values;
mod wire;
mod write;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::canonical::{ColumnMapping, Entity};
use model::{ConnectorSpec, Text};

use crate::common::web_page;
use crate::connector::{Checkpoint, Connection, Connector, Context, DealsHome, Settings};
use crate::error::Result;
use crate::source::{Source, SourceConnector, SourceContext};

/// The connector for Odoo, and the source.
pub struct Odoo;

impl Connector for Odoo {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn deals(&self) -> Option<DealsHome> {
        Some(DealsHome { stream: streams::LEADS, fields: streams::DEAL_FIELDS })
    }

    fn record_url(&self, settings: &Settings, stream: &str, external_id: &str) -> Option<String> {
        let mut page = web_page::below(&spec::site_of(settings)?, &["web"])?;
        page.set_fragment(Some(&format!("id={external_id}&model={stream}&view_type=form")));
        Some(page.into())
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::OdooDatabase::new(context, &settings)?))
    }
}

impl SourceConnector for Odoo {
    fn spec(&self) -> ConnectorSpec {
        spec::source()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn columns(&self, entity: Entity) -> ColumnMapping {
        tables::Table::of(entity).map(tables::Table::mapping).unwrap_or_default()
    }

    fn place(&self, part: &str, origin: u64) -> Text {
        Text::new(format!("{part}, enregistrement {origin}"), format!("{part}, record {origin}"))
    }

    fn connect(&self, context: &SourceContext, settings: Settings) -> Result<Arc<dyn Source>> {
        Ok(Arc::new(source::OdooTables::new(context, &settings)?))
    }
}

/// Where a reading begins that wants only what was written since a moment.
///
/// It begins somewhat earlier: a transaction bears the time of its beginning and is seen at its end.
/// Records seen before come again; deleted ones leave no trace.
pub fn changed_since(moment: DateTime<Utc>) -> Checkpoint {
    Checkpoint(place::Place::changed_since(moment).write())
}

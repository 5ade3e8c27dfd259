//! HubSpot: deals, contacts, companies and objects of the account's own, read and written through the CRM API.
//!
//! What the service does, and what this connector makes of it (developers.hubspot.com; facts as of 2026):
//!
//! - Every value is a text, and an unset one is `null`. What a text means, its property's type says.
//! - A property that was asked for and does not exist is left out without a word. So what is missing from an
//!   answer is looked for among the properties, and its absence told, before it is taken for empty.
//! - The plain list has no end but the last record. The search has: it never shows more than 10,000, so it is
//!   walked by the records' ids, and it serves only for what changed since.
//! - The search follows what is written after a while. Readings of changes overlap, and who looks for a record
//!   that was just created waits first.
//! - A batch fails in part where every input has its mark (`objectWriteTraceId`); results come in no order.
//! - An address that names many properties is too long: then the list gives ids, and a batch their values.
//! - Options, stages and people are told by label and written by id; labels that stand twice are told apart.
//! - A stage belongs to a pipeline: both are written together.
//! - Creating is repeatable where the form names a property of unique values. Elsewhere, after an unclear answer,
//!   the records created since are searched and compared before anything is sent again.
//! - 100 requests in ten seconds, and five searches a second besides.

mod api;
mod associated;
mod auth;
mod budgets;
mod changes;
mod connection;
mod create;
mod decode;
mod describe;
mod discover;
mod encode;
mod fetched;
mod hints;
mod holds;
mod labels;
mod links;
mod listing;
mod moment;
mod read;
mod refusal;
mod schema;
mod spec;
mod stages;
mod streams;
#[cfg(test)]
mod tests;
mod texts;
mod wire;
mod write;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::connector::{Connection, Connector, Context, DealsHome, Settings};
use crate::error::Result;
use crate::hint::Hints;
use crate::http::oauth2;

/// The connector for HubSpot.
pub struct Hubspot;

impl Connector for Hubspot {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn deals(&self) -> Option<DealsHome> {
        Some(DealsHome { stream: streams::DEALS, fields: streams::DEAL_FIELDS })
    }

    fn stream_setting(&self) -> Option<&'static str> {
        Some(spec::OBJECT_TYPE)
    }

    fn oauth2(&self, context: &Context, settings: &Settings) -> Option<Result<oauth2::Client>> {
        auth::client(context, settings)
    }

    fn hints(&self) -> Option<&dyn Hints> {
        Some(&hints::HubspotHints)
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::HubspotAccount::new(context, &settings)?))
    }
}

//! Any API that answers rows over HTTP, as its owner describes it: where they are, whose they are, how one
//! gets from one page to the next.
//!
//! What such services do, and what this connector makes of it:
//!
//! - Nothing is known before the first answer: JSON, JSON lines or CSV, by its type or by how it begins.
//! - A row is the JSON of the service, letter by letter. Only a JSONPath with wildcards or filters goes
//!   through numbers of 64 bits.
//! - A listing ends in many ways: an empty page, a short one, no cursor, no link. A page that is shorter than
//!   asked for may also mean that the service gives fewer than one asks for, so the first short page is
//!   checked by asking for another.
//! - A listing that leads in a circle is an error, and so is one that is cut by the limit on pages: what is
//!   not whole must not look whole.
//! - A link to the next page is followed on the same origin only, because the credentials go with it.
//! - It is read only.

mod api;
mod auth;
mod columns;
mod connection;
mod csv;
mod find;
mod format;
mod key;
mod mark;
mod page;
mod path;
mod pieces;
mod place;
mod probe;
mod read;
mod reader;
mod refusal;
mod request;
mod settings;
mod spec;
mod texts;
mod walk;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::connector::{Connection, Connector, Context, Settings};
use crate::error::Result;

/// The connector for any API.
pub struct RestApi;

impl Connector for RestApi {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::RestConnection::new(context, &settings)?))
    }
}

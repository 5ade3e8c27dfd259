//! Workday: the rows of a custom report, or the workers of a tenant.
//!
//! What the service does, and what this connector makes of it:
//!
//! - A report comes whole in one answer of any size, without pages: its rows are cut out while it comes. Where the
//!   answer breaks off, it is asked for again, and what was read is recognised before the reading goes on. A report
//!   that is another one by then is begun anew.
//! - Empty columns of a report are left out, so its columns are those of its XML schema (`?xsds`); only where that
//!   cannot be had, those of the first rows.
//! - Scalars of a report are texts, booleans `0` and `1`; a day may bear an offset.
//! - Columns of several values are lists of objects: they read as one line. References read as their names.
//! - Workers come in pages by their place. Objects within a worker are columns with dotted names.
//! - Reports refuse in XML, whatever format was asked for; the other services in JSON.
//! - Who may not see something may get 404 or an empty list instead of 403.
//! - It is read only.

mod access;
mod address;
mod api;
mod columns;
mod connection;
mod key;
mod refusal;
mod report;
mod settings;
mod spec;
#[cfg(test)]
mod tests;
mod texts;
mod workers;
mod xsd;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::connector::{Connection, Connector, Context, Settings};
use crate::error::Result;
use crate::http::oauth2::Client;
use settings::{Access, WorkdaySettings};

/// The connector for Workday.
pub struct Workday;

impl Connector for Workday {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn oauth2(&self, context: &Context, settings: &Settings) -> Option<Result<Client>> {
        match WorkdaySettings::parse(settings) {
            Ok(WorkdaySettings { tenant, access: Access::Client { id, secret, .. }, .. }) => {
                Some(Ok(access::client(context, &tenant, &id, &secret)))
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        }
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::TenantConnection::new(context, &settings)?))
    }
}

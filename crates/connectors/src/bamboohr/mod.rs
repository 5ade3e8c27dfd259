//! BambooHR: a company's employees, as its directory, a report, the list of employees or a dataset shows them.
//!
//! What the service does, and what this connector makes of it:
//!
//! - Directory and reports come whole in one answer. A reading that goes on after a break first recognises the
//!   rows it has dealt with; if they are others now, it begins anew and says so.
//! - What the key's user may not see is left out, null or named in `_restrictedFields`, never an error: what is left
//!   out or named cannot be read. A null cannot be told from what is empty.
//! - A listing that ends before the total it tells is a fault: who is left out would pass for deleted.
//! - A day that is not set is `0000-00-00`.
//! - A row of a report is an employee, and there may be several of one where a column has a history: the later
//!   ones are told apart by a number after the id.
//! - An empty directory, an unknown report and an unknown company all answer 404: which it is, the company's own
//!   address tells.
//! - 503 with `Retry-After` asks to slow down, as the service did before 16 September 2026; since then 429 does.
//! - The reason of a refusal stands in the header `X-BambooHR-Error-Message`; the body is mostly empty.
//! - It is read only.

mod answers;
mod api;
mod columns;
mod connection;
mod dataset;
mod listing;
mod refusal;
mod spec;
mod stream;
#[cfg(test)]
mod tests;
mod texts;
mod whole;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::connector::{Connection, Connector, Context, Settings};
use crate::error::Result;

/// The connector for BambooHR.
pub struct BambooHr;

impl Connector for BambooHr {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn stream_setting(&self) -> Option<&'static str> {
        Some(spec::STREAM)
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::Company::new(context, &settings)?))
    }
}

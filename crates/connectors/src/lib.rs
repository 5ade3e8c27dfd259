//! Services, behind one seam.
//!
//! A connector is a folder here and a line in [`all`], a source of data a folder and a line in
//! [`sources`]. It knows its service's API and nothing of deals, plans or pages; retry, limits and
//! redaction live in [`http`], in no connector.

pub mod airtable;
pub mod bamboohr;
mod common;
pub mod connector;
pub mod csv_file;
pub mod error;
pub mod google_sheets;
pub mod hint;
pub mod http;
pub mod hubspot;
pub mod isavigne;
pub mod notion;
pub mod odoo;
pub mod pipedrive;
pub mod probe;
pub mod rest_api;
pub mod salesforce;
pub mod source;
mod stream_source;
pub mod workday;

use std::sync::Arc;

pub use connector::{
    Account, Checkpoint, Connection, Connector, Context, Count, DealsHome, Outcome, Page, RowPage, Settings,
    Write,
};
pub use error::{Error, ErrorKind, Result, Retry};
pub use hint::Hints;
pub use probe::{Probe, Sent};
pub use source::{Source, SourceConnector, SourceContext};
pub use stream_source::StreamSources;

/// Every connector there is, in alphabetic order.
pub fn all() -> Vec<Arc<dyn Connector>> {
    vec![
        Arc::new(airtable::Airtable),
        Arc::new(bamboohr::BambooHr),
        Arc::new(google_sheets::GoogleSheets),
        Arc::new(hubspot::Hubspot),
        Arc::new(notion::Notion),
        Arc::new(odoo::Odoo),
        Arc::new(pipedrive::Pipedrive),
        Arc::new(rest_api::RestApi),
        Arc::new(salesforce::Salesforce),
        Arc::new(workday::Workday),
    ]
}

/// Every source of data there is, in alphabetic order.
pub fn sources() -> Vec<Arc<dyn SourceConnector>> {
    vec![Arc::new(isavigne::Isavigne), Arc::new(odoo::Odoo)]
}

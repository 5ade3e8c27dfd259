//! Services, behind one seam.
//!
//! A connector is a folder here and a line in [`all`], a source of data a folder and a line in
//! [`sources`]. It knows its service's API and nothing of deals, plans or pages; retry, limits and
//! redaction live in [`http`], in no connector.

pub mod airtable;
mod common;
pub mod connector;
pub mod error;
pub mod http;
pub mod isavigne;
pub mod notion;
pub mod odoo;
pub mod source;

pub use connector::{
    Account, Checkpoint, Connection, Connector, Context, Count, DealsHome, Outcome, Page, RowPage, Settings,
    Write,
};
pub use error::{Error, ErrorKind, Result, Retry};
pub use source::{Source, SourceConnector, SourceContext};

/// Every connector there is, in alphabetic order.
pub fn all() -> Vec<Box<dyn Connector>> {
    vec![Box::new(airtable::Airtable), Box::new(notion::Notion), Box::new(odoo::Odoo)]
}

/// Every source of data there is, in alphabetic order.
pub fn sources() -> Vec<Box<dyn SourceConnector>> {
    vec![Box::new(isavigne::Isavigne), Box::new(odoo::Odoo)]
}

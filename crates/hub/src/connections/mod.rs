//! Connections: their settings, the form they are asked for with, and the test that they work.

mod form;
mod open;
mod settings;
mod trial;
mod values;

pub(crate) use form::kind_of;
pub(crate) use open::ConnectedAccount;
pub(crate) use values::{entries_of, form_values, plain_values};

/// The connections that are there from the beginning, with the words of their connectors. Others are sources
/// of data whose service has deals too.
pub(crate) const PROVIDERS: [&str; 2] = ["airtable", "notion"];

/// What every connection calls its secret.
const TOKEN: &str = "api_token";

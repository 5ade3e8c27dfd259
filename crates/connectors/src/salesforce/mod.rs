//! Salesforce: opportunities, accounts and any other object of one organisation, read with SOQL and written
//! in collections.
//!
//! What the service does, and what this connector makes of it (REST API Developer Guide, facts as of 2026):
//!
//! - Sessions end when the organisation says so, and nothing tells when: a token is renewed once it is
//!   refused.
//! - Fields are named by their API names, which do not change with their labels. What the user may not see
//!   is left out of the description, and asked for it does not exist.
//! - A listing goes by id, its pages by the service's cursor. A cursor that is lost costs nothing: the
//!   listing goes on behind the last id.
//! - An address holds 16 KB. What does not fit into a query is read by ids, a page at a time.
//! - A linked record is an id, and is shown by its name. It is written by its name, a batch looked up at once.
//! - A picklist is stored as values and shown as labels. A label that is not active is refused here, also
//!   where the service would take any text: a typing error must not become an option.
//! - Up to 200 records are written at once, and each is accepted or refused for itself in an answer of 200.
//! - Creating has no key that would make it repeatable, unless the organisation has a field for one
//!   (`external_id_field`). Without one, the records created since are looked at before anything is sent
//!   again.
//! - Requests are counted by the day; when none are left, that is a 403, as for a missing right.

mod api;
mod auth;
mod choices;
mod columns;
mod connection;
mod create;
mod decode;
mod directory;
mod encode;
mod holds;
mod keyed;
mod links;
mod listing;
mod moment;
mod pem;
mod place;
mod refusal;
mod saved;
mod schema;
mod settings;
mod soql;
mod spec;
mod stages;
#[cfg(test)]
mod tests;
mod texts;
mod values;
mod write;

use std::sync::Arc;

use model::{ConnectorSpec, DealField};

use crate::common::web_page;
use crate::connector::{Connection, Connector, Context, DealsHome, Settings};
use crate::error::Result;
use crate::http::oauth2;
use settings::SalesforceSettings;

/// The object of deals.
const OPPORTUNITY: &str = "Opportunity";

/// Which of its fields is which of a deal's. The name of an opportunity stands for the client, because every
/// opportunity has one; there is no standard field for a sector.
const DEAL_FIELDS: &[(DealField, &str)] = &[
    (DealField::Client, "Name"),
    (DealField::Statut, "StageName"),
    (DealField::MontantBrut, "Amount"),
    (DealField::DateEcheance, "CloseDate"),
    (DealField::Assignee, "OwnerId"),
    (DealField::Notes, "Description"),
];

/// The connector for Salesforce.
pub struct Salesforce;

impl Connector for Salesforce {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn deals(&self) -> Option<DealsHome> {
        Some(DealsHome { stream: OPPORTUNITY, fields: DEAL_FIELDS })
    }

    fn stream_setting(&self) -> Option<&'static str> {
        Some("object_type")
    }

    fn oauth2(&self, context: &Context, settings: &Settings) -> Option<Result<oauth2::Client>> {
        let read = SalesforceSettings::parse(settings);
        match read {
            Ok(settings) => auth::client(&settings, &auth::Site::of(context, &settings)).map(Ok),
            Err(error) => Some(Err(error)),
        }
    }

    /// The organisation leads from the bare id to the page, whatever the object.
    fn record_url(&self, settings: &Settings, _: &str, external_id: &str) -> Option<String> {
        let field = spec::instance_url();
        let site = settings::site(&field.clean(settings.values.get(&field.key)?)).ok()?;
        web_page::below(&site, &[external_id]).map(String::from)
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        Ok(Arc::new(connection::Organisation::new(context, &settings)?))
    }
}

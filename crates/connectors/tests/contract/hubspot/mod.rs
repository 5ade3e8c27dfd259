//! HubSpot against its simulator.

mod changes;
mod hints;
mod oauth;
mod reading;
mod refusals;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::hubspot::{Options, Property, PropertyType, Records, Simulator};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::{Fixture, connect};

/// An account with an empty pipeline and some properties of its own.
pub(crate) struct HubspotService {
    pub(crate) simulator: Simulator,
}

impl HubspotService {
    pub(crate) fn deals(&self) -> Records {
        self.simulator.records("deals")
    }

    /// A connection with these settings beside the token.
    pub(crate) fn connected(&self, values: &[(&str, &str)]) -> Arc<dyn Connection> {
        let mut settings = self.settings();
        settings.values.extend(values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let http = Http::new(Policy::without_waiting()).expect("a client");
        connect(self, &http, settings)
    }

    /// A connection by another token.
    pub(crate) fn by_token(&self, token: &str) -> Arc<dyn Connection> {
        let http = Http::new(Policy::without_waiting()).expect("a client");
        connect(self, &http, settings(token, "deals"))
    }
}

impl Fixture for HubspotService {
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = "Deals";
    const TEXT: Option<&str> = Some("description");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::hubspot::Hubspot)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        let deals = simulator.records("deals");
        deals.add_property(Property::new(
            "tags",
            "Tags",
            PropertyType::choices(&[("a", "Rouge"), ("b", "Blanc")]),
        ));
        deals.add_property(Property::new("reference", "Référence", PropertyType::Text));
        deals.add_property(Property::new("signed", "Signé", PropertyType::Bool));
        deals.add_property(Property::new("signed_on", "Signé le", PropertyType::Date));
        simulator.add_owner("Camille", "Martin", "camille@example.com");
        HubspotService { simulator }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(self.simulator.token(), "deals")
    }

    fn settings_elsewhere(&self) -> Settings {
        settings(self.simulator.token(), "nulle_part")
    }

    fn keyed_settings(&self) -> Option<Settings> {
        let reference = Property::new("reference", "Référence", PropertyType::Text);
        self.deals().remove_property("reference");
        self.deals().add_property(reference.unique());
        let mut settings = self.settings();
        settings.values.insert("unique_property".to_owned(), "reference".to_owned());
        Some(settings)
    }

    fn revoke(&self) {
        self.simulator.revoke(self.simulator.token());
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    fn fill(&self, records: usize) {
        let deal = |number: usize| {
            json!({
                "dealname": format!("Affaire n° {number}"), "dealstage": "qualifiedtobuy", "amount": number as f64 / 4.0,
                "tags": "b", "signed": false, "closedate": "2027-03-28T10:00:00.000Z", "description": "Ligne 1\nLigne 2",
            })
        };
        self.deals().add((0..records).map(deal)).expect("deals");
    }

    fn delete(&self, id: &str) {
        assert!(self.deals().delete(id));
    }

    fn stored(&self) -> Vec<String> {
        self.deals().ids()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        let moment = DateTime::parse_from_rfc3339("2028-02-29T13:37:42.123+01:00").expect("a moment");
        BTreeMap::from([
            ("dealname", Value::Text(format!("« Affaire » n° {number} — \"été\""))),
            ("dealstage", text(["Appointment Scheduled", "Closed Won", "Closed Lost"][number % 3])),
            ("amount", Value::Number(number as f64 + 0.25)),
            ("closedate", Value::DateTime(moment)),
            ("hubspot_owner_id", text("Camille Martin")),
            ("description", text("Première ligne\nDeuxième, avec une virgule ; et un 😀")),
            ("dealtype", text("New Business")),
            ("reference", Value::Text(format!("R-{number}"))),
            ("tags", Value::List(vec![text("Blanc"), text("Rouge")])),
            ("signed", Value::Bool(number.is_multiple_of(2))),
            ("signed_on", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
        ])
    }

    /// A deal has a stage as long as it is in a pipeline.
    fn cleared(field: &str) -> Option<Value> {
        (field != "dealstage").then_some(Value::Empty)
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("description", Value::Text("x".repeat(65_537)));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let body = json!({"status": "error", "message": text, "category": "VALIDATION_ERROR"});
        Fault::Answer(Answer::json(status, &body))
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Settings as the form gives them.
pub(crate) fn settings(token: &str, object_type: &str) -> Settings {
    Settings {
        values: BTreeMap::from([("object_type".to_owned(), object_type.to_owned())]),
        secrets: BTreeMap::from([("access_token".to_owned(), SecretString::from(token))]),
    }
}

crate::suite::contract!(crate::hubspot::HubspotService, and
    limits {
        a_penalty_is_kept_by_every_connection,
        a_used_up_quota_is_not_tried_again,
    }
    reads {
        some_records_are_read_by_their_ids,
    }
);

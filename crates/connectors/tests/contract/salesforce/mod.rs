//! Salesforce against its simulator.

mod keys;
mod reading;
mod refusals;
mod sessions;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::salesforce::{Field, FieldType, Options, Pick, Simulator, Table};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::{Fixture, Opened, connect};

const OPPORTUNITY: &str = "Opportunity";

/// An organisation without opportunities, with some fields of its own.
pub(crate) struct SalesforceService {
    pub(crate) simulator: Simulator,
}

impl SalesforceService {
    pub(crate) fn deals(&self) -> Table {
        self.simulator.table(OPPORTUNITY)
    }
}

impl Fixture for SalesforceService {
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = "Opportunities";
    const TEXT: Option<&str> = Some("Notes__c");
    const LINK: Option<&str> = Some("AccountId");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::salesforce::Salesforce)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        simulator
            .table("Account")
            .make([json!({"Name": "Cave Saint-Martin"}), json!({"Name": "L'Île d'Yeu"})]);
        let service = SalesforceService { simulator };
        let tags = vec![Pick::new("a", "Alpha"), Pick::new("b", "Bêta"), Pick::new("c", "Gamma")];
        let deals = service.deals();
        deals.add_field(Field::new("Tags__c", "Tags", FieldType::MultiPicklist(tags)).restricted());
        deals.add_field(Field::new("Visit__c", "Visite", FieldType::DateTime));
        deals.add_field(Field::new("Cases__c", "Caisses", FieldType::Int));
        deals.add_field(Field::new("Notes__c", "Notes", FieldType::TextArea(131_072)));
        deals.add_field(Field::new("Key__c", "Clé", FieldType::Text(64)).external_id());
        service
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(self.simulator.token())
    }

    fn settings_elsewhere(&self) -> Settings {
        with(self.settings(), "object_type", "Absent__c")
    }

    fn keyed_settings(&self) -> Option<Settings> {
        Some(with(self.settings(), "external_id_field", "Key__c"))
    }

    fn revoke(&self) {
        self.simulator.revoke();
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    fn fill(&self, records: usize) {
        self.deals().make((0..records).map(|number| {
            json!({
                "Name": format!("Affaire n° {number}"), "StageName": "Qualification", "Tags__c": "b",
                "Amount": number as f64 / 4.0, "CloseDate": "2027-03-28", "Description": "Ligne 1\r\nLigne 2",
                "Visit__c": "2027-03-28T01:30:00.000+0000",
            })
        }));
    }

    fn delete(&self, id: &str) {
        assert!(self.deals().delete(id));
    }

    fn stored(&self) -> Vec<String> {
        self.deals().ids()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        let visit = DateTime::parse_from_rfc3339("2027-10-31T02:30:00+00:00").expect("a moment");
        BTreeMap::from([
            ("Name", Value::Text(format!("« Affaire » n° {number} — \"été\""))),
            ("AccountId", text(["Cave Saint-Martin", "L'Île d'Yeu"][number % 2])),
            ("StageName", text(["Prospecting", "Negotiation/Review", "Closed Won"][number % 3])),
            ("OwnerId", text("Passerelle Intégration")),
            ("Amount", Value::Number(number as f64 + 0.25)),
            ("Probability", Value::Number(12.5)),
            ("CloseDate", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
            ("LeadSource", text("Partner Referral")),
            ("Description", text("Première ligne\nDeuxième, avec <ceci> & une virgule ; et un 😀")),
            ("IsPrivate", Value::Bool(true)),
            ("Tags__c", Value::List(vec![text("Alpha"), text("Gamma")])),
            ("Visit__c", Value::DateTime(visit)),
            ("Cases__c", Value::Number(12.0)),
            ("Key__c", Value::Text(format!("clé-{number}"))),
        ])
    }

    fn cleared(field: &str) -> Option<Value> {
        match field {
            "Name" | "StageName" | "CloseDate" | "OwnerId" => None,
            "IsPrivate" => Some(Value::Bool(false)),
            _ => Some(Value::Empty),
        }
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("Name", Value::Text("x".repeat(121)));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        Fault::Answer(Answer::json(status, &json!([{"errorCode": "UNKNOWN_EXCEPTION", "message": text}])))
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Settings as the form gives them. The address is not used: the tests' own stands for it.
fn settings(token: &str) -> Settings {
    let values = [("instance_url", "https://macave.my.salesforce.com"), ("auth_type", "access_token")];
    Settings {
        values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        secrets: BTreeMap::from([("access_token".to_owned(), SecretString::from(token))]),
    }
}

fn with(mut settings: Settings, key: &str, value: &str) -> Settings {
    settings.values.insert(key.to_owned(), value.to_owned());
    settings
}

/// A connection with these settings, which waits for nothing.
fn connection(service: &SalesforceService, settings: Settings) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings)
}

/// The sample with one field changed.
fn sample_with(field: &'static str, value: Value) -> BTreeMap<&'static str, Value> {
    let mut sample = SalesforceService::sample(1);
    sample.insert(field, value);
    sample
}

/// What an opened opportunity's field holds at the service.
fn held(opened: &Opened<SalesforceService>, id: &str, field: &str) -> serde_json::Value {
    opened.service.deals().get(id, field)
}

// Every test of the suite but one: a cursor that is lost makes no listing begin anew, see `reading`.
crate::suite::contract!(crate::salesforce::SalesforceService, and
    limits {
        a_penalty_is_kept_by_every_connection,
        a_used_up_quota_is_not_tried_again,
    }
);

//! Airtable against its simulator.

mod hints;
mod reading;
mod refusals;
mod writing;

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveDate;
use connectors::{Connector, Settings};
use model::Value;
use sandbox::airtable::{Base, Field, FieldType, Grant, Id, Options, Simulator, Table};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::Fixture;

/// The suite's base.
pub(crate) const BASE: &str = "appContractSuite1";
const TABLE: &str = "Deals";

/// A base with one table of deals.
pub(crate) struct AirtableService {
    pub(crate) simulator: Simulator,
    pub(crate) base: Base,
    pub(crate) table: Table,
    token: String,
}

impl Fixture for AirtableService {
    const PENALTY: Duration = Duration::from_secs(30);
    const STREAM: &str = TABLE;
    const TEXT: Option<&str> = Some("Notes");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::airtable::Airtable)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        let base = simulator.base(BASE, "Suite").expect("a base");
        let table = base.table(
            TABLE,
            [
                Field::text("Name"),
                Field::new("Status", FieldType::single_select(&["Lead", "Négociation", "Won"])),
                Field::new("Amount", FieldType::currency(2, "€")),
                Field::new("Tags", FieldType::multiple_selects(&["A", "B", "C"])),
                Field::new("Due Date", FieldType::date()),
                Field::new("Notes", FieldType::MultilineText),
                Field::new("Twice", FieldType::formula("{Amount} * 2")),
                Field::new("Last Modified", FieldType::last_modified_time()),
            ],
        );
        let token = simulator.grant(Grant::default());
        AirtableService { simulator, base, table, token }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(BASE, &self.token)
    }

    fn settings_elsewhere(&self) -> Settings {
        settings("appDoesNotExist12", &self.token)
    }

    fn revoke(&self) {
        self.simulator.revoke(&self.token);
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    fn fill(&self, records: usize) {
        let rows = (0..records).map(|number| {
            json!({
                "Name": format!("Société n° {number}"), "Status": "Lead", "Amount": number as f64 / 4.0,
                "Tags": ["B"], "Due Date": "2027-03-28", "Notes": "Ligne 1\nLigne 2",
            })
        });
        self.table.insert(rows).expect("records");
    }

    fn delete(&self, id: &str) {
        assert!(self.table.delete(Id::parse(id).expect("an id")));
    }

    fn stored(&self) -> Vec<String> {
        self.table.records().iter().map(|row| row.id.to_string()).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        BTreeMap::from([
            ("Name", Value::Text(format!("« Client » n° {number} — \"été\""))),
            ("Status", text(["Lead", "Négociation", "Won"][number % 3])),
            ("Amount", Value::Number(number as f64 + 0.25)),
            ("Tags", Value::List(vec![text("C"), text("A")])),
            ("Due Date", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
            ("Notes", text("Première ligne\nDeuxième, avec une virgule ; et un point-virgule")),
        ])
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("Status", Value::Text("No such option".to_owned()));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let body = json!({"error": {"type": "INVALID_REQUEST_UNKNOWN", "message": text}});
        Fault::Answer(Answer::json(status, &body))
    }
}

/// Settings as the form gives them.
pub(crate) fn settings(base: &str, token: &str) -> Settings {
    Settings {
        values: BTreeMap::from([("base_id".to_owned(), base.to_owned())]),
        secrets: BTreeMap::from([("api_token".to_owned(), SecretString::from(token))]),
    }
}

crate::suite::contract!(crate::airtable::AirtableService, and
    reads {
        some_records_are_read_by_their_ids,
    }
    faults {
        a_paging_token_that_expired_begins_the_listing_anew,
    }
    limits {
        a_penalty_is_kept_by_every_connection,
        a_used_up_quota_is_not_tried_again,
    }
);

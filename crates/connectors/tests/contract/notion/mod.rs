//! Notion against its simulator.

mod cap;
mod dates;
mod hints;
mod reading;
mod refusals;
mod speed;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::notion::{DataSource, Database, Id, Options, Property, PropertyType, Simulator};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::{Fixture, Opened, connect, stream_of};

const SOURCE: &str = "Deals";

/// A database with one data source of deals.
pub(crate) struct NotionService {
    pub(crate) simulator: Simulator,
    pub(crate) database: Database,
    pub(crate) source: DataSource,
}

impl Fixture for NotionService {
    const PENALTY: Duration = Duration::from_secs(60);
    const STREAM: &str = SOURCE;
    const TEXT: Option<&str> = Some("Notes");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::notion::Notion)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        simulator.person("lou@example.com", "Lou Petit");
        let database = simulator.database("Suite");
        let source = database.data_source(
            SOURCE,
            [
                Property::title("Name"),
                Property::new("Status", PropertyType::status(&["Lead"], &["Négociation"], &["Won"])),
                Property::new("Sector", PropertyType::select(&["Tech", "Santé"])),
                Property::new("Amount", PropertyType::euro()),
                Property::new("Tags", PropertyType::multi_select(&["A", "B", "C"])),
                Property::new("Due Date", PropertyType::Date),
                Property::new("Team", PropertyType::People),
                Property::new("Site", PropertyType::Url),
                Property::new("Mail", PropertyType::Email),
                Property::new("Phone", PropertyType::PhoneNumber),
                Property::text("Notes"),
                Property::new("Number", PropertyType::UniqueId { prefix: Some("D".to_owned()) }),
                Property::new("Edited", PropertyType::LastEditedTime),
            ],
        );
        NotionService { simulator, database, source }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(&self.database.id().to_string(), self.simulator.token())
    }

    fn settings_elsewhere(&self) -> Settings {
        settings(&Id::named("nowhere").to_string(), self.simulator.token())
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
        let rows = (0..records).map(|number| {
            json!({
                "Name": format!("Société n° {number}"), "Status": "Lead", "Amount": number as f64 / 4.0,
                "Tags": ["B"], "Due Date": "2027-03-28", "Notes": "Ligne 1\nLigne 2",
            })
        });
        let ids = self.source.insert(rows).expect("records");
        // One a minute: within a minute Notion gives rows in no order of theirs.
        let now = self.simulator.clock().now();
        for (id, ago) in ids.iter().zip((1..=records as i64).rev()) {
            let then = now - TimeDelta::minutes(ago);
            assert!(self.source.backdate(*id, then, then));
        }
    }

    fn delete(&self, id: &str) {
        assert!(self.source.set_trashed(Id::parse(id).expect("an id"), true));
    }

    fn stored(&self) -> Vec<String> {
        self.source.rows().iter().map(|row| row.id.to_string()).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        BTreeMap::from([
            ("Name", Value::Text(format!("« Client » n° {number} — \"été\""))),
            ("Status", text(["Lead", "Négociation", "Won"][number % 3])),
            ("Sector", text("Santé")),
            ("Amount", Value::Number(number as f64 + 0.25)),
            ("Tags", texts(&["C", "A"])),
            ("Due Date", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
            ("Team", texts(&["Lou Petit"])),
            ("Site", text("https://example.com/é")),
            ("Mail", text("a@example.com")),
            ("Phone", text("+33 1 23 45 67 89")),
            ("Notes", text("Première ligne\nDeuxième, avec une virgule ; et un 😀")),
        ])
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("Status", text("No such option"));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let body = json!({"object": "error", "status": status, "code": "validation_error", "message": text});
        Fault::Answer(Answer::json(status, &body))
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|one| text(one)).collect())
}

/// Settings as the form gives them.
fn settings(base: &str, token: &str) -> Settings {
    Settings {
        values: BTreeMap::from([("base_id".to_owned(), base.to_owned())]),
        secrets: BTreeMap::from([("api_token".to_owned(), SecretString::from(token))]),
    }
}

/// A connection with these settings, which waits for nothing.
fn connection(service: &NotionService, settings: Settings) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings)
}

/// The service with the properties it has by now.
async fn reopened(service: NotionService, settings: Settings) -> Opened<NotionService> {
    let connection = connection(&service, settings);
    let stream = stream_of(&*connection, SOURCE).await;
    service.log().clear();
    Opened { service, connection, stream }
}

/// The value of a field of the first record that is read.
async fn first(opened: &Opened<NotionService>, field: &str) -> Value {
    let pages = opened.pages().await.expect("pages");
    pages[0].records[0].fields[opened.field(field).id.as_str()].clone()
}

crate::suite::contract!(crate::notion::NotionService, and
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

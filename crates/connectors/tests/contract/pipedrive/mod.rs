//! Pipedrive and its simulator under the contract, and what is particular to it.

mod hints;
mod reading;
mod refusals;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::pipedrive::{Entity, FieldType, Limits, Options, Simulator, Table};
use sandbox::{Answer, Fault, Faults, Limited, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::{Fixture, Opened, connect, stream_of};

/// Smaller pages than the service's own, so that a test needs fewer records to see several.
const PAGE: usize = 100;

/// A Pipedrive with every kind of field.
pub(crate) struct PipedriveService {
    pub(crate) simulator: Simulator,
}

impl PipedriveService {
    fn table(&self, entity: Entity) -> Table {
        self.simulator.table(entity)
    }

    fn deals(&self) -> Table {
        self.table(Entity::Deals)
    }

    /// The code of a custom field of deals.
    fn code(&self, name: &str) -> String {
        self.deals().field(name).expect("a field")
    }
}

impl Fixture for PipedriveService {
    const PENALTY: Duration = Duration::from_secs(2);
    const STREAM: &str = "Deals";
    const TEXT: Option<&str> = Some("Notes");
    const LINK: Option<&str> = Some("Contact person");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::pipedrive::Pipedrive)
    }

    async fn start(limited: bool) -> Self {
        let limits = if limited { Limits::default() } else { Limits::none() };
        let options = Options { limits: Limits { page: PAGE, ..limits }, ..Options::default() };
        let simulator = Simulator::start(options).await.expect("a service");
        simulator.add_user("Julien Moreau", "julien@example.com");
        simulator.table(Entity::Persons).make([json!({"name": "Hélène Roussel"})]);
        simulator.table(Entity::Organizations).make([json!({"name": "Cave Saint-Martin"})]);
        let deals = simulator.table(Entity::Deals);
        for (name, kind) in [
            ("Ligne", FieldType::Varchar),
            ("Notes", FieldType::Text),
            ("Score", FieldType::Double),
            ("Budget", FieldType::Monetary),
            ("Niveau", FieldType::choice(&["Haut", "Bas"])),
            ("Étiquettes", FieldType::choices(&["Bio", "Export", "Salon"])),
            ("Début", FieldType::Date),
            ("Lieu", FieldType::Address),
            ("Suivi par", FieldType::User),
            ("Payeur", FieldType::Org),
            ("Période", FieldType::DateRange),
        ] {
            deals.add_field(name, &kind);
        }
        PipedriveService { simulator }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        Settings {
            values: [("company_domain".to_owned(), self.simulator.domain().to_owned())].into(),
            secrets: [("api_token".to_owned(), SecretString::from(self.simulator.token()))].into(),
        }
    }

    fn settings_elsewhere(&self) -> Settings {
        with(self.settings(), "company_domain", "ailleurs")
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

    // Without links, whose names are asked for while the next page is: the suite counts on one request at a time.
    fn fill(&self, records: usize) {
        let level = self.code("Niveau");
        let option = self.deals().option(&level, "Haut");
        self.deals().make((0..records).map(|number| {
            json!({
                "title": format!("Affaire n° {number}"), "value": number as f64 / 4.0,
                "custom_fields": {&*level: option},
            })
        }));
    }

    fn delete(&self, id: &str) {
        assert!(self.deals().delete(id.parse().expect("an id")));
    }

    fn stored(&self) -> Vec<String> {
        self.deals().ids().iter().map(i64::to_string).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        let labels = |labels: &[&str]| Value::List(labels.iter().map(|label| text(label)).collect());
        let day = |day| Value::Date(NaiveDate::from_ymd_opt(2028, 2, day).expect("a day"));
        BTreeMap::from([
            ("Title", Value::Text(format!("« Affaire » n° {number} — \"été\""))),
            ("Value", Value::Number(number as f64 + 0.25)),
            ("Currency", text("CHF")),
            ("Contact person", text("Hélène Roussel")),
            ("Organization", text("Cave Saint-Martin")),
            ("Stage", text(["Prospect", "Négociation", "Gagné", "Perdu"][number % 4])),
            ("Owner", text("Julien Moreau")),
            ("Probability", Value::Number(40.0)),
            ("Lost reason", text("Budget gelé")),
            ("Expected close date", day(29)),
            ("Labels", labels(&["Hot", "Cold"])),
            ("Ligne", text("Une ligne, avec <ceci> & un 😀")),
            ("Notes", text("Première ligne\nDeuxième")),
            ("Score", Value::Number(-12.5)),
            ("Budget", Value::Number(1_234.56)),
            ("Niveau", text("Bas")),
            ("Étiquettes", labels(&["Bio", "Salon"])),
            ("Début", day(1)),
            ("Lieu", text("1 rue du Port, 21200 Beaune")),
            ("Suivi par", text("Camille Martin")),
            ("Payeur", text("Cave Saint-Martin")),
        ])
    }

    fn cleared(field: &str) -> Option<Value> {
        match field {
            "Title" | "Currency" | "Stage" | "Owner" => None,
            "Value" => Some(Value::Number(0.0)),
            _ => Some(Value::Empty),
        }
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("Currency", text("eur"));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let body = json!({"success": false, "error": text, "error_info": text, "data": null});
        Fault::Answer(Answer::json(status, &body))
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn with(mut settings: Settings, key: &str, value: &str) -> Settings {
    settings.values.insert(key.to_owned(), value.to_owned());
    settings
}

/// A connection with these settings, which waits for nothing.
fn connection(service: &PipedriveService, settings: Settings) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings)
}

/// The service as it is by now, opened at another stream.
async fn at(service: PipedriveService, stream: &str) -> Opened<PipedriveService> {
    let connection = connection(&service, service.settings());
    let stream = stream_of(&*connection, stream).await;
    service.log().clear();
    Opened { service, connection, stream }
}

crate::suite::contract!(crate::pipedrive::PipedriveService, and
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

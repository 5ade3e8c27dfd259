//! Odoo against its simulator, over both protocols.

mod companies;
mod keyset;
mod reading;
mod refusals;
mod sessions;
mod source;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::odoo::{Options, Simulator, Table};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::{Fixture, Opened, connect, stream_of};

const LEADS: &str = "crm.lead";

/// A database of that version with an empty pipeline: from 19 on it is spoken to in JSON-2, before in
/// JSON-RPC.
pub(crate) struct OdooService<const VERSION: u16> {
    pub(crate) simulator: Simulator,
}

pub(crate) type Json2 = OdooService<19>;
pub(crate) type JsonRpc = OdooService<18>;

impl<const VERSION: u16> OdooService<VERSION> {
    pub(crate) fn leads(&self) -> Table {
        self.simulator.table(LEADS)
    }
}

impl<const VERSION: u16> Fixture for OdooService<VERSION> {
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = "Opportunités";
    const TEXT: Option<&str> = Some("description");
    const LINK: Option<&str> = Some("partner_id");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::odoo::Odoo)
    }

    async fn start(_limited: bool) -> Self {
        // The one without JSON-2 has nothing else, and the other has nothing but JSON-2.
        let options = if VERSION >= 19 { Options::json2_only() } else { Options::version_18() };
        let simulator = Simulator::start(options).await.expect("a free port");
        simulator
            .table("res.partner")
            .make([json!({"name": "Cave Saint-Martin"}), json!({"name": "Cave Saint"})]);
        OdooService { simulator }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(&self.simulator)
    }

    fn settings_elsewhere(&self) -> Settings {
        with(self.settings(), "odoo_db", "ailleurs")
    }

    fn revoke(&self) {
        self.simulator.revoke(self.simulator.key());
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    fn fill(&self, records: usize) {
        let ids = self.leads().make((0..records).map(|number| {
            json!({
                "name": format!("Affaire n° {number}"), "type": "opportunity", "stage_id": 1,
                "expected_revenue": number as f64 / 4.0, "date_deadline": "2027-03-28", "company_id": 1,
                "description": "<p>Ligne 1</p><p>Ligne 2</p>", "priority": "1", "user_id": 2,
            })
        }));
        self.leads().spread(&ids, TimeDelta::minutes(1));
    }

    fn delete(&self, id: &str) {
        assert!(self.leads().delete(id.parse().expect("an id")));
    }

    fn stored(&self) -> Vec<String> {
        self.leads().ids().iter().map(i64::to_string).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        BTreeMap::from([
            ("name", Value::Text(format!("« Affaire » n° {number} — \"été\""))),
            ("partner_id", text("Cave Saint-Martin")),
            ("contact_name", text("Hélène Roussel")),
            ("email_from", text("a@example.com")),
            ("phone", text("+33 1 99 00 12 34")),
            ("type", text("Opportunité")),
            ("stage_id", text(["Nouveau", "Qualifié", "Gagné"][number % 3])),
            ("user_id", text("Passerelle")),
            ("expected_revenue", Value::Number(number as f64 + 0.25)),
            ("probability", Value::Number(12.5)),
            ("priority", text("Haute")),
            ("date_deadline", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
            ("description", text("Première ligne\nDeuxième, avec <ceci> & une virgule ; et un 😀")),
            ("company_id", text("Cave du Port")),
            ("active", Value::Bool(true)),
        ])
    }

    fn cleared(field: &str) -> Option<Value> {
        match field {
            "name" | "type" => None,
            "expected_revenue" | "probability" => Some(Value::Number(0.0)),
            "active" => Some(Value::Bool(false)),
            _ => Some(Value::Empty),
        }
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("stage_id", text("Aucune étape de ce nom"));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let data = json!({"name": "odoo.exceptions.UserError", "message": text, "debug": text});
        let envelope =
            json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": text, "data": data}});
        Fault::Answer(if VERSION >= 19 { Answer::json(status, &data) } else { Answer::json(200, &envelope) })
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Settings as the form gives them. The address is not used: the tests' own stands for it.
fn settings(simulator: &Simulator) -> Settings {
    let values = [
        ("odoo_url", "https://odoo.example.com"),
        ("odoo_db", &simulator.database()),
        ("odoo_user", simulator.login()),
    ];
    Settings {
        values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        secrets: BTreeMap::from([("odoo_api_key".to_owned(), SecretString::from(simulator.key()))]),
    }
}

fn with(mut settings: Settings, key: &str, value: &str) -> Settings {
    settings.values.insert(key.to_owned(), value.to_owned());
    settings
}

/// A connection with these settings, which waits for nothing.
fn connection<const V: u16>(service: &OdooService<V>, settings: Settings) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings)
}

/// The service as it is by now, opened at another stream.
async fn at<const V: u16>(service: OdooService<V>, stream: &str) -> Opened<OdooService<V>> {
    let settings = service.settings();
    let connection = connection(&service, settings);
    let stream = stream_of(&*connection, stream).await;
    service.log().clear();
    Opened { service, connection, stream }
}

/// Every test of the suite but two: this service has no paging token that could expire, and no quota.
macro_rules! both {
    ($($name:ident: $fixture:ty),*) => {
        $(pub(crate) mod $name {
            crate::suite::contract!($fixture, and
                limits {
                    a_penalty_is_kept_by_every_connection,
                }
            );
        })*
    };
}

both!(json2: crate::odoo::Json2, jsonrpc: crate::odoo::JsonRpc);

//! Google Sheets against its simulator.

mod access;
mod identity;
mod reading;
mod refusals;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::sheets::{Cell, Format, Simulator, Tab};
use sandbox::{Answer, Fault, Faults, Log, Options};
use serde_json::json;

use crate::fixture::{Fixture, Opened, connect, stream_of};

/// The suite's spreadsheet.
pub(crate) const BOOK: &str = "1ContractSuiteAbCdEfGhIjKlMnOpQrStUvWxYz0123";
const TAB: &str = "Deals";
const HEADER: [&str; 6] = ["Nom", "Statut", "Montant", "Échéance", "Relance", "Notes"];

/// A spreadsheet with one tab of deals, reached with a refresh token.
pub(crate) struct SheetsService {
    pub(crate) simulator: Simulator,
    pub(crate) tab: Tab,
    refresh_token: String,
}

impl Fixture for SheetsService {
    const PENALTY: Duration = Duration::from_secs(20);
    const STREAM: &str = TAB;
    const TEXT: Option<&str> = Some("Notes");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::google_sheets::GoogleSheets)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        simulator.spreadsheet(BOOK, "Suite", "fr_FR", "Europe/Paris");
        let tab = simulator.tab(BOOK, 1_204_567_890, TAB);
        tab.add([HEADER.map(Cell::text).to_vec()]);
        // Prepared by somebody, as nothing in its header tells what it is for.
        tab.set(1, 4, Cell::empty().shown_as(Format::of("DATE_TIME")));
        let refresh_token = simulator.refresh_token();
        SheetsService { simulator, tab, refresh_token }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        self.settings_of(BOOK)
    }

    fn settings_elsewhere(&self) -> Settings {
        self.settings_of("1NoSuchSpreadsheetAbCdEfGhIjKlMnOpQrStUvWxYz")
    }

    fn revoke(&self) {
        self.simulator.revoke_all();
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    fn fill(&self, records: usize) {
        self.tab.add((0..records).map(|number| row(&format!("Société n° {number}"), number as f64 / 4.0)));
    }

    fn delete(&self, id: &str) {
        let row = self.stored().iter().position(|stored| stored == id).expect("a row");
        self.tab.delete_row(row + 1);
    }

    fn stored(&self) -> Vec<String> {
        let rows = self.tab.rows();
        let id_column =
            rows.first().and_then(|header| header.iter().position(|cell| cell == "Passerelle ID"));
        let text = |row: &[serde_json::Value], column: usize| {
            row.get(column).and_then(|cell| cell.as_str()).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let id =
            |row: &Vec<serde_json::Value>| id_column.and_then(|id| text(row, id)).or_else(|| text(row, 0));
        rows.iter().skip(1).map(|row| id(row).expect("every row has a name")).collect()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        let moment = DateTime::parse_from_rfc3339("2027-01-15T09:30:00+01:00").expect("a moment");
        BTreeMap::from([
            ("Nom", Value::Text(format!("« Client » n° {number} — \"été\""))),
            ("Statut", text(["=Lead", "+1-1", "@Won"][number % 3])),
            ("Montant", Value::Number(number as f64 + 0.25)),
            ("Échéance", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
            ("Relance", Value::DateTime(moment)),
            ("Notes", text("Première ligne\nDeuxième, avec une virgule ; et un 😀")),
        ])
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("Échéance", Value::Text("bientôt".to_owned()));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let error = json!({"code": status, "message": text, "status": "INVALID_ARGUMENT"});
        Fault::Answer(Answer::json(status, &json!({"error": error})))
    }
}

impl SheetsService {
    fn settings_of(&self, spreadsheet: &str) -> Settings {
        let values = [
            ("spreadsheet_id", spreadsheet),
            ("auth_type", "refresh_token"),
            ("client_id", self.simulator.client_id()),
        ];
        let secrets =
            [("client_secret", self.simulator.client_secret()), ("refresh_token", &self.refresh_token)];
        Settings {
            values: values.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
            secrets: secrets.map(|(key, value)| (key.to_owned(), value.into())).into(),
        }
    }
}

/// A row of people's own, as they type it.
fn row(name: &str, amount: f64) -> Vec<Cell> {
    let day = NaiveDate::from_ymd_opt(2027, 3, 28).expect("a day");
    let moment = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(570);
    vec![
        Cell::text(name),
        Cell::text("Lead"),
        Cell::number(amount),
        Cell::date(day),
        Cell::date_time(moment),
        Cell::text("Ligne 1\nLigne 2"),
    ]
}

/// The service as it is by now, opened at a stream.
async fn at(service: SheetsService, stream: &str) -> Opened<SheetsService> {
    let connection = connection(&service, service.settings());
    let stream = stream_of(&*connection, stream).await;
    service.log().clear();
    Opened { service, connection, stream }
}

/// A connection with these settings, which waits for nothing.
fn connection(service: &SheetsService, settings: Settings) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings)
}

// Every test of the suite but three: this service has no paging token that could expire and no quota but that of
// a minute; and a connection that asks for its first token during a silence breaks it nowhere (`refusals`).
crate::suite::contract!(crate::google_sheets::SheetsService, and);

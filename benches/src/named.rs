//! Ten thousand records of each named service, at no latency, into the hub.

use anyhow::ensure;
use hub::Policy;
use model::Direction;
use sandbox::demo;

use crate::connection::Connected;
use crate::process::Listening;
use crate::table::Promise::AtLeast;
use crate::table::Row;

const RECORDS: usize = 10_000;

/// What of a service is read.
pub(crate) struct Reading {
    /// As the table names it.
    what: &'static str,
    /// The service's word among the simulators.
    simulator: &'static str,
    /// The kind of the connection.
    kind: &'static str,
    form: &'static [(&'static str, Answer)],
    /// Records that the simulator is to make, for [`RECORDS`] to be read.
    made: usize,
    goes_to: GoesTo,
}

/// What a person fills in.
enum Answer {
    /// Always this.
    Fixed(&'static str),
    /// What the simulator says of itself under this name.
    Told(&'static str),
}

enum GoesTo {
    Deals,
    Dataset,
}

use Answer::{Fixed, Told};

pub(crate) const SHEETS: Reading = Reading {
    what: "deals of Google Sheets",
    simulator: "sheets",
    kind: "google_sheets",
    form: &[
        ("spreadsheet_id", Told("spreadsheet")),
        ("worksheet_name", Fixed(demo::SHEETS_BENCH)),
        ("auth_type", Fixed("refresh_token")),
        ("client_id", Told("client_id")),
        ("client_secret", Told("client_secret")),
        ("refresh_token", Told("refresh_token")),
    ],
    made: RECORDS,
    goes_to: GoesTo::Deals,
};

pub(crate) const HUBSPOT: Reading = Reading {
    what: "deals of HubSpot",
    simulator: "hubspot",
    kind: "hubspot",
    form: &[("access_token", Told("token"))],
    made: RECORDS,
    goes_to: GoesTo::Deals,
};

pub(crate) const PIPEDRIVE: Reading = Reading {
    what: "deals of Pipedrive",
    simulator: "pipedrive",
    kind: "pipedrive",
    form: &[("company_domain", Told("company")), ("api_token", Told("token"))],
    made: RECORDS,
    goes_to: GoesTo::Deals,
};

pub(crate) const SALESFORCE: Reading = Reading {
    what: "opportunities of Salesforce",
    simulator: "salesforce",
    kind: "salesforce",
    form: &[
        ("instance_url", Fixed("https://macave.my.salesforce.com")),
        ("client_id", Told("client_id")),
        ("client_secret", Told("client_secret")),
    ],
    made: RECORDS,
    goes_to: GoesTo::Deals,
};

pub(crate) const BAMBOOHR_DIRECTORY: Reading = Reading {
    what: "people of BambooHR's directory",
    simulator: "bamboohr",
    kind: "bamboohr",
    form: &[("subdomain", Told("company")), ("api_key", Told("key"))],
    // Every ninth has left and is not in the directory.
    made: RECORDS / 8 * 9,
    goes_to: GoesTo::Dataset,
};

pub(crate) const BAMBOOHR_EMPLOYEES: Reading = Reading {
    what: "employees of BambooHR, by pages",
    form: &[("subdomain", Told("company")), ("api_key", Told("key")), ("report_id", Fixed("employees"))],
    made: RECORDS,
    ..BAMBOOHR_DIRECTORY
};

pub(crate) const WORKDAY_REPORT: Reading = Reading {
    what: "rows of a report of Workday",
    simulator: "workday",
    kind: "workday",
    form: &[
        ("tenant_url", Told("report_url")),
        ("report_url", Told("report_url")),
        ("auth_type", Fixed("basic")),
        ("username", Told("username")),
        ("password", Told("password")),
    ],
    made: RECORDS,
    goes_to: GoesTo::Dataset,
};

pub(crate) const WORKDAY_WORKERS: Reading = Reading {
    what: "workers of Workday, by pages",
    form: &[
        ("tenant_url", Told("report_url")),
        ("client_id", Told("client_id")),
        ("client_secret", Told("client_secret")),
        ("refresh_token", Told("refresh_token")),
    ],
    ..WORKDAY_REPORT
};

/// Reads each once; the simulator works in a process of its own.
pub(crate) async fn read(readings: &[Reading]) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::with_capacity(readings.len());
    for reading in readings {
        rows.push(reading.row().await?);
    }
    Ok(rows)
}

impl Reading {
    async fn row(&self) -> anyhow::Result<Row> {
        let service = Listening::start("sandbox", |command| {
            command.args([self.simulator, "--no-limits", "--records", &self.made.to_string()]);
        })?;
        let answer = |(key, answer): &(&'static str, Answer)| match answer {
            Fixed(value) => Ok((*key, *value)),
            Told(name) => Ok((*key, service.told(name)?)),
        };
        let form: Vec<_> = self.form.iter().map(answer).collect::<anyhow::Result<_>>()?;
        let at = Connected::open(self.kind, &service.url, &form, Policy::without_waiting()).await?;
        let (run, took) = match self.goes_to {
            GoesTo::Deals => at.deals(Direction::Import).await?,
            GoesTo::Dataset => at.dataset().await?,
        };
        // Beside those for measuring stand those of the demonstration.
        ensure!(run.records_created >= RECORDS as u64, "{run:?}");
        let rate = run.records_created as f64 / took.as_secs_f64();
        Ok(Row::new(
            format!("import of {RECORDS} {}, no latency", self.what),
            rate,
            "records/s",
            AtLeast(8_000.0),
        ))
    }
}

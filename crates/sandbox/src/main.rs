//! The simulators as a program: for the official clients, the benches and the curious.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::{Parser, ValueEnum};
use sandbox::{
    Limited, Options, airtable, bamboohr, demo, hubspot, notion, oauth, odoo, pipedrive, rest, salesforce,
    sheets, workday,
};

/// A local service with the demonstration data.
#[derive(Debug, Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Which service to play.
    #[arg(value_enum, default_value_t = Service::Airtable)]
    service: Service,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// Added to every answer.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Serve as fast as asked, without the service's request limits.
    #[arg(long)]
    no_limits: bool,
    /// Also make a base, database or tab for measuring with this many deals; for Odoo, this many partners. In place
    /// of the demonstration's: for Salesforce, this many opportunities; for the REST API, this many customers; for
    /// BambooHR and Workday, this many people.
    #[arg(long, default_value_t = 0)]
    records: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Service {
    Airtable,
    Notion,
    /// Version 19, which has all three protocols.
    Odoo,
    /// Version 18, before JSON-2.
    Odoo18,
    Pipedrive,
    /// An API with customers, listed in every usual way.
    Rest,
    Hubspot,
    /// Salesforce with opportunities, accounts and contacts.
    Salesforce,
    /// Google Sheets, with Google's token endpoint.
    Sheets,
    /// An authorization server that agrees in the place of a person.
    Oauth,
    /// A company's employees.
    Bamboohr,
    /// A tenant's workers, and a report of them.
    Workday,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error>;

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    match arguments.service {
        Service::Airtable => run_airtable(arguments).await,
        Service::Notion => run_notion(arguments).await,
        Service::Odoo => run_odoo(arguments, odoo::Options::default()).await,
        Service::Odoo18 => run_odoo(arguments, odoo::Options::version_18()).await,
        Service::Pipedrive => run_pipedrive(arguments).await,
        Service::Rest => run_rest(arguments).await,
        Service::Hubspot => run_hubspot(arguments).await,
        Service::Salesforce => run_salesforce(arguments).await,
        Service::Sheets => run_sheets(arguments).await,
        Service::Oauth => run_oauth(arguments).await,
        Service::Bamboohr => run_bamboohr(arguments).await,
        Service::Workday => run_workday(arguments).await,
    }
}

async fn run_airtable(arguments: &Arguments) -> Result<(), Failure> {
    let simulator = airtable::Simulator::start(arguments.options()).await?;
    demo::airtable(&simulator)?;
    demo::every_type(&simulator)?;
    if arguments.records > 0 {
        demo::bench(&simulator, arguments.records)?;
    }
    let scopes = [airtable::scopes::RECORDS_READ, airtable::scopes::SCHEMA_READ];
    let reader = simulator.grant(airtable::Grant::default().scopes(&scopes));
    let told = [("base", demo::BASE), ("token", simulator.token()), ("read-only token", &reader)];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_notion(arguments: &Arguments) -> Result<(), Failure> {
    let simulator = notion::Simulator::start(arguments.options()).await?;
    let deals = demo::notion(&simulator)?.id().to_string();
    let everything = demo::notion_every_type(&simulator)?.id().to_string();
    let database = simulator.database(demo::NOTION_DATABASE).id().to_string();
    let reader = simulator.grant(notion::Grant::read_only());
    let mut told = vec![
        ("database", database.as_str()),
        ("data source", &deals),
        ("data source of every type", &everything),
        ("token", simulator.token()),
        ("read-only token", &reader),
    ];
    let bench;
    if arguments.records > 0 {
        bench = demo::notion_bench(&simulator, arguments.records)?.id().to_string();
        told.push(("data source for measuring", &bench));
    }
    tell_and_wait(&told, simulator.url()).await
}

async fn run_odoo(arguments: &Arguments, version: odoo::Options) -> Result<(), Failure> {
    let latency = Duration::from_millis(arguments.latency_ms);
    let options = odoo::Options { addr: arguments.addr, latency, ..version };
    let simulator = odoo::Simulator::start(options).await?;
    demo::odoo(&simulator);
    demo::odoo_bench(&simulator, arguments.records);
    let database = simulator.database();
    let told = [("database", database.as_str()), ("user", simulator.login()), ("key", simulator.key())];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_pipedrive(arguments: &Arguments) -> Result<(), Failure> {
    let simulator = pipedrive::Simulator::start(arguments.options()).await?;
    demo::pipedrive(&simulator);
    demo::pipedrive_bench(&simulator, arguments.records);
    let ((client_id, client_secret), refresh) = (simulator.client(), simulator.grant());
    let reader = simulator.access(pipedrive::Rights::read_only());
    let told = [
        ("company", simulator.domain()),
        ("token", simulator.token()),
        ("read-only OAuth token", &reader),
        ("client_id", client_id),
        ("client_secret", client_secret),
        ("refresh_token", &refresh),
    ];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_rest(arguments: &Arguments) -> Result<(), Failure> {
    let options = rest::Options { service: arguments.options(), ..rest::Options::default() };
    let simulator = rest::Simulator::start(options).await?;
    simulator.add(if arguments.records > 0 { arguments.records } else { demo::REST_CUSTOMERS });
    let access = simulator.access();
    let paths = "/all /page /offset /cursor /link /next /orders /ndjson /csv";
    tell_and_wait(&[("paths", paths), ("token", access.secret())], simulator.url()).await
}

async fn run_hubspot(arguments: &Arguments) -> Result<(), Failure> {
    let simulator = hubspot::Simulator::start(arguments.options()).await?;
    demo::hubspot(&simulator)?;
    demo::hubspot_bench(&simulator, arguments.records)?;
    let reader = simulator.grant(hubspot::Grant::read_only());
    let told = [
        ("token", simulator.token()),
        ("read-only token", &reader),
        ("client_id", simulator.client_id()),
        ("client_secret", simulator.client_secret()),
    ];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_salesforce(arguments: &Arguments) -> Result<(), Failure> {
    let simulator = salesforce::Simulator::start(arguments.options()).await?;
    if arguments.records > 0 {
        demo::salesforce_bench(&simulator, arguments.records);
    } else {
        demo::salesforce(&simulator);
    }
    let refresh = simulator.grant();
    let told = [
        ("client_id", salesforce::CLIENT_ID),
        ("client_secret", salesforce::CLIENT_SECRET),
        ("refresh_token", &refresh),
        ("access_token", simulator.token()),
    ];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_sheets(arguments: &Arguments) -> Result<(), Failure> {
    let simulator = sheets::Simulator::start(arguments.options()).await?;
    demo::sheets(&simulator);
    demo::sheets_bench(&simulator, arguments.records);
    // A word without spaces: what is told is read line by line.
    let key = BASE64_STANDARD.encode(simulator.key_file());
    let (refresh, token) = (simulator.refresh_token(), simulator.access_token());
    let told = [
        ("spreadsheet", demo::SPREADSHEET),
        ("key_file_base64", &key),
        ("client_id", simulator.client_id()),
        ("client_secret", simulator.client_secret()),
        ("refresh_token", &refresh),
        ("access_token", &token),
    ];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_oauth(arguments: &Arguments) -> Result<(), Failure> {
    let latency = Duration::from_millis(arguments.latency_ms);
    let options = oauth::Options { addr: arguments.addr, latency, ..oauth::Options::default() };
    let simulator = oauth::Simulator::start(options).await?;
    let (authorize, token, refresh) = (simulator.authorize_url(), simulator.token_url(), simulator.grant());
    let me = simulator.me_url();
    let told = [
        ("authorize_url", authorize.as_str()),
        ("token_url", &token),
        ("client_id", simulator.client_id()),
        ("client_secret", simulator.client_secret()),
        ("refresh_token", &refresh),
        ("protected", &me),
    ];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_bamboohr(arguments: &Arguments) -> Result<(), Failure> {
    let options = bamboohr::Options { service: arguments.options(), ..bamboohr::Options::default() };
    let simulator = bamboohr::Simulator::start(options).await?;
    simulator.hire(arguments.records.max(demo::EMPLOYEES));
    let told = [("company", bamboohr::COMPANY), ("report", bamboohr::REPORT), ("key", simulator.key())];
    tell_and_wait(&told, simulator.url()).await
}

async fn run_workday(arguments: &Arguments) -> Result<(), Failure> {
    let options = workday::Options { service: arguments.options(), ..workday::Options::default() };
    let simulator = workday::Simulator::start(options).await?;
    simulator.hire(arguments.records.max(demo::EMPLOYEES));
    let report = simulator.report_url();
    let told = [
        ("tenant", workday::TENANT),
        ("report_url", &report),
        ("username", workday::USER),
        ("password", workday::PASSWORD),
        ("client_id", workday::CLIENT),
        ("client_secret", workday::SECRET),
        ("refresh_token", workday::REFRESH_TOKEN),
    ];
    tell_and_wait(&told, simulator.url()).await
}

impl Arguments {
    fn options<L: Limited>(&self) -> Options<L> {
        let limits = if self.no_limits { L::none() } else { L::default() };
        let latency = Duration::from_millis(self.latency_ms);
        Options { addr: self.addr, limits, latency, ..Options::default() }
    }
}

/// Prints what a client needs, the address last, and serves until it is interrupted.
async fn tell_and_wait(told: &[(&str, &str)], url: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    for (name, value) in told {
        writeln!(out, "{name} {value}")?;
    }
    writeln!(out, "listening on {url}")?;
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    Ok(())
}

//! Measures what the product promises about speed and size, and prints it as a table.
//!
//! Each measurement runs in a process of its own, so that its memory is its own; the simulated
//! service runs in yet another one where its work must not count as ours.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

mod browse;
mod connection;
mod crm;
mod crowd;
mod datasets;
mod export;
mod flood;
mod import;
mod load;
mod named;
mod odoo;
mod process;
mod server;
mod site;
#[cfg(test)]
mod smoke;
mod sources;
mod table;
mod visitor;

use anyhow::{Context, bail};
use table::Row;

/// That of the program, for what is measured in this process.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Every measurement, by the name it is run under.
const ALL: [&str; 25] = [
    "import-10000",
    "import-100000",
    "import-latency",
    "import-sheets",
    "import-hubspot",
    "import-pipedrive",
    "import-salesforce",
    "import-bamboohr",
    "import-workday",
    "export",
    "export-notion",
    "export-sheets",
    "export-hubspot",
    "export-pipedrive",
    "export-salesforce",
    "sources-sqlite",
    "sources-postgres",
    "sources-odoo",
    "datasets",
    "server",
    "first-load",
    "crowd",
    "flood",
    "crm-1000",
    "crm-100000",
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [flag, name] if flag == "--one" => {
            let rows = measure(name).await?;
            println!("{}", serde_json::to_string(&rows)?);
            Ok(())
        }
        names => {
            let names: Vec<&str> =
                if names.is_empty() { ALL.to_vec() } else { names.iter().map(String::as_str).collect() };
            let mut rows = Vec::new();
            for name in names {
                rows.extend(process::measured_alone(name).with_context(|| name.to_owned())?);
            }
            println!("{}", table::render(&rows));
            if rows.iter().any(|row| !row.kept()) {
                bail!("some figures are not what is promised");
            }
            Ok(())
        }
    }
}

async fn measure(name: &str) -> anyhow::Result<Vec<Row>> {
    match name {
        "import-10000" => import::many(10_000).await,
        "import-100000" => import::many(100_000).await,
        "import-latency" => import::with_latency().await,
        "import-sheets" => named::read(&[named::SHEETS]).await,
        "import-hubspot" => named::read(&[named::HUBSPOT]).await,
        "import-pipedrive" => named::read(&[named::PIPEDRIVE]).await,
        "import-salesforce" => named::read(&[named::SALESFORCE]).await,
        "import-bamboohr" => named::read(&[named::BAMBOOHR_DIRECTORY, named::BAMBOOHR_EMPLOYEES]).await,
        "import-workday" => named::read(&[named::WORKDAY_REPORT, named::WORKDAY_WORKERS]).await,
        "export" => export::to_airtable().await,
        "export-notion" => export::to_notion().await,
        "export-sheets" => export::to_sheets().await,
        "export-hubspot" => export::to_hubspot().await,
        "export-pipedrive" => export::to_pipedrive().await,
        "export-salesforce" => export::to_salesforce().await,
        "sources-sqlite" => sources::into_sqlite().await,
        "sources-postgres" => sources::into_postgres().await,
        "sources-odoo" => odoo::into_sqlite().await,
        "datasets" => datasets::into_sqlite().await,
        "server" => server::idle(),
        "first-load" => server::first_load(),
        "crowd" => crowd::beside_an_import().await,
        "flood" => flood::of_wrong_logins().await,
        "crm-1000" => crm::at(1_000).await,
        "crm-100000" => crm::at(100_000).await,
        other => bail!("no measurement is called {other}; there are: {}", ALL.join(", ")),
    }
}
